using Crm.Data;
using Crm.Data.Customers;
using Crm.Data.Loyalty;
using Crm.Data.Storage;
using Crm.Web.Features.Loyalty;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Loyalty;

public sealed class LoyaltyLedgerTests
{
    private static readonly Guid Order = Guid.Parse("01920000-0000-7000-8000-000000000001");
    private static readonly Guid Return = Guid.Parse("01920000-0000-7000-8000-000000000002");

    [Theory]
    [InlineData(0, 0)]
    [InlineData(99, 0)]
    [InlineData(100, 1)]
    [InlineData(12_99, 12)]
    [InlineData(168_469_60, 168_469)]
    public async Task A_point_is_earned_for_every_whole_unit(long minor, int points)
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);

        Assert.Equal(points, shop.As(TestPeople.Owner).Get<LoyaltyLedger>().PointsFor(new Money(minor)));
    }

    [Theory, BothDatabases, Trait("contract", "M-077")]
    public async Task Posting_keeps_the_balance_in_step_and_never_posts_twice(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var ledger = shop.As(TestPeople.Owner).Get<LoyaltyLedger>();

        Assert.Equal(2, await PostAsync(shop, ledger, c => [ledger.Earning(c, Order, new Money(50_75), shop.Clock.Now), ledger.Reversal(c, Return, new Money(20_10), shop.Clock.Now)]));
        Assert.Equal(0, await PostAsync(shop, ledger, c => [ledger.Earning(c, Order, new Money(50_75), shop.Clock.Now), ledger.Earning(c, Order, new Money(99_00), shop.Clock.Now)]));
        Assert.Equal(1, await PostAsync(shop, ledger, c => [ledger.Reversal(c, Order, new Money(1_00), shop.Clock.Now), ledger.Reversal(c, Order, new Money(1_00), shop.Clock.Now)]));

        await using var db = shop.Open();
        var customer = await db.Customers.SingleAsync(c => c.Id == TestPeople.CustomerA.CustomerId);
        Assert.Equal(50 - 20 - 1, customer.PointsBalance);
        Assert.Equal(customer.PointsBalance, await db.LoyaltyEntries.SumAsync(e => e.Points));
        var lot = await db.LoyaltyEntries.SingleAsync(e => e.Kind == LoyaltyKind.Earn);
        Assert.Equal((50, 50 - 20 - 1, 10_000), (lot.Points, lot.Remaining, lot.RateBasisPoints));
    }

    [Theory, BothDatabases]
    public async Task A_balance_may_go_below_zero_and_the_next_earnings_fill_it(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var ledger = shop.As(TestPeople.Owner).Get<LoyaltyLedger>();
        await PostAsync(shop, ledger, c => [ledger.Reversal(c, Return, new Money(30_00), shop.Clock.Now)]);
        await PostAsync(shop, ledger, c => [ledger.Earning(c, Order, new Money(45_00), shop.Clock.Now)]);
        await PostAsync(shop, ledger, c => [LoyaltyLedger.Adjustment(c, Order, -5, shop.Clock.Now, "Counted twice")]);

        await using var db = shop.Open();
        Assert.Equal(10, await db.LoyaltyEntries.SumAsync(e => e.Remaining));
        Assert.Equal(10, (await db.Customers.SingleAsync(c => c.Id == TestPeople.CustomerA.CustomerId)).PointsBalance);
        Assert.Equal("Counted twice", (await db.LoyaltyEntries.SingleAsync(e => e.Kind == LoyaltyKind.Adjust)).Note);
    }

    [Theory, BothDatabases]
    public async Task Points_that_go_out_use_up_the_oldest_lots_first(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var ledger = shop.As(TestPeople.Owner).Get<LoyaltyLedger>();
        await PostAsync(shop, ledger, c => [LoyaltyLedger.Adjustment(c, Guid.CreateVersion7(), 7, shop.Clock.Now, "A gift")]);
        await PostAsync(shop, ledger, c => [ledger.Earning(c, Order, new Money(20_00), shop.Clock.Now.AddDays(-2))]);
        await PostAsync(shop, ledger, c => [ledger.Earning(c, Return, new Money(10_00), shop.Clock.Now.AddDays(-1)), ledger.Reversal(c, Return, new Money(25_00), shop.Clock.Now)]);

        await using var db = shop.Open();
        Assert.Equal([(20, 0), (10, 5), (-25, 0), (7, 7)], (await db.LoyaltyEntries.OrderBy(e => e.At).ThenBy(e => e.Points).Select(e => new { e.Points, e.Remaining }).ToListAsync()).Select(e => (e.Points, e.Remaining)));
    }

    [Theory, BothDatabases]
    public async Task Nothing_is_written_for_nought_points(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var ledger = shop.As(TestPeople.Owner).Get<LoyaltyLedger>();

        Assert.Equal(0, await PostAsync(shop, ledger, c => [ledger.Earning(c, Order, new Money(99), shop.Clock.Now)]));
    }

    private static async Task<int> PostAsync(TestShop shop, LoyaltyLedger ledger, Func<Customer, LoyaltyPosting[]> postings)
    {
        await using var db = shop.Open();
        var customer = await db.Customers.SingleAsync(c => c.Id == TestPeople.CustomerA.CustomerId);
        var written = await ledger.PostAsync(db, postings(customer), default);
        await db.SaveChangesAsync();
        return written;
    }
}
