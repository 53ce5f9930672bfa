using System.Linq.Expressions;
using Crm.Data;
using Crm.Data.Outbox;
using Crm.Data.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.Extensions.Options;

namespace Crm.Web.Platform.Outbox;

/// <summary>
/// Takes messages in hand for one node and says how it went. A lease that ended belongs to whoever takes it next; what a late holder
/// still says of a failure is then not heard, since the number of tries has moved on.
/// </summary>
public sealed class OutboxLeases(CrmDatabase database, IOptions<OutboxOptions> options)
{
    private static readonly Actor Actor = Actor.System("outbox");
    private readonly string node = $"{Environment.MachineName[..Math.Min(60, Environment.MachineName.Length)]}/{Environment.ProcessId}/{Guid.CreateVersion7():N}";

    private DateTime Now => database.Clock.GetUtcNow().UtcDateTime;

    /// <summary>The message of a channel that has been due longest, now leased to this node and counted as tried; or null.</summary>
    public async Task<OutboxMessage?> TakeAsync(string channel, CancellationToken ct)
    {
        var (now, waiting) = (Now, nameof(OutboxState.Waiting));
        await using var db = database.Open(Actor);
        // looking first keeps an idle shop from writing
        if (!await Due(db, channel, now).AnyAsync(ct)) return null;

        var until = now + options.Value.Lease;
        await using var write = await db.BeginWriteAsync(ct);
        var taken = await db.OutboxMessages.FromSql(database.Kind is DatabaseKind.Postgres
            ? (FormattableString)$"""
              WITH due AS MATERIALIZED (
                  SELECT "Id" FROM "OutboxMessages"
                  WHERE "State" = {waiting} AND "DueAt" <= {now} AND "Channel" = {channel} AND ("LeasedUntil" IS NULL OR "LeasedUntil" <= {now})
                  ORDER BY "DueAt", "Id" LIMIT 1 FOR UPDATE SKIP LOCKED)
              UPDATE "OutboxMessages" m SET "LeasedUntil" = {until}, "LeasedBy" = {node}, "Attempts" = "Attempts" + 1
              FROM due WHERE m."Id" = due."Id" RETURNING m.*
              """
            : $"""
              UPDATE "OutboxMessages" SET "LeasedUntil" = {until}, "LeasedBy" = {node}, "Attempts" = "Attempts" + 1
              WHERE "Id" = (
                  SELECT "Id" FROM "OutboxMessages"
                  WHERE "State" = {waiting} AND "DueAt" <= {now} AND "Channel" = {channel} AND ("LeasedUntil" IS NULL OR "LeasedUntil" <= {now})
                  ORDER BY "DueAt", "Id" LIMIT 1)
              RETURNING *
              """).AsNoTracking().ToListAsync(ct);
        await write.CommitAsync(ct);
        return taken.SingleOrDefault();
    }

    /// <summary>It is out, whoever else has it in hand by now. Its words are forgotten.</summary>
    public async Task SentAsync(OutboxMessage message, CancellationToken ct)
    {
        var now = Now;
        await EndAsync(m => m.Id == message.Id, set => set
            .SetProperty(m => m.State, OutboxState.Sent).SetProperty(m => m.SentAt, now).SetProperty(m => m.Body, "").SetProperty(m => m.LastError, (string?)null), ct);
    }

    /// <summary>It failed, and is tried again after a pause.</summary>
    public async Task RetryAsync(OutboxMessage message, string error, TimeSpan pause, CancellationToken ct)
    {
        var due = Now + pause;
        await EndAsync(Held(message), set => set.SetProperty(m => m.DueAt, due).SetProperty(m => m.LastError, Short(error)), ct);
    }

    /// <summary>It will not be tried again unless a person says so.</summary>
    public Task BuryAsync(OutboxMessage message, string error, CancellationToken ct) =>
        EndAsync(Held(message), set => set.SetProperty(m => m.State, OutboxState.Dead).SetProperty(m => m.LastError, Short(error)), ct);

    /// <summary>
    /// A message is dead when a link in it has stopped working, and then keeps nothing secret; or when it waited for so long that nobody
    /// expects it. One that is dead already only loses its secrets.
    /// </summary>
    /// <returns>Whether there was anything to end.</returns>
    public async Task<bool> ExpireAsync(OutboxMessage message, IOutboxChannel channel, CancellationToken ct)
    {
        var (now, delivery, isDead) = (Now, OutboxDelivery.Of(message), message.State is OutboxState.Dead);
        var isOver = channel.EndOf(delivery) <= now;
        if (!isOver && (isDead || message.DueAt.AddDays(options.Value.LateDays) > now)) return false;
        var body = isOver ? channel.Blank(delivery) : message.Body;
        if (isDead && body == message.Body) return false;
        var why = isOver ? "Its link no longer works." : $"It waited for more than {options.Value.LateDays} days.";
        await EndAsync(m => m.Id == message.Id && m.State == message.State && m.LeasedBy == message.LeasedBy && m.Attempts == message.Attempts, set => set
            .SetProperty(m => m.State, OutboxState.Dead).SetProperty(m => m.Body, body).SetProperty(m => m.LastError, isDead ? message.LastError : why), ct);
        return true;
    }

    /// <summary>The node stops: the try does not count, and another node may begin at once.</summary>
    public Task GiveBackAsync(OutboxMessage message, CancellationToken ct) =>
        EndAsync(Held(message), set => set.SetProperty(m => m.Attempts, m => m.Attempts - 1), ct);

    internal static IQueryable<OutboxMessage> Due(CrmDbContext db, string channel, DateTime now) =>
        db.OutboxMessages.AsNoTracking().Where(m =>
            m.State == OutboxState.Waiting && m.DueAt <= now && m.Channel == channel && (m.LeasedUntil == null || m.LeasedUntil <= now));

    private static Expression<Func<OutboxMessage, bool>> Held(OutboxMessage message) =>
        m => m.Id == message.Id && m.State == OutboxState.Waiting && m.LeasedBy == message.LeasedBy && m.Attempts == message.Attempts;

    private async Task EndAsync(Expression<Func<OutboxMessage, bool>> which, Action<UpdateSettersBuilder<OutboxMessage>> set, CancellationToken ct)
    {
        await using var db = database.Open(Actor);
        await using var write = await db.BeginWriteAsync(ct);
        await db.OutboxMessages.Where(which).ExecuteUpdateAsync(s =>
        {
            s.SetProperty(m => m.LeasedUntil, (DateTime?)null).SetProperty(m => m.LeasedBy, (string?)null);
            set(s);
        }, ct);
        db.MarkChanged(ChangeKinds.Outbox);
        await write.CommitAsync(ct);
    }

    private static string Short(string error) => error.Length <= OutboxMessage.ErrorLength ? error : error[..OutboxMessage.ErrorLength];
}
