using Crm.Data.Leads;
using Crm.Data.Storage;
using Crm.Web.Features.Leads;
using Crm.Web.Features.Leads.Opportunities;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Leads.Opportunities;

[Trait("contract", "M-138")]
public sealed class DealBoardQueriesTests
{
    private static readonly CancellationToken Ct = CancellationToken.None;

    [Theory, BothDatabases]
    public async Task Totals_lanes_list_and_forecast_tell_the_same_and_follow_the_filter(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var today = DateOnly.FromDateTime(shop.Clock.Now);
        var next = new DateOnly(today.Year, today.Month, 1).AddMonths(1);
        var lead = await shop.LeadAsync("Mama Nkẹchi Catering");
        var yam = await shop.DealAsync("Weekly yam", 0, "100", today.AddDays(-5), TestPeople.Agent);
        var rice = await shop.DealAsync("Rice by the bag", 1, "33.33", next, TestPeople.OtherAgent);
        var goat = await shop.DealAsync("Goat", 1, "66.66", next.AddDays(20), leadId: lead);
        var plain = await shop.DealAsync("No day", 2, null, null, TestPeople.Agent);
        var queries = shop.As(TestPeople.Agent).Get<DealBoardQueries>();

        var totals = (await queries.TotalsAsync(new DealFilter(), Ct)).Value;
        Assert.Equal([("Lead", 1, 10_000, 1000), ("Qualified", 2, 9999, 2999), ("Proposal", 1, 0, 0), ("Negotiation", 0, 0, 0), ("Won", 0, 0, 0), ("Lost", 0, 0, 0)],
            totals.Select(t => (t.Stage.Name, t.Count, t.AmountMinor, t.Weighted.Minor)));
        Assert.Equal([(new DateOnly(today.AddDays(-5).Year, today.AddDays(-5).Month, 1), 1, 1000L), (next, 2, 2999L), ((DateOnly?)null, 1, 0L)],
            (await queries.ForecastAsync(new DealFilter(), Ct)).Value.Select(m => (m.Month, m.Count, m.WeightedMinor)));

        async Task ShowsAsync(DealFilter filter, params Guid[] expected)
        {
            Assert.Equal(expected.Order(), (await queries.ListAsync(filter, 50, Ct)).Value.Rows.Select(r => r.Id).Order());
            Assert.Equal(expected.Length, (await queries.TotalsAsync(filter, Ct)).Value.Sum(t => t.Count));
        }
        await ShowsAsync(new DealFilter(), yam, rice, goat, plain);
        await ShowsAsync(new DealFilter { Mine = true }, yam, plain);
        await ShowsAsync(new DealFilter { Unassigned = true }, goat);
        await ShowsAsync(new DealFilter { Agents = [TestPeople.OtherAgent.UserId] }, rice);
        await ShowsAsync(new DealFilter { Stages = [totals[1].Stage.Id] }, rice, goat);
        await ShowsAsync(new DealFilter { Close = DealFilter.Late }, yam);
        await ShowsAsync(new DealFilter { Close = DealFilter.Undated }, plain);
        await ShowsAsync(new DealFilter { Close = DealFilter.Name(next) }, rice, goat);
        await ShowsAsync(new DealFilter { LeadId = lead }, goat);
        await ShowsAsync(new DealFilter { CustomerId = TestPeople.CustomerA.CustomerId }, yam, rice, plain);
        await ShowsAsync(new DealFilter { Search = "nkechi" }, goat);
        await ShowsAsync(new DealFilter { Search = "otieno" }, yam, rice, plain);
        await ShowsAsync(new DealFilter { Search = "rice" }, rice);
    }

    [Theory, BothDatabases]
    public async Task The_list_is_ordered_by_each_of_its_heads_both_ways(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var day = DateOnly.FromDateTime(shop.Clock.Now);
        var lead = await shop.LeadAsync("Zawadi");
        Guid[] all = [await shop.DealAsync("b", 1, "10", day.AddDays(2), TestPeople.OtherAgent), await shop.DealAsync("A", 0, "40", day, TestPeople.Agent), await shop.DealAsync("c", 2, "20", null, leadId: lead)];
        var queries = shop.As(TestPeople.Manager).Get<DealBoardQueries>();
        foreach (var (sort, order) in new (DealSort, string)[] { (DealSort.Title, "A b c"), (DealSort.Amount, "b c A"), (DealSort.Stage, "A b c"), (DealSort.Close, "A b c"), (DealSort.Owner, "c A b"), (DealSort.Whose, "b A c"), (DealSort.Weighted, "b A c") })
        {
            async Task<string> TitlesAsync(bool down) => string.Join(' ', (await queries.ListAsync(new DealFilter { AsList = true, Sort = sort, Descending = down }, 50, Ct)).Value.Rows.Select(r => r.Title));
            Assert.Equal((sort, order), (sort, await TitlesAsync(false)));
            var expected = sort switch { DealSort.Close => "b A c", DealSort.Whose => "c b A", _ => string.Join(' ', order.Split(' ').Reverse()) };
            Assert.Equal((sort, expected), (sort, await TitlesAsync(true)));
        }
        Assert.True((await queries.ListAsync(new DealFilter { AsList = true }, 2, Ct)).Value.HasMore);
        Assert.Equal(3, all.Length);
    }

    [Theory, BothDatabases]
    public async Task Two_people_throw_the_same_cards_about_and_order_and_totals_stay_exact(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var stages = await shop.StagesAsync();
        var ids = new List<Guid>();
        for (var i = 0; i < 4; i++) ids.Add(await shop.DealAsync($"Deal {i}", 0, $"{i + 1}.01"));

        foreach (var some in Enumerable.Range(0, 24).Chunk(4))
        {
            var moves = some.Select(i => Task.Run(() => shop.As(i % 2 == 0 ? TestPeople.Agent : TestPeople.Manager).Get<OpportunityMoves>()
            .MoveAsync(ids[i % 4], stages[i % 3].Id, new LeadPlace(i % 5 == 0 ? null : ids[(i + 1) % 4], ids[(i + 2) % 4]), null, null, Ct)));
            Assert.All(await Task.WhenAll(moves), done => Assert.Null(done.Error));
        }

        var totals = (await shop.As(TestPeople.Agent).Get<DealBoardQueries>().TotalsAsync(new DealFilter(), Ct)).Value;
        Assert.Equal((4, 1004), (totals.Sum(t => t.Count), totals.Sum(t => t.AmountMinor)));
        await using var db = shop.Open();
        Assert.All(await db.Opportunities.GroupBy(o => o.StageId).Select(g => new { Cards = g.Count(), Places = g.Select(o => o.Rank).Distinct().Count() }).ToListAsync(Ct), s => Assert.Equal(s.Cards, s.Places));
    }

    [Theory, BothDatabases]
    public async Task The_database_itself_refuses_a_negative_amount_and_an_opportunity_of_nobody(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var stage = (await shop.StagesAsync())[0];
        foreach (var (amount, customer) in new (long, Guid?)[] { (-1, TestPeople.CustomerA.CustomerId), (1, null) })
        {
            await using var db = shop.Open();
            var deal = new Opportunity { CreatedAt = shop.Clock.Now };
            deal.Describe("Yam", null, amount, null, null, shop.Clock.Now);
            deal.BelongTo(null, customer);
            deal.MoveTo(await db.OpportunityStages.SingleAsync(s => s.Id == stage.Id, Ct), 0, shop.Clock.Now);
            db.Opportunities.Add(deal);
            await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync(Ct));
        }
    }
}
