namespace Crm.Data.Leads;

/// <summary>A file that belongs to a correspondence.</summary>
public sealed class CorrespondenceFile : ILive
{
    public required Guid CorrespondenceId { get; init; }
    public required Guid FileId { get; init; }

    /// <summary>The lead of the correspondence, so that its page hears of it.</summary>
    public required Guid LeadId { get; init; }
    public ChangeTopic Topic => new(ChangeKinds.Lead, LeadId);
}
