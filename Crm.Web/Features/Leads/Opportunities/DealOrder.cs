using Crm.Data;
using Crm.Data.Leads;

namespace Crm.Web.Features.Leads.Opportunities;

/// <summary>The orders of the list; what a row has none of comes last, and rows alike stand in the order in which they were made.</summary>
static class DealOrder
{
    public static IQueryable<Opportunity> Of(CrmDbContext db, IQueryable<Opportunity> deals, DealFilter filter)
    {
        var down = filter.Descending;
        return filter.Sort switch
        {
            DealSort.Stage => By(deals, o => db.OpportunityStages.First(s => s.Id == o.StageId).Position, down).ThenBy(o => o.Rank).ThenBy(o => o.Id),
            DealSort.Title => By(deals, o => o.Title.ToUpper(), down).ThenBy(o => o.Id),
            DealSort.Whose => By(deals, o => (db.Customers.Where(c => c.Id == o.CustomerId).Select(c => c.FirstName + " " + c.LastName).FirstOrDefault() ?? db.Leads.Where(l => l.Id == o.LeadId).Select(l => l.Name).FirstOrDefault() ?? "").ToUpper(), down).ThenBy(o => o.Id),
            DealSort.Amount => By(deals, o => o.AmountMinor, down).ThenBy(o => o.Id),
            DealSort.Weighted => By(deals, o => o.AmountMinor * db.OpportunityStages.First(s => s.Id == o.StageId).ProbabilityBasisPoints, down).ThenBy(o => o.Id),
            DealSort.Close => (down ? deals.OrderBy(o => o.ExpectedOn == null).ThenByDescending(o => o.ExpectedOn) : deals.OrderBy(o => o.ExpectedOn == null).ThenBy(o => o.ExpectedOn)).ThenBy(o => o.Id),
            DealSort.Owner => By(deals, o => (db.Users.Where(u => u.Id == o.OwnerId).Select(u => u.FirstName + " " + u.LastName).FirstOrDefault() ?? "").ToUpper(), down).ThenBy(o => o.Id),
        };
    }

    private static IOrderedQueryable<Opportunity> By<TKey>(IQueryable<Opportunity> deals, System.Linq.Expressions.Expression<Func<Opportunity, TKey>> key, bool down) =>
        down ? deals.OrderByDescending(key) : deals.OrderBy(key);
}
