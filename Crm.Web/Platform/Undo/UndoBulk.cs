using System.Text.Json;
using Crm.Data;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Bulk;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Platform.Undo;

/// <summary>A change to take back, and the rows of it that are chosen though somebody changed them since.</summary>
sealed record UndoRequest(Guid ChangeId, IReadOnlyCollection<Guid> Chosen);

/// <summary>Takes a large change back bit by bit: the records of a batch with all their parts.</summary>
sealed class UndoBulk(UndoRules rules, UndoWork work) : IBulkKind
{
    public string Name => "undo";

    public Error? Refusal(CurrentActor actor, string what) => actor.UnlessStaff();

    public async Task<IReadOnlyList<BulkRefusal>> DoAsync(CrmDbContext db, BulkBatch batch, CancellationToken ct)
    {
        var request = JsonSerializer.Deserialize<UndoRequest>(batch.What)!;
        var entries = await db.AuditEntries.AsNoTracking()
            .Where(a => a.ChangeId == request.ChangeId && (batch.Ids.Contains(a.RootId!.Value) || a.RootId == null && batch.Ids.Contains(a.EntityId!.Value))).ToListAsync(ct);
        db.UndoOf = request.ChangeId;
        var tally = await work.ApplyAsync(db, UndoTrail.Rows(entries, rules.ByName, db.Model), request.Chosen.ToHashSet(), ct);
        return [.. tally.Skipped.Select(s => new BulkRefusal(s.RowId, s.Name, s.Fields.Count == 0 ? s.Why : $"{s.Why} {string.Join(", ", s.Fields.Select(f => $"{f.Label}: {f.Now ?? "nothing"}, would be {f.Back ?? "nothing"}"))}"))
            .DistinctBy(r => r.RowId)];
    }
}
