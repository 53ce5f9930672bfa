using System.Text.Json;
using Crm.Data.Audit;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Crm.Web.Platform.Undo;

/// <summary>
/// Reads the trail of one change: what each row was before and after all of it. The saves of one transaction may carry the same time,
/// so nothing here asks which came first: of all values that a property had, the one that no step led to was the first, and the one
/// that no step left is the last.
/// </summary>
static class UndoTrail
{
    private const string Absent = "";
    private const string Null = "null";

    /// <param name="entries">All rows of the trail with one change id.</param>
    public static List<UndoRow> Rows(IEnumerable<AuditEntry> entries, IReadOnlyDictionary<string, IUndoRule> rules, IModel model) =>
        [.. from entry in entries
            where entry.Action is AuditAction.Created or AuditAction.Updated or AuditAction.Deleted && entry.EntityId is not null && rules.ContainsKey(entry.EntityType)
            let rule = rules[entry.EntityType]
            let type = model.FindEntityType(rule.Kind)!
            where entry.Action is not AuditAction.Updated || HasOwnId(type) // else the trail does not say which row it was: it follows what it hangs on
            let step = Step.Of(entry)
            group step by (rule, Key: KeyOf(type, step)) into steps
            let row = Net(steps.Key.rule, steps.Key.Key, [.. steps.OrderBy(s => s.Entry.At).ThenBy(s => s.Entry.Id)])
            where row is not null
            select row];

    /// <summary>The key of the row that a line of the trail tells of.</summary>
    public static string KeyOf(IReadOnlyEntityType type, AuditEntry entry) => KeyOf(type, Step.Of(entry));

    /// <summary>The properties that a line of the trail tells of.</summary>
    public static IEnumerable<string> NamesOf(AuditEntry entry) => Step.Of(entry).Names;

    private static string KeyOf(IReadOnlyEntityType type, Step step) => KeyOf(type, step.Entry.EntityId!.Value, step.After ?? step.Before!);

    private static string KeyOf(IReadOnlyEntityType type, Guid id, IReadOnlyDictionary<string, string> values) =>
        HasOwnId(type) ? id.ToString()
            : string.Join('|', type.FindPrimaryKey()!.Properties.Select(p => values.TryGetValue(p.Name, out var raw) ? JsonDocument.Parse(raw).RootElement.ToString() : ""));

    private static bool HasOwnId(IReadOnlyEntityType type) => type.FindPrimaryKey()!.Properties is [_];

    private static UndoRow? Net(IUndoRule rule, string key, List<Step> steps)
    {
        var (made, gone) = (steps.Count(s => s.Entry.Action is AuditAction.Created), steps.Count(s => s.Entry.Action is AuditAction.Deleted));
        if (made == gone && made > 0 && steps[0].Entry.Action is not AuditAction.Deleted) return null;
        var action = made > gone ? AuditAction.Created : gone > made ? AuditAction.Deleted : AuditAction.Updated;
        var (before, after) = (new Dictionary<string, string>(), new Dictionary<string, string>());
        foreach (var name in steps.SelectMany(s => s.Names).Distinct())
        {
            var (first, last) = Ends(steps, name);
            if (first == last) continue;
            if (first != Absent) before[name] = first;
            if (last != Absent) after[name] = last;
        }
        var (at, who) = (steps[^1].Entry.At, steps[^1].Entry);
        return before.Count + after.Count == 0 ? null : new UndoRow(rule, action, who.EntityId!.Value, who.RootId, who.ActorId, at, before, after) { Key = key };
    }

    private static (string First, string Last) Ends(List<Step> steps, string name)
    {
        var (sources, targets) = (new List<string>(), new List<string>());
        foreach (var step in steps.Where(s => s.Before is null || s.After is null || s.Before.ContainsKey(name)))
        {
            sources.Add(step.Before is null ? Absent : step.Before.GetValueOrDefault(name, Null));
            targets.Add(step.After is null ? Absent : step.After.GetValueOrDefault(name, Null));
        }
        var last = new List<string>(targets);
        foreach (var source in sources) last.Remove(source);
        foreach (var target in targets) sources.Remove(target);
        return (sources.FirstOrDefault(Absent), last.FirstOrDefault(Absent));
    }

    private sealed record Step(AuditEntry Entry, IReadOnlyDictionary<string, string>? Before, IReadOnlyDictionary<string, string>? After)
    {
        public IEnumerable<string> Names => (Before?.Keys ?? []).Concat(After?.Keys ?? []);

        public static Step Of(AuditEntry entry) => new(entry, Values(entry.Before), Values(entry.After));

        private static Dictionary<string, string>? Values(string? json)
        {
            if (json is null) return null;
            using var document = JsonDocument.Parse(json);
            return document.RootElement.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetRawText());
        }
    }
}
