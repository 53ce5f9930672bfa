using Crm.Data;
using Crm.Data.Audit;
using Crm.Data.Storage;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Crm.Web.Platform.Undo;

/// <summary>What was done with some rows of a change.</summary>
public sealed record UndoTally(int Restored, IReadOnlyList<UndoSkip> Skipped);

/// <summary>
/// Takes rows back in the caller's transaction. docs/decisions/0025-undo-reads-the-trail.md
/// </summary>
public sealed class UndoWork(CurrentActor actor, UndoRules rules, TimeProvider clock)
{
    /// <param name="chosen">Rows to take back though somebody changed them since.</param>
    public async Task<UndoTally> ApplyAsync(CrmDbContext db, IReadOnlyCollection<UndoRow> rows, IReadOnlySet<Guid> chosen, CancellationToken ct)
    {
        await HoldAsync(db, rows, ct);
        var plan = new UndoPlan(db, rows, clock.GetUtcNow().UtcDateTime);
        foreach (var kind in rows.GroupBy(r => r.Rule))
        {
            var some = kind.ToList();
            var refused = await kind.Key.RefusalsAsync(db, actor, some, ct);
            var now = (await kind.Key.LoadAsync(db, some, ct)).Select(r => db.Entry(r)).ToDictionary(UndoValues.KeyOf);
            var found = some.ConvertAll(r => (Row: r, Now: now.GetValueOrDefault(r.Key), Refusal: Refusal(r, refused)));
            var made = found.Where(f => f is { Row.Action: AuditAction.Created, Now: not null, Refusal: null }).Select(f => (f.Row, f.Now!)).ToList();
            var worked = await new UndoSince(db, rules).ReadAsync(kind.Key, made, ct);
            foreach (var (row, entry, refusal) in found)
            {
                if (refusal is not null) plan.Refuse(row, entry, refusal);
                else await AddAsync(plan, row, entry, worked.GetValueOrDefault(row), chosen.Contains(row.EntityId), ct);
            }
        }
        return await plan.RunAsync(ct);
    }

    // Everything before anything is read, and always in the same order: two that take the same back, or change it, take turns.
    private async Task HoldAsync(CrmDbContext db, IReadOnlyCollection<UndoRow> rows, CancellationToken ct)
    {
        var used = rows.Select(r => r.Rule).ToHashSet();
        foreach (var rule in rules.ByName.Values.Where(used.Contains)) await rule.LockAsync(db, ct);
        foreach (var records in rows.GroupBy(r => r.Rule.Root).OrderBy(g => g.Key.Name, StringComparer.Ordinal)) await db.HoldAsync(records.Key, records.Select(r => r.Record), ct);
    }

    private Error? Refusal(UndoRow row, IReadOnlyDictionary<UndoRow, Error> refused) =>
        row.ActorId != actor.UserId && !actor.IsManagement ? new UndoNotTheirs() : refused.GetValueOrDefault(row);

    private static async Task AddAsync(UndoPlan plan, UndoRow row, EntityEntry? now, string? worked, bool anyway, CancellationToken ct)
    {
        switch (row.Action, now)
        {
            case (AuditAction.Created, null):
            case (AuditAction.Deleted, not null):
                return; // it is so already
            case (AuditAction.Created, _):
                plan.Remove(row, now, worked, anyway);
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
