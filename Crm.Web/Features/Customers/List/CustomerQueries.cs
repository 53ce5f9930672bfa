using Crm.Data;
using Crm.Web.Features.Settings;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Paging;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Customers.List;

/// <summary>The customer list for staff.</summary>
public sealed class CustomerQueries(IDbContextFactory<CrmDbContext> contexts, CurrentActor actor, Shop shop)
{
    /// <summary>Rows of one page.</summary>
    public const int PageSize = 25;
    private const int MostCities = 200;

    /// <summary>One page of the list. Staff only.</summary>
    public async Task<Result<KeyPage<CustomerRow>>> PageAsync(CustomerListQuery query, CancellationToken ct)
    {
        if (actor.UnlessMay(Permission.SeeCustomers) is { } refusal) return refusal;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var customers = await CustomerFilters.ApplyAsync(db, query, shop, ct);
        return await KeyPages.ReadAsync(
            (cursor, backwards) => CustomerListing.Parts(customers, query.Sort, query.Descending, cursor, backwards),
            query.Cursor, query.Backwards, PageSize, ct);
    }

    /// <summary>Count and sums of the whole filtered list, apart from its page so that the page need not wait. Staff only.</summary>
    public async Task<Result<CustomerTotals>> TotalsAsync(CustomerListQuery query, CancellationToken ct)
    {
        if (actor.UnlessMay(Permission.SeeCustomers) is { } refusal) return refusal;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var customers = await CustomerFilters.ApplyAsync(db, query, shop, ct);
        var foreign = shop.ForeignOrigins();
        var totals = await customers
            .Select(c => new { IsForeign = c.Origin != null && foreign.Contains(c.Origin), c.SpentMinor, c.OrderCount }).GroupBy(_ => 1)
            .Select(g => new CustomerTotals(g.Count(), g.Sum(c => c.IsForeign ? 0 : c.SpentMinor), g.Sum(c => c.IsForeign ? 0L : c.OrderCount), g.Count(c => c.IsForeign)))
            .SingleOrDefaultAsync(ct);
        return totals ?? new CustomerTotals(0, 0, 0);
    }

    /// <summary>For a list that is empty: the one filter whose loss would bring the most customers back, and how many. Staff only.</summary>
    public async Task<(ActiveFilter? Filter, int Customers)> HelpAsync(CustomerListQuery query, CancellationToken ct)
    {
        (ActiveFilter? Filter, int Customers) best = (null, 0);
        foreach (var filter in ActiveFilter.Of(query))
        {
            if (!(await TotalsAsync(filter.Without, ct)).Failed(out _, out var totals) && totals.Customers > best.Customers) best = (filter, totals.Customers);
        }
        return best;
    }

    /// <summary>The cities and tiers that the filters offer. Staff only.</summary>
    public async Task<Result<CustomerListChoices>> ChoicesAsync(CancellationToken ct)
    {
        if (actor.UnlessMay(Permission.SeeCustomers) is { } refusal) return refusal;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var cities = await db.Customers.Where(c => c.City != null).GroupBy(c => c.City!)
            .Select(g => new { City = g.Key, Customers = g.Count() }).OrderByDescending(c => c.Customers).ThenBy(c => c.City).Take(MostCities).ToListAsync(ct);
        var tiers = await db.LoyaltyTiers.OrderBy(t => t.ThresholdMinor).Select(t => t.Name).ToListAsync(ct);
        return new CustomerListChoices([.. cities.Select(c => new CityChoice(c.City, c.Customers))], tiers);
    }
}
