using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Crm.Data;
using Crm.Data.Audit;
using Crm.Data.Catalogue;
using Crm.Data.Orders;
using Crm.Data.Seed;
using Crm.Data.Storage;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Data.Seed;

[Collection(SeededShops.Name)]
public sealed class DemoSeedTests(SeededShops shops)
{
    [Theory, BothDatabases]
    public async Task The_shop_has_400_customers_150_products_in_12_categories_and_24_months_of_trade(DatabaseKind kind)
    {
        await using var db = (await shops.OpenAsync(kind)).Open();

        Assert.Equal(400, await db.Customers.CountAsync());
        Assert.Equal(150, await db.Products.CountAsync());
        Assert.Equal(12, await db.Products.Select(p => p.CategoryId).Distinct().CountAsync());
        Assert.Equal(24, (await db.Orders.Select(o => new { o.PlacedOn.Year, o.PlacedOn.Month }).Distinct().ToListAsync()).Count);
        Assert.InRange(await db.Orders.CountAsync(), 4_000, 6_000);
        Assert.InRange(await db.Returns.CountAsync(), 40, 200);
    }

    [Theory, BothDatabases]
    public async Task Every_food_has_a_local_name_a_price_a_weight_and_a_shelf(DatabaseKind kind)
    {
        await using var db = (await shops.OpenAsync(kind)).Open();
        var products = await db.Products.AsNoTracking().Include(p => p.LocalNames).ToListAsync();

        Assert.All(products, p => Assert.True(p.LocalNames.Count > 0 && p.PriceMinor > 0 && p.WeightGrams > 0 && p.CategoryId is not null && p.Description is not null, p.Name));
        Assert.Contains(products.Single(p => p.Name == "Okra").LocalNames, n => n is { Name: "gombo", Region: "Senegal" });
        Assert.All(Drawings(products), art => Assert.Contains(art, DrawingsThatExist));
        Assert.InRange(products.Count(p => p.OnHand <= p.LowStockThreshold), 5, 12);
    }

    [Theory, BothDatabases]
    public async Task Trade_grows_a_little_and_follows_the_week_and_the_year(DatabaseKind kind)
    {
        await using var db = (await shops.OpenAsync(kind)).Open();
        var orders = await db.Orders.AsNoTracking().Where(o => o.CustomerId != null && o.Status != OrderStatus.Cancelled).Select(o => new { o.PlacedOn, o.TotalMinor }).ToListAsync();
        long Month(int year, int month) => orders.Where(o => o.PlacedOn.Year == year && o.PlacedOn.Month == month).Sum(o => o.TotalMinor);
        int On(DayOfWeek day) => orders.Count(o => o.PlacedOn.DayOfWeek == day);
        var growth = (double)Enumerable.Range(1, 10).Sum(m => Month(2026, m)) / Enumerable.Range(1, 10).Sum(m => Month(2025, m));

        Assert.InRange(growth, 1.05, 1.35);
        Assert.True(Month(2025, 12) > 1.2 * Month(2025, 11));
        Assert.True(Month(2025, 12) > 1.2 * Month(2026, 1));
        Assert.True(On(DayOfWeek.Saturday) > 1.5 * On(DayOfWeek.Monday));
        Assert.True(orders.Max(o => o.PlacedOn) == new DateOnly(2026, 11, 20));
    }

    [Theory, BothDatabases]
    public async Task Nothing_happens_after_the_clock(DatabaseKind kind)
    {
        await using var db = (await shops.OpenAsync(kind)).Open();
        var now = TestClock.Start;

        Assert.False(await db.Orders.AnyAsync(o => o.PlacedAt > now));
        Assert.False(await db.OrderStatusChanges.AnyAsync(s => s.At > now));
        Assert.False(await db.Payments.AnyAsync(p => p.SettledAt > now));
        Assert.False(await db.StockMovements.AnyAsync(m => m.At > now));
        Assert.False(await db.LoyaltyEntries.AnyAsync(e => e.At > now || e.ExpiresAt <= now));
        Assert.False(await db.Returns.AnyAsync(r => r.ReturnedAt > now));
        Assert.False(await db.Customers.AnyAsync(c => c.JoinedAt > now));
        Assert.False(await db.Leads.AnyAsync(l => l.TouchedAt > now || l.StatusSince > now));
    }

    [Fact]
    public async Task The_same_clock_gives_the_same_rows_on_both_databases()
    {
        var prints = new List<Dictionary<string, string>>();
        foreach (var kind in Enum.GetValues<DatabaseKind>())
        {
            await using var db = (await shops.OpenAsync(kind)).Open();
            prints.Add(await PrintAsync(db));
        }

        Assert.True(prints[0].Count > 20);
        Assert.Equal(prints[0], prints[1]);
    }

    [Theory, BothDatabases]
    public async Task A_shop_with_trade_is_left_alone(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);

        var isSeeded = await DemoSeed.RunAsync(shop.Database, CancellationToken.None);

        await using var db = shop.Open();
        Assert.False(isSeeded);
        Assert.Equal((2, 0, 0), (await db.Customers.CountAsync(), await db.Products.CountAsync(), await db.Orders.CountAsync()));
    }

    [Theory, BothDatabases]
    public async Task The_trail_says_in_one_row_a_save_that_it_was_demo_data(DatabaseKind kind)
    {
        await using var db = (await shops.OpenAsync(kind)).Open();
        var rows = await db.AuditEntries.AsNoTracking().Where(a => a.Action == AuditAction.Mass && a.EntityType == "Demo data").ToListAsync();

        Assert.InRange(rows.Count, 1, 10);
        Assert.Contains(rows, r => r.After!.Contains("\"OrderLine Added\""));
    }

    private static readonly string[] DrawingsThatExist =
        ["garri", "rice", "plantain", "yam", "scotch", "egusi", "ackee", "callaloo", "saltfish", "injera", "ugali", "palm", "jollof", "sorrel", "okra"];

    private static IEnumerable<string> Drawings(IEnumerable<Product> products) => products.Where(p => p.Art is not null).Select(p => p.Art!);

    private static async Task<Dictionary<string, string>> PrintAsync(CrmDbContext db)
    {
        var prints = new Dictionary<string, string>();
        foreach (var type in db.Model.GetEntityTypes().Select(t => t.ClrType).Where(t => t.IsSubclassOf(typeof(Entity)) && t != typeof(AuditEntry) && t != typeof(Crm.Data.Leads.OpportunityStage)))
        {
            var rows = await ((Task<List<string>>)typeof(DemoSeedTests).GetMethod(nameof(RowsAsync), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!
                .MakeGenericMethod(type).Invoke(null, [db])!);
            prints[type.Name] = $"{rows.Count} rows, {Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', rows))))}";
        }
        return prints;
    }

    private static async Task<List<string>> RowsAsync<T>(CrmDbContext db) where T : Entity
    {
        // a shop makes its stages at its start, with ids of their own
        var columns = db.Model.FindEntityType(typeof(T))!.GetProperties().Where(p => p.Name != nameof(Crm.Data.Leads.Opportunity.StageId)).ToList();
        var rows = await db.Set<T>().AsNoTracking().ToListAsync();
        return [.. rows.OrderBy(r => r.Id).Select(r => string.Join('|', columns.Select(c => Convert.ToString(c.GetGetter().GetClrValue(r), CultureInfo.InvariantCulture))))];
    }
}
