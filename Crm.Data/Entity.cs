namespace Crm.Data;

/// <summary>A row with an id of its own that exists before it is saved and sorts by time.</summary>
public abstract class Entity
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
}

/// <summary>A row that people edit: a save that read an older version is refused instead of overwriting.</summary>
public interface IVersioned
{
    /// <summary>Counted up by every save.</summary>
    int Version { get; set; }
}

/// <summary>Says which record on screen a change to this row concerns, for live updates.</summary>
public interface ILive
{
    ChangeTopic Topic { get; }
}

/// <summary>What can change on a screen: a record of a kind, for example a lead, or a part of it.</summary>
/// <param name="Kind">One of <see cref="ChangeKinds"/>.</param>
public readonly record struct ChangeTopic(string Kind, Guid Id);

/// <summary>The kinds of record that live screens listen to.</summary>
public static class ChangeKinds
{
    public const string Lead = "lead";
    public const string Opportunity = "opportunity";
    public const string Customer = "customer";
    public const string Product = "product";
    public const string Order = "order";
    public const string Import = "import";
    public const string Setting = "setting";
    public const string User = "user";
    public const string Outbox = "outbox";
    public const string Notice = "notice";
    public const string View = "view";
    public const string Bulk = "bulk";
}

/// <summary>Rows that the audit trail leaves out, because they are the trail itself or a copy of other rows.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NotAuditedAttribute : Attribute;

/// <summary>Values that never enter the audit trail: secrets, and counters that change with every sale.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NotInAuditAttribute : Attribute;
