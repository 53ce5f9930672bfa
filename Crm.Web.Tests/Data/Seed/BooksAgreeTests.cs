using Crm.Data.Catalogue;
using Crm.Data.Loyalty;
using Crm.Data.Orders;
using Crm.Data.Payments;
using Crm.Data.Storage;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Data.Seed;

/// <summary>Recomputes every cached figure of the demo shop from the rows it copies.</summary>
[Collection(SeededShops.Name)]
public sealed class BooksAgreeTests(SeededShops shops)
{
    [Theory, BothDatabases]
    public async Task A_customers_points_are_the_sum_of_the_ledger_and_of_what_is_left_of_the_lots(DatabaseKind kind)
    {
        await using var db = (await shops.OpenAsync(kind)).Open();
        var ledger = await db.LoyaltyEntries.GroupBy(e => e.CustomerId)
            .Select(g => new { g.Key, Points = g.Sum(e => e.Points), Left = g.Sum(e => e.Remaining) }).ToDictionaryAsync(g => g.Key);
        var customers = await db.Customers.AsNoTracking().ToListAsync();

        Assert.All(customers, c => Assert.Equal(c.PointsBalance, ledger.GetValueOrDefault(c.Id)?.Points ?? 0));
        Assert.All(customers, c => Assert.Equal(c.PointsBalance, ledger.GetValueOrDefault(c.Id)?.Left ?? 0));
    }

    [Theory, BothDatabases]
    public async Task A_customers_orders_spend_and_last_visit_are_those_of_the_orders(DatabaseKind kind)
    {
        await using var db = (await shops.OpenAsync(kind)).Open();
        var orders = await db.Orders.Where(o => o.CustomerId != null && o.Status != OrderStatus.Cancelled).GroupBy(o => o.CustomerId!.Value)
            .Select(g => new { g.Key, Count = g.Count(), Spent = g.Sum(o => o.TotalMinor), Last = g.Max(o => o.PlacedAt) }).ToDictionaryAsync(g => g.Key);
        var returns = await db.Returns.GroupBy(r => r.CustomerId!.Value).Select(g => new { g.Key, Total = g.Sum(r => r.TotalMinor) }).ToDictionaryAsync(g => g.Key);
        var customers = await db.Customers.AsNoTracking().ToListAsync();

        Assert.All(customers, c => Assert.Equal(
            (orders.GetValueOrDefault(c.Id)?.Count ?? 0, (orders.GetValueOrDefault(c.Id)?.Spent ?? 0) - (returns.GetValueOrDefault(c.Id)?.Total ?? 0), orders.GetValueOrDefault(c.Id)?.Last),
            (c.OrderCount, c.SpentMinor, c.LastOrderAt)));
    }

    [Theory, BothDatabases]
    public async Task A_customers_tier_is_the_highest_that_twelve_months_of_spending_reach(DatabaseKind kind)
    {
        await using var db = (await shops.OpenAsync(kind)).Open();
        var since = TestClock.Start.AddYears(-1);
        var spent = await db.Orders.Where(o => o.CustomerId != null && o.Status != OrderStatus.Cancelled && o.PlacedAt >= since).GroupBy(o => o.CustomerId!.Value)
            .Select(g => new { g.Key, Total = g.Sum(o => o.TotalMinor) }).ToDictionaryAsync(g => g.Key, g => g.Total);
        var back = await db.Returns.Where(r => r.ReturnedAt >= since).GroupBy(r => r.CustomerId!.Value).Select(g => new { g.Key, Total = g.Sum(r => r.TotalMinor) }).ToDictionaryAsync(g => g.Key, g => g.Total);
        var tiers = await db.LoyaltyTiers.AsNoTracking().OrderBy(t => t.ThresholdMinor).ToListAsync();
        var customers = await db.Customers.AsNoTracking().ToListAsync();

        Assert.All(customers, c => Assert.Equal(
            tiers.Last(t => t.ThresholdMinor <= Math.Max(0, spent.GetValueOrDefault(c.Id) - back.GetValueOrDefault(c.Id))).Id, c.TierId));
        Assert.Equal(tiers.Count, customers.Select(c => c.TierId).Distinct().Count());
    }

    [Theory, BothDatabases]
    public async Task Stock_on_hand_is_the_sum_of_its_movements_and_was_never_below_zero(DatabaseKind kind)
    {
        await using var db = (await shops.OpenAsync(kind)).Open();
        var movements = (await db.StockMovements.AsNoTracking().ToListAsync()).ToLookup(m => m.ProductId);
        var products = await db.Products.AsNoTracking().ToListAsync();

        Assert.All(products, p => Assert.Equal(p.OnHand, movements[p.Id].Sum(m => m.Quantity)));
        Assert.All(products, p =>
        {
            var onHand = 0;
            Assert.All(movements[p.Id].OrderBy(m => m.At).ThenByDescending(m => m.Quantity), m => Assert.True((onHand += m.Quantity) >= 0, $"{p.Name} {m.At:u}"));
        });
    }

    [Theory, BothDatabases]
    public async Task Every_line_sold_took_its_goods_off_the_shelf_and_cancelling_put_them_back(DatabaseKind kind)
    {
        await using var db = (await shops.OpenAsync(kind)).Open();
        var lines = await (from l in db.OrderLines join o in db.Orders on l.OrderId equals o.Id select new { l.Id, l.ProductId, l.Quantity, o.Status }).ToListAsync();
        var movements = (await db.StockMovements.AsNoTracking().Where(m => m.SourceId != null).ToListAsync()).ToLookup(m => m.SourceId!.Value);
        var returned = await db.ReturnLines.AsNoTracking().ToListAsync();

        Assert.All(lines, l =>
        {
            var sold = movements[l.Id].Single(m => m.Kind is StockMovementKind.Sold);
            Assert.Equal((l.ProductId, -l.Quantity), (sold.ProductId, sold.Quantity));
            Assert.Equal(l.Status is OrderStatus.Cancelled ? l.Quantity : 0, movements[l.Id].Where(m => m.Kind is StockMovementKind.Returned).Sum(m => m.Quantity));
        });
        Assert.All(returned, l => Assert.Equal(l.Quantity, movements[l.Id].Single(m => m.Kind is StockMovementKind.Returned).Quantity));
    }

    [Theory, BothDatabases]
    public async Task An_orders_sums_payments_and_points_agree(DatabaseKind kind)
    {
        await using var db = (await shops.OpenAsync(kind)).Open();
        var lines = (await db.OrderLines.AsNoTracking().ToListAsync()).ToLookup(l => l.OrderId);
        var payments = (await db.Payments.AsNoTracking().ToListAsync()).ToLookup(p => p.OrderId);
        var points = (await db.LoyaltyEntries.AsNoTracking().Where(e => e.SourceKind == "order").ToListAsync()).ToLookup(e => e.SourceId);
        var returned = (await db.Returns.AsNoTracking().ToListAsync()).ToLookup(r => r.OrderId);
        var orders = await db.Orders.AsNoTracking().ToListAsync();

        Assert.All(lines.SelectMany(l => l), l => Assert.Equal(l.UnitPriceMinor * l.Quantity, l.TotalMinor));
        Assert.All(orders, o =>
        {
            Assert.Equal(lines[o.Id].Sum(l => l.TotalMinor), o.SubtotalMinor);
            Assert.Equal(o.TotalMinor, payments[o.Id].Sum(p => p.AmountMinor));
            Assert.Equal(o.Status is OrderStatus.Placed, payments[o.Id].Any(p => p.Status is PaymentStatus.Pending));
            Assert.Equal(o.Status is OrderStatus.Cancelled ? payments[o.Id].Where(p => p.SettledAt != null).Sum(p => p.AmountMinor) : returned[o.Id].Sum(r => r.TotalMinor),
                payments[o.Id].Sum(p => p.RefundedMinor));
            Assert.Equal(o.PointsEarned, points[o.Id].Where(e => e.Kind is LoyaltyKind.Earn).Sum(e => e.Points));
            Assert.Equal(payments[o.Id].Where(p => p.Method is PaymentMethod.Points).Sum(p => p.AmountMinor), -points[o.Id].Where(e => e.Kind is LoyaltyKind.Redeem).Sum(e => e.Points));
        });
        Assert.Contains(orders, o => points[o.Id].Any(e => e.Kind is LoyaltyKind.Redeem));
    }

    [Theory, BothDatabases]
    public async Task An_order_stands_where_its_last_step_led_and_every_step_was_allowed(DatabaseKind kind)
    {
        await using var db = (await shops.OpenAsync(kind)).Open();
        var steps = (await db.OrderStatusChanges.AsNoTracking().ToListAsync()).ToLookup(s => s.OrderId);
        var orders = await db.Orders.AsNoTracking().ToListAsync();

        Assert.All(orders, o =>
        {
            var path = steps[o.Id].OrderBy(s => s.At).ThenBy(s => s.Id).ToList();
            Assert.Equal((null, o.Status), (path[0].From, path[^1].To));
            Assert.All(path.Zip(path.Skip(1)), pair => Assert.True(pair.Second.From == pair.First.To && Order.CanMoveTo(pair.First.To, pair.Second.To), o.Number));
        });
        Assert.True(orders.Count(o => o.Status < OrderStatus.Completed) >= 5);
        Assert.Superset(new HashSet<OrderStatus> { OrderStatus.Completed, OrderStatus.Cancelled, OrderStatus.PartlyRefunded, OrderStatus.Refunded }, orders.Select(o => o.Status).ToHashSet());
    }
}
