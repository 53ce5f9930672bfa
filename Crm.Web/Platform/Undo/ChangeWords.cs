using Crm.Data;
using Crm.Data.Audit;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Platform.Undo;

/// <summary>Small changes in words: whose row, and what of it was what before.</summary>
sealed class ChangeWords(CrmDbContext db, CurrentActor actor, UndoRules rules)
{
    /// <summary>A change of more rows is told by its number of rows.</summary>
    public const int MostRows = 20;
    private const int MostFields = 3;
    private const int LongestValue = 60;

    /// <summary>What was done to what, "Changed Mama Nkechi Catering", with its fields, and whether whoever reads it may take it back; by change.</summary>
    public async Task<IReadOnlyDictionary<Guid, ChangeStory>> TellAsync(IReadOnlyCollection<Guid> changes, CancellationToken ct)
    {
        var entries = await db.AuditEntries.AsNoTracking().Where(a => changes.Contains(a.ChangeId)).ToListAsync(ct);
        var found = entries.GroupBy(a => a.ChangeId).ToDictionary(g => g.Key, g => UndoTrail.Rows(g, rules.ByName, db.Model));
        var (now, refused) = (new Dictionary<(Type, string), object>(), new Dictionary<UndoRow, Error>());
        foreach (var kind in found.Values.SelectMany(r => r).GroupBy(r => r.Rule))
        {
            foreach (var row in await kind.Key.LoadAsync(db, [.. kind], ct)) now[(kind.Key.Kind, UndoValues.KeyOf(db.Entry(row)))] = row;
            foreach (var (row, refusal) in await kind.Key.RefusalsAsync(db, actor, [.. kind], ct)) refused[row] = refusal;
        }
        return found.Where(f => f.Value.Count > 0).ToDictionary(f => f.Key, f => Story(f.Value, now, refused));
    }

    private ChangeStory Story(List<UndoRow> rows, Dictionary<(Type, string), object> now, Dictionary<UndoRow, Error> refused)
    {
        var main = rows.Find(r => r.RootId is null || r.RootId == r.EntityId) ?? rows[0];
        var known = now.GetValueOrDefault((main.Rule.Kind, main.Key));
        var hidden = refused.GetValueOrDefault(main) is NotFoundError; // out of sight: neither its name nor its values are told
        var name = hidden ? UndoNames.Some(main.Rule.Kind).ToLowerInvariant() : main.Rule.NameOf(known ?? UndoValues.Rebuilt(db, main).Entity);
        var deed = main.Action switch { AuditAction.Created => "Added", AuditAction.Deleted => "Deleted", _ => "Changed" };
        return new ChangeStory($"{deed} {name}{(rows.Count > 1 ? $" and {rows.Count - 1} more" : "")}", main.Action is AuditAction.Updated && !hidden ? Fields(main) : [], rows.Exists(r => !refused.ContainsKey(r)));
    }

    private List<UndoField> Fields(UndoRow row)
    {
        var type = db.Model.FindEntityType(row.Rule.Kind)!;
        return [.. (from name in row.Before.Keys.Union(row.After.Keys).Order(StringComparer.Ordinal)
            where !row.Rule.IsQuiet(name)
            let property = type.FindProperty(name)
            where property is not null
            let was = row.Rule.Tell(name, UndoValues.Read(property, row.Before.GetValueOrDefault(name)))
            let became = row.Rule.Tell(name, UndoValues.Read(property, row.After.GetValueOrDefault(name)))
            where was.Text != became.Text && !Guid.TryParse(was.Text ?? became.Text, out _) // ids mean nothing to people
            select new UndoField(was.Label, Short(was.Text), Short(became.Text))).Take(MostFields)];
    }

    private static string? Short(string? text) => text is null ? null : CleanText.Cut(text, LongestValue);
}

/// <summary>A small change in words.</summary>
/// <param name="Fields">What was changed most, with the values before and after.</param>
sealed record ChangeStory(string What, IReadOnlyList<UndoField> Fields, bool MayUndo);
