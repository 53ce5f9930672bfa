using Crm.Data;
using Crm.Data.Leads;
using Crm.Data.Search;
using Crm.Web.Features.Leads.Day;
using Crm.Web.Platform.Access;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Leads;

/// <summary>Turns a filter into the condition of a query; the board, its totals and the export share it.</summary>
static class LeadFiltering
{
    /// <summary>Those of the leads in sight that the filter leaves.</summary>
    /// <param name="actor">Who looks, for "mine" and for what they see at all.</param>
    public static async Task<IQueryable<Lead>> ApplyAsync(CrmDbContext db, LeadFilter filter, CurrentActor actor, LeadMoment moment, CancellationToken ct)
    {
        var leads = Timed(db.Leads.AsNoTracking().SeenBy(actor), filter.When, moment);
        if (filter.Mine || filter.Unassigned || filter.Agents.Count > 0)
        {
            Guid?[] agents = [.. filter.Agents, .. filter.Mine ? [actor.UserId] : Array.Empty<Guid?>()];
            leads = filter.Unassigned ? leads.Where(l => l.OwnerId == null || agents.Contains(l.OwnerId)) : leads.Where(l => agents.Contains(l.OwnerId));
        }
        if (filter.Priorities.Count > 0) leads = leads.Where(l => filter.Priorities.Contains(l.Priority));
        if (filter.Statuses.Count > 0) leads = leads.Where(l => filter.Statuses.Contains(l.Status));
        if (filter.Cities.Count > 0) leads = leads.Where(l => filter.Cities.Contains(l.City!));
        if (filter.Tags.Count > 0) leads = leads.Where(l => l.Tags.Any(t => filter.Tags.Contains(t.Name)));
        if (filter.Ids.Count > 0) leads = leads.Where(l => filter.Ids.Contains(l.Id));
        leads = Between(leads, filter, moment);
        if (filter.Sources.Count > 0) leads = leads.Where(l => filter.Sources.Contains(l.Source!));
        return string.IsNullOrWhiteSpace(filter.Search) ? leads : await FoundAsync(db, leads, filter.Search, ct);
    }

    /// <summary>Whether owner, priority and column are all that a filter asks: <see cref="Leaves"/> answers for it then, without a query.</summary>
    public static bool IsPlain(LeadFilter filter) =>
        (filter with { Mine = false, Unassigned = false, Agents = [], Priorities = [], Statuses = [] }).IsEmpty;

    /// <summary>Whether a lead that was read is in sight and left by a plain filter: the same as <see cref="ApplyAsync"/> of it.</summary>
    public static bool Leaves(LeadFilter filter, CurrentActor actor, Guid? ownerId, LeadPriority priority, LeadStatus status) =>
        actor.Sees(ownerId)
        && (!filter.Mine && !filter.Unassigned && filter.Agents.Count == 0
            || (ownerId is { } owner ? filter.Agents.Contains(owner) || filter.Mine && owner == actor.UserId : filter.Unassigned))
        && (filter.Priorities.Count == 0 || filter.Priorities.Contains(priority))
        && (filter.Statuses.Count == 0 || filter.Statuses.Contains(status));

    private static IQueryable<Lead> Between(IQueryable<Lead> leads, LeadFilter filter, LeadMoment moment)
    {
        if (filter.Value.From is { } least) leads = leads.Where(l => l.ValueMinor >= least);
        if (filter.Value.To is { } most) leads = leads.Where(l => l.ValueMinor <= most);
        if (filter.Created.From is { } first && moment.Start(first) is var made) leads = leads.Where(l => l.CreatedAt >= made);
        if (filter.Created.To is { } last && moment.Start(last.AddDays(1)) is var before) leads = leads.Where(l => l.CreatedAt < before);
        if (filter.NextStep.From is { } due && moment.Start(due) is var from) leads = leads.Where(l => l.NextStepAt >= from);
        if (filter.NextStep.To is { } until && moment.Start(until.AddDays(1)) is var to) leads = leads.Where(l => l.NextStepAt < to);
        return leads;
    }

    private static IQueryable<Lead> Timed(IQueryable<Lead> leads, LeadWhen? when, LeadMoment at)
    {
        var ((now, dayStart, dayEnd, weekEnd, _), given) = (at, at.Now.AddDays(-DayQueries.GivenDays));
        if (when is not null) leads = leads.Where(l => LeadStages.Open.Contains(l.Status));
        return when switch
        {
            LeadWhen.Today => leads.Where(l => l.NextStepAt >= dayStart && l.NextStepAt < dayEnd),
            LeadWhen.Week => leads.Where(l => l.NextStepAt >= dayStart && l.NextStepAt < weekEnd),
            LeadWhen.Late => leads.Where(l => l.NextStepAt < now && l.NextStepAt != dayStart),
            LeadWhen.None => leads.Where(l => l.NextStep == null),
            LeadWhen.Stale => leads.Stale(at.Stale),
            LeadWhen.Given => leads.Where(l => l.AssignedAt >= given && l.TouchedAt <= l.AssignedAt),
            null => leads,
        };
    }

    private static async Task<IQueryable<Lead>> FoundAsync(CrmDbContext db, IQueryable<Lead> leads, string text, CancellationToken ct)
    {
        var named = await SearchIndex.IdsAsync(db, ChangeKinds.Lead, text, ct);
        var contacts = await SearchIndex.IdsAsync(db, LeadContact.SearchKind, text, ct);
        var ids = named.Union(db.LeadContacts.Where(c => contacts.Contains(c.Id)).Select(c => c.LeadId));
        return leads.Where(l => ids.Contains(l.Id));
    }
}
