using Crm.Data;
using Crm.Data.Leads;
using Crm.Data.Search;
using Crm.Web.Platform.Access;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Leads.Opportunities;

/// <summary>Turns a filter into the condition of a query; board, list, totals and forecast share it.</summary>
static class DealFiltering
{
    /// <summary>Those of the opportunities in sight that the filter leaves.</summary>
    /// <param name="today">The shop's day; what was expected before it and is open is late.</param>
    public static async Task<IQueryable<Opportunity>> ApplyAsync(CrmDbContext db, DealFilter filter, CurrentActor actor, DateOnly today, CancellationToken ct)
    {
        var deals = db.Opportunities.AsNoTracking().SeenBy(actor);
        if (filter.Mine || filter.Unassigned || filter.Agents.Count > 0)
        {
            Guid?[] agents = [.. filter.Agents, .. filter.Mine ? [actor.UserId] : Array.Empty<Guid?>()];
            deals = filter.Unassigned ? deals.Where(o => o.OwnerId == null || agents.Contains(o.OwnerId)) : deals.Where(o => agents.Contains(o.OwnerId));
        }
        if (filter.Stages.Count > 0) deals = deals.Where(o => filter.Stages.Contains(o.StageId));
        if (filter.LeadId is { } lead) deals = deals.Where(o => o.LeadId == lead);
        if (filter.CustomerId is { } customer) deals = deals.Where(o => o.CustomerId == customer);
        if (filter.Close is DealFilter.Undated) deals = deals.Where(o => o.ExpectedOn == null);
        else if (filter.Close is DealFilter.Late) deals = deals.Where(o => o.ExpectedOn < today && o.ClosedAt == null);
        else if (filter.Month is { } month && month.AddMonths(1) is var next) deals = deals.Where(o => o.ExpectedOn >= month && o.ExpectedOn < next);
        return string.IsNullOrWhiteSpace(filter.Search) ? deals : await FoundAsync(db, deals, filter.Search, actor, ct);
    }

    // Found by the names of its lead and customer only as far as whoever asks may read them.
    private static async Task<IQueryable<Opportunity>> FoundAsync(CrmDbContext db, IQueryable<Opportunity> deals, string text, CurrentActor actor, CancellationToken ct)
    {
        var titled = await SearchIndex.IdsAsync(db, ChangeKinds.Opportunity, text, ct);
        var named = await SearchIndex.IdsAsync(db, ChangeKinds.Lead, text, ct);
        var leads = db.Leads.SeenBy(actor).Where(l => named.Contains(l.Id)).Select(l => l.Id);
        if (!actor.May(Permission.SeeCustomers)) return deals.Where(o => titled.Contains(o.Id) || o.LeadId != null && leads.Contains(o.LeadId.Value));
        var customers = await SearchIndex.IdsAsync(db, ChangeKinds.Customer, text, ct);
        return deals.Where(o => titled.Contains(o.Id) || o.LeadId != null && leads.Contains(o.LeadId.Value) || o.CustomerId != null && customers.Contains(o.CustomerId.Value));
    }
}
