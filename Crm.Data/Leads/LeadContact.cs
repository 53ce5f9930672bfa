using Crm.Data.Search;

namespace Crm.Data.Leads;

/// <summary>A person at a lead; one of them is the primary contact.</summary>
public sealed class LeadContact : Entity, IVersioned, ILive, ISearchable
{
    /// <summary>As search calls it; a contact is no record of its own.</summary>
    public const string SearchKind = "contact";

    public required Guid LeadId { get; init; }
    public string Name { get; private set; } = "";
    public string? Position { get; private set; }
    public string? Email { get; private set; }
    public string? Phone { get; private set; }
    public string? Notes { get; private set; }
    public bool IsPrimary { get; private set; }
    public DateTime CreatedAt { get; init; }
    public DateTime UpdatedAt { get; private set; }
    public int Version { get; set; }

    public ChangeTopic Topic => new(ChangeKinds.Lead, LeadId);

    public void Describe(string name, string? position, string? email, string? e164, string? notes, DateTime now)
    {
        (Name, Position, Email, Phone, Notes, UpdatedAt) = (name.Trim(), position?.Trim(), email?.Trim(), e164, notes?.Trim(), now);
    }

    public void MakePrimary(bool primary) => IsPrimary = primary;

    SearchDocument ISearchable.Describe() => new(SearchKind, Id, null, Name, Position ?? Email ?? "", [Name, Position, Email, Phone, Phone?.TrimStart('+')], LeadId);
}
