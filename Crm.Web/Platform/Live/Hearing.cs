using Crm.Data.Storage;

namespace Crm.Web.Platform.Live;

/// <summary>
/// Whether this node hears of every commit. What is kept in memory on the strength of the change feed counts only while it does. On
/// SQLite there is no other node; on PostgreSQL the listener has to have heard from the server just now.
/// </summary>
public sealed class Hearing(CrmDatabase database)
{
    private long untilTicks;

    /// <summary>False while news may be missed.</summary>
    public bool IsUp => database.Postgres is null || database.Clock.GetUtcNow().UtcTicks < Volatile.Read(ref untilTicks);

    /// <summary>The server has answered: what is committed is heard of for so long.</summary>
    internal void Prove(TimeSpan span) => Volatile.Write(ref untilTicks, (database.Clock.GetUtcNow() + span).UtcTicks);

    /// <summary>The connection is gone.</summary>
    internal void Lose() => Volatile.Write(ref untilTicks, 0);
}
