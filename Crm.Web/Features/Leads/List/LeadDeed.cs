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
public sealed record LeadSelection(LeadFilter Filter, IReadOnlyCollection<Guid>? Ids)
{
    /// <summary>How many ids a form's field may bring: more than anybody picks one by one.</summary>
    public const int Most = 20_000;

    /// <summary>The ids as a form's field carries them; empty for a filter.</summary>
    public string Write() => string.Join(',', (Ids ?? []).Select(id => id.ToString("N")));

    /// <summary>The ids of such a field, the first <see cref="Most"/>; what is none is left out.</summary>
    public static IReadOnlyList<Guid> Read(string? field) =>
        [.. (field ?? "").Split(',').Select(text => Guid.TryParse(text, out var id) ? id : Guid.Empty).Where(id => id != Guid.Empty).Distinct().Take(Most)];
}
