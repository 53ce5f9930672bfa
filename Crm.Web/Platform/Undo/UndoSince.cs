using Crm.Data;
using Crm.Data.Audit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Crm.Web.Platform.Undo;

/// <summary>
/// Who worked since on rows that a change made: on the row itself, on what would go with it, and on the parts of a record. What was done
/// and taken back again is no work, and neither is book-keeping.
/// </summary>
sealed class UndoSince(CrmDbContext db, UndoRules rules)
{
    private static readonly AuditAction[] Work = [AuditAction.Created, AuditAction.Updated, AuditAction.Deleted];

    /// <summary>One name for each row that somebody worked on; a query for each kind of row, however many rows there are.</summary>
    public async Task<IReadOnlyDictionary<UndoRow, string>> ReadAsync(IUndoRule rule, IReadOnlyList<(UndoRow Row, EntityEntry Now)> made, CancellationToken ct)
    {
        var found = new Dictionary<UndoRow, string>();
        if (made.Count == 0) return found;
        var rowOf = made.ToDictionary(m => m.Now.Entity, m => m.Row);
        var hanging = await rule.HangingAsync(db, [.. rowOf.Keys], ct);
        var watched = made.Select(m => (m.Row, m.Now)).Concat(hanging.Select(h => (rowOf[h.Row], db.Entry(h.Part)))).ToLookup(w => (w.Item2.Metadata.ClrType.Name, UndoValues.KeyOf(w.Item2)), w => w.Item1);
        var records = made.Where(m => m.Row.Record == m.Row.EntityId && m.Now.Metadata.FindPrimaryKey()!.Properties.Count == 1).ToLookup(m => m.Row.EntityId, m => m.Row);

        foreach (var entry in Standing(await EntriesAsync(made, hanging, records.Select(r => r.Key).ToList(), ct)))
        {
            var rows = watched[(entry.EntityType, KeyOf(entry))].Concat(entry.RootId is { } root ? records[root] : []);
            foreach (var row in rows.Where(r => r.At < entry.At)) found.TryAdd(row, entry.ActorName);
        }
        return found;
    }

    private async Task<List<AuditEntry>> EntriesAsync(IReadOnlyList<(UndoRow Row, EntityEntry Now)> made, IReadOnlyCollection<(object Row, object Part)> hanging, List<Guid> records, CancellationToken ct)
    {
        var (since, undone, own) = (made.Min(m => m.Row.At), db.UndoOf, db.ChangeId);
        var later = db.AuditEntries.AsNoTracking().Where(a => a.At > since && a.ChangeId != undone && a.ChangeId != own && Work.Contains(a.Action));
        var entries = new Dictionary<Guid, AuditEntry>();
        foreach (var kind in made.Select(m => m.Now).Concat(hanging.Select(h => db.Entry(h.Part))).GroupBy(e => e.Metadata.ClrType.Name))
        {
            var ids = kind.Select(IdOf).Distinct().ToList();
            foreach (var entry in await later.Where(a => a.EntityType == kind.Key && ids.Contains(a.EntityId!.Value)).ToListAsync(ct)) entries[entry.Id] = entry;
        }
        if (records.Count > 0)
            foreach (var entry in await later.Where(a => records.Contains(a.RootId!.Value)).ToListAsync(ct)) entries[entry.Id] = entry;
        return [.. entries.Values.Where(e => !IsBookKeeping(e))];
    }

    // Newest first: an undo and what it took back cancel each other, unless the undo was taken back itself.
    private IEnumerable<AuditEntry> Standing(List<AuditEntry> entries)
    {
        foreach (var row in entries.GroupBy(e => (e.EntityType, KeyOf(e))))
        {
            var takenBack = new HashSet<Guid>();
            var changes = row.Select(e => e.ChangeId).ToHashSet();
            foreach (var entry in row.OrderByDescending(e => e.At).ThenByDescending(e => e.Id))
            {
                if (takenBack.Contains(entry.ChangeId)) continue;
                if (entry.UndoOf is { } undone && changes.Contains(undone)) takenBack.Add(undone);
                else yield return entry;
            }
        }
    }

    private string KeyOf(AuditEntry entry) => db.Model.GetEntityTypes().FirstOrDefault(t => t.ClrType.Name == entry.EntityType) is { } type && entry.EntityId is not null ? UndoTrail.KeyOf(type, entry) : $"{entry.EntityId}";

    private bool IsBookKeeping(AuditEntry entry) => entry.Action is AuditAction.Updated && rules.ByName.TryGetValue(entry.EntityType, out var rule) && UndoTrail.NamesOf(entry).All(rule.IsQuiet);

    // As the trail says it: a row without an id goes by its record's.
    private static Guid IdOf(EntityEntry row) => (row.Entity as Entity)?.Id ?? (row.Entity as ILive)?.Topic.Id ?? Guid.Empty;
}
