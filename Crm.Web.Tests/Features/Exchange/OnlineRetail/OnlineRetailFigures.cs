using System.Text.Json;
using Crm.Data;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Exchange.OnlineRetail;

/// <summary>
/// The figures of an imported file: read from the JSON that Samples/online-retail.py computed without the product, or counted
/// from the stored rows. Money in pence; a month is revenue, customers, orders; a cohort is customers by months since.
/// </summary>
sealed record OnlineRetailFigures(
    long Lines, long Imported, IReadOnlyDictionary<string, long> LeftOut,
    long AllOrders, long AllReturns, long AllCustomers, long AllProducts, long AllRevenue, long Returned, long Points,
    long Customers, long Orders, long Revenue,
    IReadOnlyDictionary<string, long[]> Months, IReadOnlyDictionary<string, long[]> Cohorts,
    IReadOnlyList<JsonElement[]> TopCustomers, IReadOnlyList<JsonElement[]> TopCountries, IReadOnlyList<JsonElement[]> TopProducts)
{
    private const string Origin = "online-retail";
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static OnlineRetailFigures Read(string path) => JsonSerializer.Deserialize<OnlineRetailFigures>(File.ReadAllText(path), Format)!;

    /// <summary>For comparing: two of the same figures give the same text.</summary>
    public string ToText() => JsonSerializer.Serialize(this, Format);

    /// <summary>What the database says; what only the run knows (lines) is taken from <paramref name="run"/>.</summary>
    public static async Task<OnlineRetailFigures> CountAsync(CrmDbContext db, OnlineRetailFigures run)
    {
        var orders = await (from o in db.Orders.AsNoTracking()
                            where o.Origin == Origin
                            join c in db.Customers on o.CustomerId equals c.Id into cs
                            from c in cs.DefaultIfEmpty()
                            select new { o.Id, o.PlacedOn, o.TotalMinor, o.Country, Customer = c == null ? null : c.ExternalId }).ToListAsync();
        var counted = orders.Where(o => o.Customer is not null && o.TotalMinor > 0).Select(o => new Sale(o.Customer!, $"{o.PlacedOn:yyyy-MM}", o.TotalMinor, o.Country)).ToList();
        var products = await (from l in db.OrderLines
                              join o in db.Orders on l.OrderId equals o.Id
                              where o.Origin == Origin && o.CustomerId != null && o.TotalMinor > 0
                              join p in db.Products on l.ProductId equals p.Id
                              group l.TotalMinor by p.NormalizedSku into g
                              select new { g.Key, Sum = g.Sum() }).ToListAsync();
        return run with
        {
            Imported = await db.OrderLines.LongCountAsync(l => db.Orders.Any(o => o.Id == l.OrderId && o.Origin == Origin)) + await db.ReturnLines.LongCountAsync(),
            AllOrders = orders.Count,
            AllReturns = await db.Returns.LongCountAsync(r => r.Origin == Origin),
            AllCustomers = await db.Customers.LongCountAsync(c => c.Origin == Origin),
            AllProducts = await db.Products.LongCountAsync(p => p.Origin == Origin),
            AllRevenue = orders.Sum(o => o.TotalMinor),
            Returned = await db.Returns.SumAsync(r => r.TotalMinor),
            Points = await db.LoyaltyEntries.SumAsync(e => (long)e.Points),
            Customers = counted.Select(o => o.Customer).Distinct().Count(),
            Orders = counted.Count,
            Revenue = counted.Sum(o => o.Pence),
            Months = counted.GroupBy(o => o.Month).OrderBy(g => g.Key, StringComparer.Ordinal)
                .ToDictionary(g => g.Key, g => new[] { g.Sum(o => o.Pence), g.Select(o => o.Customer).Distinct().LongCount(), g.LongCount() }),
            Cohorts = CohortsOf(counted),
            TopCustomers = Top(counted.GroupBy(o => o.Customer).Select(g => (g.Key, g.Sum(o => o.Pence)))),
            TopCountries = Top(counted.GroupBy(o => o.Country ?? "Unspecified").Select(g => (g.Key, g.Sum(o => o.Pence)))),
            TopProducts = Top(products.Select(p => (p.Key, p.Sum))),
        };
    }

    private static Dictionary<string, long[]> CohortsOf(List<Sale> sales)
    {
        var active = sales.GroupBy(s => s.Customer).Select(g => g.Select(s => s.Month).Distinct().Order(StringComparer.Ordinal).ToList());
        return active.GroupBy(months => months[0]).OrderBy(g => g.Key, StringComparer.Ordinal).ToDictionary(g => g.Key, g =>
        {
            var since = g.SelectMany(months => months.Select(m => Number(m) - Number(g.Key))).CountBy(n => n).ToDictionary();
            return Enumerable.Range(0, since.Keys.Max() + 1).Select(n => (long)since.GetValueOrDefault(n)).ToArray();
        });
    }

    private static List<JsonElement[]> Top(IEnumerable<(string Key, long Sum)> sums) =>
        [.. sums.OrderByDescending(s => s.Sum).ThenBy(s => s.Key, StringComparer.Ordinal).Take(10)
            .Select(s => new[] { JsonSerializer.SerializeToElement(s.Key), JsonSerializer.SerializeToElement(s.Sum) })];

    private static int Number(string month) => int.Parse(month[..4], null) * 12 + int.Parse(month[5..], null);

    private sealed record Sale(string Customer, string Month, long Pence, string? Country);
}
