using System.Text.Json;
using Crm.Data.Loyalty;
using Crm.Data.Storage;
using Crm.Web.Features.Customers.Portal;
using Crm.Web.Features.Loyalty;
using Crm.Web.Tests.Features.Customers.Portal;
using Crm.Web.Tests.Ground;

namespace Crm.Web.Tests.Features.Loyalty;

public sealed class LoyaltyQueriesTests
{
    [Theory, BothDatabases, Trait("contract", "M-077")]
    public async Task The_ledger_says_newest_first_what_moved_my_points_and_adds_up_to_the_balance(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var order = await shop.SellAsync(TestPeople.CustomerA, 61_15);
        await shop.GivePointsAsync(TestPeople.CustomerA, 61, shop.Clock.Now.AddDays(-3), order.Id);
        await shop.GivePointsAsync(TestPeople.CustomerA, 100, shop.Clock.Now.AddDays(-9), kind: LoyaltyKind.Adjust, note: "Welcome");
        await shop.GivePointsAsync(TestPeople.CustomerA, -20, shop.Clock.Now.AddDays(-1), order.Id, LoyaltyKind.Redeem);
        await shop.GivePointsAsync(TestPeople.CustomerB, 999, note: "ZZ-B-SECRET");
        var loyalty = shop.As(TestPeople.CustomerA).Get<LoyaltyQueries>();

        var ledger = (await loyalty.LedgerAsync(null, default)).Value;
        var balance = (await loyalty.BalanceAsync(default)).Value;

        Assert.Equal([$"Used for order {order.Number}", $"Order {order.Number}", "Welcome"], ledger.Rows.Select(LedgerWords.Of));
        Assert.Equal([order.Id, order.Id, null], ledger.Rows.Select(l => l.OrderId));
        Assert.Equal((141, 1_41L), (balance.Points, balance.WorthMinor));
        Assert.Equal(balance.Points, ledger.Rows.Sum(l => l.Points));
        Assert.DoesNotContain("ZZ-B-SECRET", JsonSerializer.Serialize(ledger));
    }

    [Theory, BothDatabases]
    public async Task The_ledger_is_read_page_by_page_without_a_line_lost_or_told_twice(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var times = Enumerable.Range(0, LoyaltyQueries.PageSize + 3).Select(i => shop.Clock.Now.AddHours(-(i / 2))).ToList();
        foreach (var at in times) await shop.GivePointsAsync(TestPeople.CustomerA, 1, at);
        var loyalty = shop.As(TestPeople.CustomerA).Get<LoyaltyQueries>();

        var first = (await loyalty.LedgerAsync(null, default)).Value;
        var second = (await loyalty.LedgerAsync(first.Rows[^1].Cursor, default)).Value;

        Assert.Equal((LoyaltyQueries.PageSize, true, 3, false), (first.Rows.Count, first.HasLater, second.Rows.Count, second.HasLater));
        var all = first.Rows.Concat(second.Rows).ToList();
        Assert.Equal(all.Count, all.DistinctBy(l => l.Id).Count());
        Assert.Equal(all.OrderByDescending(l => l.At).ThenByDescending(l => l.Id).Select(l => l.Id), all.Select(l => l.Id));
    }

    [Theory, BothDatabases]
    public async Task Points_that_end_soon_are_told_by_day_and_used_or_ended_ones_are_not(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await shop.GivePointsAsync(TestPeople.CustomerA, 30, endsAt: shop.Clock.Now.AddDays(13));
        await shop.GivePointsAsync(TestPeople.CustomerA, 12, endsAt: shop.Clock.Now.AddDays(13).AddHours(2));
        await shop.GivePointsAsync(TestPeople.CustomerA, 5, endsAt: shop.Clock.Now.AddDays(3));
        await shop.GivePointsAsync(TestPeople.CustomerA, 7, endsAt: shop.Clock.Now.AddDays(-1));
        await shop.GivePointsAsync(TestPeople.CustomerA, 8, endsAt: shop.Clock.Now.AddDays(300));
        await shop.GivePointsAsync(TestPeople.CustomerB, 9, endsAt: shop.Clock.Now.AddDays(3));

        var balance = (await shop.As(TestPeople.CustomerA).Get<LoyaltyQueries>().BalanceAsync(default)).Value;

        Assert.Equal([new(new DateOnly(2026, 11, 23), 5), new(new DateOnly(2026, 12, 3), 42)], balance.Ending);
    }

    [Theory, BothDatabases]
    public async Task A_line_never_names_an_order_of_somebody_else(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var theirs = await shop.SellAsync(TestPeople.CustomerB, 61_15);
        await shop.GivePointsAsync(TestPeople.CustomerA, 61, orderId: theirs.Id);

        var line = (await shop.As(TestPeople.CustomerA).Get<LoyaltyQueries>().LedgerAsync(null, default)).Value.Rows.Single();

        Assert.Equal((null, null, "Points earned"), (line.OrderId, line.OrderNumber, LedgerWords.Of(line)));
    }

    [Theory, BothDatabases]
    public async Task Nobody_without_a_customer_record_reads_points(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        foreach (var desk in new[] { shop.As(TestPeople.Owner), shop.AsStranger() })
        {
            Assert.IsType<NotACustomer>((await desk.Get<LoyaltyQueries>().BalanceAsync(default)).Error);
            Assert.IsType<NotACustomer>((await desk.Get<LoyaltyQueries>().LedgerAsync(null, default)).Error);
        }
    }
}
