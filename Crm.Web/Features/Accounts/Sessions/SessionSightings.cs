using System.Collections.Concurrent;
using Crm.Data.Storage;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Accounts.Sessions;

/// <summary>Notes when a session was last seen: one statement every few minutes, however often it comes.</summary>
public sealed class SessionSightings(CrmDatabase database)
{
    /// <summary>How exact "last seen" is.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(5);

    private const int MostKept = 20_000;

    private readonly ConcurrentDictionary<Guid, DateTime> noted = new();

    /// <summary>Writes it down unless that was done a short while ago, here or on another node.</summary>
    public async Task NoteAsync(Guid sessionId, CancellationToken ct)
    {
        var now = database.Clock.GetUtcNow().UtcDateTime;
        if (noted.TryGetValue(sessionId, out var last) && now - last < Every) return;
        Keep(sessionId, now);

        var before = now - Every;
        await using var db = database.Open(Actor.System("session check"));
        await using var write = await db.BeginWriteAsync(ct);
        await db.Sessions.Where(s => s.Id == sessionId && s.LastSeenAt <= before).ExecuteUpdateAsync(set => set.SetProperty(s => s.LastSeenAt, now), ct);
        await write.CommitAsync(ct);
    }

    /// <summary>A session that begins now was seen now.</summary>
    internal void Keep(Guid sessionId, DateTime seenAt)
    {
        if (noted.Count >= MostKept) noted.Clear();
        noted[sessionId] = seenAt;
    }
}
