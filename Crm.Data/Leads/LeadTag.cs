namespace Crm.Data.Leads;

/// <summary>A word that staff sort leads by: wholesale, halal, festival.</summary>
public sealed class LeadTag : ILive
{
    public const int NameLength = 40;

    public required Guid LeadId { get; init; }

    /// <summary>In lower case, without spaces around it.</summary>
    public required string Name { get; init; }
    public ChangeTopic Topic => new(ChangeKinds.Lead, LeadId);
}
