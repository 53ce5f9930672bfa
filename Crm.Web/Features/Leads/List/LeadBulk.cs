using System.Text.Json;
using Crm.Data;
using Crm.Data.Leads;
using Crm.Web.Features.Leads.Tags;
using Crm.Web.Features.Settings;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Bulk;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Leads.List;

/// <summary>Starts a change to many leads: those that match when it starts, each of them, however many the screen shows.</summary>
public sealed class LeadBulk(IDbContextFactory<CrmDbContext> contexts, CurrentActor actor, StaffDirectory staff, BulkRuns runs, Shop shop)
{
    /// <summary>Starts it; progress and result are the run's.</summary>
    /// <returns>The run's id, or why not: <see cref="NothingChosen"/>, <see cref="LostNeedsReason"/>, <see cref="BulkConversion"/>, a complaint about the value.</returns>
    public async Task<Result<Guid>> StartAsync(LeadSelection selection, LeadDeed deed, CancellationToken ct)
    {
        if (actor.UnlessStaff() is { } refusal) return refusal;
        if (deed.Kind is LeadDeedKind.Delete && actor.UnlessMay(Permission.DeleteLeads) is { } notDeleting) return notDeleting;
        var roster = await staff.ReadAsync(ct);
        if (Complaint(deed, roster) is { } complaint) return complaint;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var leads = selection.Ids is { } chosen
            ? db.Leads.SeenBy(actor).Where(l => chosen.Contains(l.Id))
            : await LeadFiltering.ApplyAsync(db, selection.Filter, actor, LeadMoment.Of(shop), ct);
        var ids = await leads.OrderBy(l => l.Id).Select(l => l.Id).ToListAsync(ct);
        return await runs.StartAsync($"{LeadBulkKind.Prefix}.{deed.Kind.ToString().ToLowerInvariant()}", Title(deed, ids.Count, roster), JsonSerializer.Serialize(deed), ids, ct);
    }

    private static Error? Complaint(LeadDeed deed, StaffRoster roster) => deed.Kind switch
    {
        LeadDeedKind.Assign => deed.OwnerId is { } owner && roster.Find(owner) is not { IsActive: true } ? new InvalidError(nameof(deed.OwnerId), "Choose somebody who works here.") : null,
        LeadDeedKind.Stage => deed switch
        {
            { Status: LeadStatus.Converted } => new BulkConversion(),
            { Status: LeadStatus.Lost, Reason: null } => new LostNeedsReason(),
            { Status: null } => new InvalidError(nameof(deed.Status), "Choose a stage."),
            { Note.Length: > LeadLimits.LostNote } => new InvalidError(nameof(deed.Note), $"Keep the note within {LeadLimits.LostNote} characters."),
            _ => null,
        },
        LeadDeedKind.Priority => deed.Priority is null ? new InvalidError(nameof(deed.Priority), "Choose a priority.") : null,
        LeadDeedKind.Tag or LeadDeedKind.Untag => LeadTags.Tidy(deed.Tag) is not { } tag ? new InvalidError(nameof(deed.Tag), "Write a tag.")
            : LeadTags.TooLong(tag) is { } tooLong ? new InvalidError(nameof(deed.Tag), tooLong) : null,
        LeadDeedKind.Delete => null,
    };

    private static string Title(LeadDeed deed, int count, StaffRoster roster)
    {
        var leads = BulkRuns.Count(count, "lead", "leads");
        return deed.Kind switch
        {
            LeadDeedKind.Assign => deed.OwnerId is { } owner ? $"Assign {leads} to {roster.NameOf(owner)}" : $"Take {leads} from their agents",
            LeadDeedKind.Stage => $"Move {leads} to {LeadWords.Of(deed.Status!.Value)}",
            LeadDeedKind.Priority => $"Set the priority of {leads} to {LeadWords.Of(deed.Priority!.Value)}",
            LeadDeedKind.Tag => $"Tag {leads} with {LeadTags.Tidy(deed.Tag)}",
            LeadDeedKind.Untag => $"Remove the tag {LeadTags.Tidy(deed.Tag)} from {leads}",
            LeadDeedKind.Delete => $"Delete {leads}",
        };
    }
}

/// <summary>Many leads never become customers at once.</summary>
public sealed record BulkConversion() : ConflictError("Leads are converted one by one, because each becomes a customer of its own.");
