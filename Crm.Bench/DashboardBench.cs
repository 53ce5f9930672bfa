using Crm.Data;
using Crm.Data.Orders;
using Crm.Data.Seed;
using Crm.Data.Storage;
using Crm.Web.Features.Insights;
using Microsoft.EntityFrameworkCore;

namespace Crm.Bench;

/// <summary>Fills the owner's dashboard at 20,000 orders; the floor is one pass of the database over all orders.</summary>
static class DashboardBench
{
    private const int Orders = 20_000;

    public static async Task<int> RunAsync()
    {
        foreach (var kind in Enum.GetValues<DatabaseKind>())
        {
            await using var shop = await BenchShop.OpenAsync(kind);
            await DemoSeed.RunAsync(shop.Database, CancellationToken.None);
            await FillUpAsync(shop);

            var floor = await Clocked.RunAsync(30, async () =>
            {
                await using var db = shop.Database.Open(Actor.System("bench"));
                await db.Orders.AsNoTracking().GroupBy(_ => 1).Select(g => new { Count = g.Count(), Sum = g.Sum(o => o.TotalMinor) }).SingleAsync();
            });
            foreach (var span in Enum.GetValues<Span>())
            {
                var fill = await Clocked.RunAsync(30, async () =>
                {
                    using var scope = shop.AsOwner();
                    var dashboard = scope.ServiceProvider.GetRequiredService<Dashboard>();
                    _ = (await dashboard.DeskAsync(CancellationToken.None)).Value;
                    _ = (await dashboard.TradeAsync(TradeSource.Shop, span, CancellationToken.None)).Value;
                });
                Clocked.Say($"{kind} dashboard, {span}: median {fill.Median:0} ms, p95 {fill.P95:0} ms, {fill.Median / floor.Median:0.0} x one pass over the orders ({floor.Median:0.0} ms)");
            }
        }
        return 0;
    }

    private static async Task FillUpAsync(BenchShop shop)
    {
        await using var db = shop.Database.Open(Actor.System("bench"));
        var customers = await db.Customers.Select(c => c.Id).ToListAsync();
        var products = await db.Products.Select(p => new { p.Id, p.Name, p.PriceMinor }).ToListAsync();
        var missing = Orders - await db.Orders.CountAsync();
        var now = shop.Database.Clock.GetUtcNow().UtcDateTime;
        var dice = new Random(1);
        for (var made = 0; made < missing;)
        {
            await using var batch = shop.Database.Open(Actor.System("bench"));
            batch.MassWrite = "bench";
            batch.ChangeTracker.AutoDetectChangesEnabled = false;
            for (var i = 0; i < 1000 && made < missing; i++, made++)
            {
                var at = now.AddMinutes(-dice.Next(60 * 24 * 700));
                var order = new Order
                {
                    Number = $"BENCH-{made}",
                    CustomerId = customers[dice.Next(customers.Count)],
                    Channel = OrderChannel.Counter,
                    PlacedAt = at,
                    PlacedOn = DateOnly.FromDateTime(at),
                };
                for (var position = 1; position <= 5; position++)
                {
                    var product = products[dice.Next(products.Count)];
                    order.Lines.Add(new OrderLine { OrderId = order.Id, ProductId = product.Id, Name = product.Name, Quantity = 1, UnitPriceMinor = product.PriceMinor, TotalMinor = product.PriceMinor, Position = position });
                }
                order.Sum(Money.Zero, Money.Zero, Money.Zero);
                order.ArriveAs(OrderStatus.Completed, "bench");
                batch.Orders.Add(order);
            }
            await batch.SaveChangesAsync();
        }
    }
}
