using Crm.Data;
using Crm.Data.Bulk;
using Crm.Data.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Crm.Web.Platform.Bulk;

/// <summary>A run in the hand of this node.</summary>
sealed record BulkHold(Guid RunId, string Kind, Guid StartedById, DateTime StartedAt, string What, Guid[] Ids);

/// <summary>Takes runs in hand for one node; one whose node died is free again when its lease ends.</summary>
public sealed class BulkLeases(CrmDatabase database, IOptions<BulkOptions> options)
{
    private static readonly Actor Actor = Actor.System("bulk changes");

    /// <summary>This node, by a name of this process alone.</summary>
    public Guid Node { get; } = Guid.CreateVersion7();

    internal DateTime Until => Now + TimeSpan.FromSeconds(options.Value.LeaseSeconds);

    private DateTime Now => database.Clock.GetUtcNow().UtcDateTime;

    /// <summary>The run that waits longest, or one whose lease has ended; now this node's.</summary>
    internal async Task<BulkHold?> TakeAsync(CancellationToken ct)
    {
        var (now, until, node) = (Now, Until, Node);
        await using var db = database.Open(Actor);
        var free = db.BulkRuns.AsNoTracking().Where(r => (r.State == BulkState.Waiting || r.State == BulkState.Running) && (r.LeasedUntil == null || r.LeasedUntil <= now));
        foreach (var id in await free.OrderBy(r => r.StartedAt).ThenBy(r => r.Id).Select(r => r.Id).Take(5).ToListAsync(ct))
        {
            await using var write = await db.BeginWriteAsync(ct);
            var taken = await free.Where(r => r.Id == id).ExecuteUpdateAsync(set => set
                .SetProperty(r => r.LeasedUntil, until).SetProperty(r => r.LeasedBy, node).SetProperty(r => r.State, BulkState.Running), ct);
            await write.CommitAsync(ct);
            if (taken == 0) continue;
            var run = await db.BulkRuns.AsNoTracking().SingleAsync(r => r.Id == id, ct);
            var (what, ids) = BulkRequest.Read(run.Request);
            return new BulkHold(id, run.Kind, run.StartedById, run.StartedAt, what, ids);
        }
        return null;
    }

    /// <summary>Says that the run has ended, if it is still this node's.</summary>
    internal async Task EndAsync(Guid runId, BulkState state, string? message, CancellationToken ct)
    {
        await using var db = database.Open(Actor);
        if (await db.BulkRuns.SingleOrDefaultAsync(r => r.Id == runId && r.LeasedBy == Node, ct) is not { } run) return;
        run.End(state, message, Now);
        await db.SaveChangesAsync(ct);
    }

    /// <summary>The node stops: another may go on at once.</summary>
    internal async Task GiveBackAsync(Guid runId, CancellationToken ct)
    {
        var node = Node;
        await using var db = database.Open(Actor);
        await using var write = await db.BeginWriteAsync(ct);
        await db.BulkRuns.Where(r => r.Id == runId && r.LeasedBy == node).ExecuteUpdateAsync(set => set.SetProperty(r => r.LeasedUntil, (DateTime?)null), ct);
        db.MarkChanged(ChangeKinds.Bulk, runId);
        await write.CommitAsync(ct);
    }
}
