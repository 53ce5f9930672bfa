namespace Crm.Data.Storage;

/// <summary>A point in a write to go back to, with what screens were to hear of by then.</summary>
public sealed class WritePoint
{
    internal WritePoint(string name, IReadOnlyCollection<ChangeTopic> changed) => (Name, Changed) = (name, changed);

    internal string Name { get; }
    internal IReadOnlyCollection<ChangeTopic> Changed { get; }
}
