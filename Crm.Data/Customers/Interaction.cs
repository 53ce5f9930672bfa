namespace Crm.Data.Customers;

/// <summary>A call, meeting, message or visit of a customer, logged by staff.</summary>
public sealed class Interaction : Entity, IVersioned, ILive
{
    public const int KindLength = 50;
    public const int NotesLength = 10_000;
    public const int NextActionLength = 100;

    public required Guid CustomerId { get; init; }

    /// <summary>In people's words: Call, Meeting, Email, Visit.</summary>
    public string Kind { get; private set; } = "";
    public string Notes { get; private set; } = "";

    /// <summary>What was agreed to do next; empty for nothing.</summary>
    public string NextAction { get; private set; } = "";
    public DateTime HappenedAt { get; private set; }
    public Guid? LoggedById { get; init; }
    public required DateTime CreatedAt { get; init; }
    public DateTime UpdatedAt { get; private set; }
    public int Version { get; set; }
    public ChangeTopic Topic => new(ChangeKinds.Customer, CustomerId);

    public void Describe(string kind, string notes, string nextAction, DateTime happenedAt, DateTime now) =>
        (Kind, Notes, NextAction, HappenedAt, UpdatedAt) = (kind.Trim(), notes.Trim(), nextAction.Trim(), happenedAt, now);
}
