using Crm.Data;
using Crm.Data.Catalogue;
using Crm.Data.Orders;
using Crm.Data.Storage;
using Crm.Web.Features.Insights;
using Crm.Web.Platform.Results;
using Crm.Web.Tests.Ground;

namespace Crm.Web.Tests.Features.Insights;

public sealed class TradeQueriesTests
{
    private static readonly TradeScope All = TradeScope.Of(TradeSource.Shop);
    private static readonly TradeScope Known = All with { KnownCustomersOnly = true };

    [Theory, BothDatabases, Trait("contract", "M-098")]
    public async Task Totals_leave_out_cancelled_and_free_orders_and_other_sources(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await SellAsync(shop, TestPeople.CustomerA, new(2026, 10, 3), 10_00);
        await SellAsync(shop, TestPeople.CustomerA, new(2026, 11, 4), 5_50);
        await SellAsync(shop, null, new(2026, 11, 5), 2_00);
        await SellAsync(shop, TestPeople.CustomerB, new(2026, 11, 6), 0);
        await SellAsync(shop, TestPeople.CustomerB, new(2026, 11, 6), 70_00, cancelled: true);
        await SellAsync(shop, TestPeople.CustomerB, new(2026, 11, 6), 90_00, origin: "online-retail");
        var trade = shop.As(TestPeople.Owner).Get<TradeQueries>();

        Assert.Equal(new TradeTotals(3, new Money(17_50), 1), (await trade.TotalsAsync(All, Period.Ever, default)).Value);
        Assert.Equal(new TradeTotals(2, new Money(15_50), 1), (await trade.TotalsAsync(Known, Period.Ever, default)).Value);
        Assert.Equal(new TradeTotals(1, new Money(90_00), 1), (await trade.TotalsAsync(TradeScope.Of(TradeSource.OnlineRetail), Period.Ever, default)).Value);
        Assert.Equal(new TradeTotals(2, new Money(7_50), 1), (await trade.TotalsAsync(All, new(new(2026, 11, 1), new(2026, 11, 30)), default)).Value);
        Assert.Equal(new TradeTotals(0, Money.Zero, 0), (await trade.TotalsAsync(All, new(new(2020, 1, 1), new(2020, 1, 31)), default)).Value);
        Assert.Equal(new DateOnly(2026, 11, 5), (await trade.LastDayAsync(All, default)).Value);
    }

    [Theory, BothDatabases, Trait("contract", "M-101")]
    public async Task Months_count_active_and_new_customers(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await SellAsync(shop, TestPeople.CustomerA, new(2026, 9, 30), 1_00);
        await SellAsync(shop, TestPeople.CustomerA, new(2026, 10, 1), 2_00);
        await SellAsync(shop, TestPeople.CustomerB, new(2026, 10, 31), 4_00);
        await SellAsync(shop, null, new(2026, 10, 31), 8_00);

        var months = (await shop.As(TestPeople.Manager).Get<TradeQueries>().MonthsAsync(All, Period.Ever, default)).Value;

        Assert.Equal([new MonthOfTrade(2026, 9, new Money(1_00), 1, 1, 1), new MonthOfTrade(2026, 10, new Money(14_00), 3, 2, 1)], months);
    }

    [Theory, BothDatabases, Trait("contract", "M-102")]
    public async Task Cohorts_fill_quiet_months_with_nought_up_to_the_last_month(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await SellAsync(shop, TestPeople.CustomerA, new(2025, 12, 5), 1_00);
        await SellAsync(shop, TestPeople.CustomerA, new(2025, 12, 9), 1_00);
        await SellAsync(shop, TestPeople.CustomerB, new(2026, 1, 5), 1_00);
        await SellAsync(shop, TestPeople.CustomerA, new(2026, 2, 5), 1_00);

        var cohorts = (await shop.As(TestPeople.Owner).Get<TradeQueries>().CohortsAsync(All, default)).Value;

        Assert.Equal(["2025-12: 1 0 1", "2026-1: 1 0"], cohorts.Select(c => $"{c.Year}-{c.Month}: {string.Join(' ', c.Active)}"));
    }

    [Theory, BothDatabases]
    public async Task The_best_come_first_by_revenue(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await SellAsync(shop, TestPeople.CustomerA, new(2026, 10, 3), 10_00, country: "Kenya");
        await SellAsync(shop, TestPeople.CustomerB, new(2026, 10, 3), 30_00, country: "Ghana");
        await SellAsync(shop, TestPeople.CustomerA, new(2026, 10, 4), 25_00, country: "Kenya");
        var trade = shop.As(TestPeople.Owner).Get<TradeQueries>();

        var customers = (await trade.TopCustomersAsync(All, Period.Ever, 5, default)).Value;
        var countries = (await trade.TopCountriesAsync(All, Period.Ever, 1, default)).Value;
        var products = (await trade.TopProductsAsync(All, Period.Ever, 5, default)).Value;

        Assert.Equal([("Achieng Otieno", 35_00L, 2L), ("Ọláyínká ZZ-B-SECRET", 30_00L, 1L)], customers.Select(c => (c.Name, c.Revenue.Minor, c.Count)));
        Assert.Equal(("Kenya", 35_00L), (Assert.Single(countries).Name, countries[0].Revenue.Minor));
        Assert.Equal((65_00L, 3L), (products.Sum(p => p.Revenue.Minor), products.Sum(p => p.Count)));
    }

    [Theory, BothDatabases, Trait("contract", "M-037")]
    public async Task Agents_customers_and_strangers_read_no_trade(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);

        foreach (var desk in new[] { shop.As(TestPeople.Agent), shop.As(TestPeople.CustomerA), shop.AsStranger() })
        {
            Assert.IsType<ForbiddenError>((await desk.Get<TradeQueries>().TotalsAsync(All, Period.Ever, default)).Error);
            Assert.IsType<ForbiddenError>((await desk.Get<FiguresReport>().OfAsync(All, default)).Error);
        }
        Assert.IsType<ForbiddenError>((await shop.As(TestPeople.CustomerA).Get<DeskQueries>().CountsAsync(default)).Error);
        Assert.Null((await shop.As(TestPeople.Agent).Get<DeskQueries>().CountsAsync(default)).Error);
    }

    internal static async Task SellAsync(TestShop shop, TestPerson? to, DateOnly on, long minor, bool cancelled = false, string? origin = null, string? country = null)
    {
        await using var db = shop.Open();
        var product = new Product { Sku = Guid.CreateVersion7().ToString("N"), CreatedAt = shop.Clock.Now };
        product.Describe("Puna yam", null, null, null);
        db.Products.Add(product);
        var order = new Order
        {
            Number = Guid.CreateVersion7().ToString("N"),
            CustomerId = to?.CustomerId,
            Channel = OrderChannel.Counter,
            PlacedAt = on.ToDateTime(new TimeOnly(15, 0), DateTimeKind.Utc),
            PlacedOn = on,
            Origin = origin,
            Country = country,
        };
        order.Lines.Add(new OrderLine { OrderId = order.Id, ProductId = product.Id, Name = product.Name, Quantity = 1, UnitPriceMinor = minor, TotalMinor = minor, Position = 1 });
        order.Sum(Money.Zero, Money.Zero, Money.Zero);
        order.ArriveAs(cancelled ? OrderStatus.Cancelled : OrderStatus.Completed, "test");
        db.Orders.Add(order);
        await db.SaveChangesAsync();
    }
}
