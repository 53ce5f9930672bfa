using Crm.Data;
using Crm.Data.Customers;
using Crm.Data.Search;
using Crm.Web.Features.Settings;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Customers.List;

/// <summary>Narrows the customers to those whom a list asks for.</summary>
static class CustomerFilters
{
    public static async Task<IQueryable<Customer>> ApplyAsync(CrmDbContext db, CustomerListQuery query, Shop shop, CancellationToken ct)
    {
        var customers = db.Customers.AsNoTracking();
        if (query.Verified is { } verified) customers = customers.Where(c => c.IsVerified == verified);
        if (query.Active is { } active) customers = customers.Where(c => c.IsActive == active);
        if (query.HasAccount is { } account) customers = customers.Where(c => c.UserId != null == account);
        if (query.City is { } city) customers = customers.Where(c => c.City == city);
        if (query.Diet is { } diet) customers = customers.Where(c => c.Diets.Any(d => d.Diet == diet));
        customers = await InTierAsync(db, customers, query.Tier, ct);
        if (query.JoinedFrom is { } from)
        {
            var start = StartOf(from, shop);
            customers = customers.Where(c => c.JoinedAt >= start);
        }
        if (query.JoinedTo is { } to && to < DateOnly.MaxValue)
        {
            var end = StartOf(to.AddDays(1), shop);
            customers = customers.Where(c => c.JoinedAt < end);
        }
        if (query.Search is not { } text) return customers;
        var found = await SearchIndex.IdsAsync(db, ChangeKinds.Customer, text, ct);
        return customers.Where(c => found.Contains(c.Id));
    }

    private static async Task<IQueryable<Customer>> InTierAsync(CrmDbContext db, IQueryable<Customer> customers, string? name, CancellationToken ct)
    {
        if (name is null) return customers;
        if (name == CustomerListQuery.NoTier) return customers.Where(c => c.TierId == null);
        var tiers = await db.LoyaltyTiers.Where(t => t.Name == name).Select(t => (Guid?)t.Id).ToListAsync(ct);
        return customers.Where(c => tiers.Contains(c.TierId));
    }

    private static DateTime StartOf(DateOnly day, Shop shop) => shop.ToUtc(day.ToDateTime(TimeOnly.MinValue));
}
