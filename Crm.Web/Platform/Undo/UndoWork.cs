using Crm.Data;
using Crm.Data.Audit;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Crm.Web.Platform.Undo;

/// <summary>What was done with some rows of a change.</summary>
public sealed record UndoTally(int Restored, IReadOnlyList<UndoSkip> Skipped);

/// <summary>
/// Takes rows back in the caller's transaction. docs/decisions/0025-undo-reads-the-trail.md
/// </summary>
public sealed class UndoWork(CurrentActor actor, TimeProvider clock)
{
    /// <param name="chosen">Rows to take back though somebody changed them since.</param>
    public async Task<UndoTally> ApplyAsync(CrmDbContext db, IReadOnlyCollection<UndoRow> rows, IReadOnlySet<Guid> chosen, CancellationToken ct)
    {
        var plan = new UndoPlan(db, rows, clock.GetUtcNow().UtcDateTime);
        foreach (var kind in rows.GroupBy(r => r.Rule))
        {
            await kind.Key.LockAsync(db, ct);
            var some = kind.ToList();
            var refused = await kind.Key.RefusalsAsync(db, actor, some, ct);
            var now = (await kind.Key.LoadAsync(db, some, ct)).Select(r => db.Entry(r)).ToDictionary(UndoValues.KeyOf);
            foreach (var row in some)
            {
                var entry = now.GetValueOrDefault(row.Key);
                if (Refusal(row, refused) is { } refusal) plan.Skip(row, entry, refusal.Message);
                else await AddAsync(plan, row, entry, chosen.Contains(row.EntityId), ct);
            }
        }
        return await plan.RunAsync(ct);
    }

    private Error? Refusal(UndoRow row, IReadOnlyDictionary<UndoRow, Error> refused) =>
        row.ActorId != actor.UserId && !actor.IsManagement ? new UndoNotTheirs() : refused.GetValueOrDefault(row);

    private static async Task AddAsync(UndoPlan plan, UndoRow row, EntityEntry? now, bool anyway, CancellationToken ct)
    {
        switch (row.Action, now)
        {
            case (AuditAction.Created, null):
            case (AuditAction.Deleted, not null):
                return; // it is so already
            case (AuditAction.Created, _):
                await plan.RemoveAsync(row, now, anyway, ct);
                return;
            case (AuditAction.Deleted, null):
                await plan.InsertAsync(row, ct);
                return;
            case (_, null):
                plan.Skip(row, null, "It has been deleted since.");
                return;
            default:
                await plan.RestoreAsync(row, now, anyway, ct);
                return;
        }
    }
}
