using Crm.Data.Leads;

namespace Crm.Web.Features.Leads.List;

/// <summary>What can be done to many leads at once.</summary>
public enum LeadDeedKind { Assign, Stage, Priority, Tag, Untag, Delete }

/// <summary>One change for many leads.</summary>
/// <param name="OwnerId">To whom; nobody for nobody's.</param>
/// <param name="Reason">Why, for a loss.</param>
public sealed record LeadDeed(
    LeadDeedKind Kind, Guid? OwnerId = null, LeadStatus? Status = null, LostReason? Reason = null, string? Note = null, LeadPriority? Priority = null, string? Tag = null);

/// <summary>Which leads: those of these ids, or all that the filter leaves, loaded or not.</summary>
public sealed record LeadSelection(LeadFilter Filter, IReadOnlyCollection<Guid>? Ids);
