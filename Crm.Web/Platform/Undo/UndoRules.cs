namespace Crm.Web.Platform.Undo;

/// <summary>All rooms' rules, by the name that the trail gives each kind of row.</summary>
public sealed class UndoRules(IEnumerable<IUndoRule> rules)
{
    public IReadOnlyDictionary<string, IUndoRule> ByName { get; } = rules.ToDictionary(r => r.Kind.Name);
}
