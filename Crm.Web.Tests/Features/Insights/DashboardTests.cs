using Crm.Data;
using Crm.Data.Leads;
using Crm.Data.Storage;
using Crm.Web.Features.Insights;
using Crm.Web.Platform.Live;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Insights;

public sealed class DashboardTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory]
    [InlineData(0, 0, 0, 0, 0)]
    [InlineData(3, 2, 0, 5, 0)]
    [InlineData(1, 0, 2, 1, 66)]
    [InlineData(0, 0, 4, 0, 100)]
    public void The_share_of_leads_that_became_customers_is_rounded_down(int fresh, int qualified, int converted, int open, int percent)
    {
        PipelineStep[] steps =
        [
            new(LeadStatus.New, fresh, new Money(100 * fresh)), new(LeadStatus.Qualified, qualified, new Money(100 * qualified)),
            new(LeadStatus.Converted, converted, new Money(100 * converted)),
        ];

        Assert.Equal(new PipelineTotals(open, new Money(100 * open), percent), PipelineTotals.Of(steps));
    }

    [Theory, BothDatabases]
    public async Task Cohorts_are_read_again_when_orders_changed_and_after_a_minute(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        shop.Get<Hearing>().Prove(TimeSpan.FromDays(1));
        Assert.Empty(await CohortsAsync(shop));
        await TradeQueriesTests.SellAsync(shop, TestPeople.CustomerA, new(2026, 11, 4), 5_50);
        var first = await CohortsAsync(shop);
        Assert.Equal([1], Assert.Single(first).Active);
        Assert.Same(first, await CohortsAsync(shop));

        await using (var db = shop.Open()) await db.Orders.ExecuteUpdateAsync(set => set.SetProperty(o => o.CustomerId, (Guid?)null));
        Assert.Same(first, await CohortsAsync(shop));
        shop.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Empty(await CohortsAsync(shop));
    }

    private static async Task<IReadOnlyList<Cohort>> CohortsAsync(TestShop shop) =>
        (await shop.As(TestPeople.Manager).Get<Dashboard>().TradeAsync(TradeSource.Shop, Span.Month, None)).Value.Cohorts;
}
