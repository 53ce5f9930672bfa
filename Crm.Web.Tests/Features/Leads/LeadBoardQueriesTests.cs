using Crm.Data.Leads;
using Crm.Data.Storage;
using Crm.Web.Features.Leads;
using Crm.Web.Tests.Ground;

namespace Crm.Web.Tests.Features.Leads;

public sealed class LeadBoardQueriesTests
{
    private static readonly CancellationToken Ct = CancellationToken.None;

    [Theory, BothDatabases]
    [Trait("contract", "M-129")]
    public async Task Every_column_has_its_count_and_sum(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await shop.LeadAsync("A", value: 120_00);
        await shop.LeadAsync("B", value: 30_00);
        await shop.LeadAsync("C", LeadStatus.Lost, value: 7_00);

        var totals = (await Board(shop).TotalsAsync(new LeadFilter(), Ct)).Value;

        Assert.Equal(
            [new LaneTotal(LeadStatus.New, 2, 150_00), new(LeadStatus.Contacted, 0, 0), new(LeadStatus.Qualified, 0, 0), new(LeadStatus.Converted, 0, 0), new(LeadStatus.Lost, 1, 7_00)],
            totals);
    }

    [Theory, BothDatabases]
    [Trait("contract", "M-165")]
    public async Task A_column_is_read_by_key_each_card_once(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var ids = await shop.LeadsAsync(60, LeadStatus.Contacted);
        await shop.LeadAsync("Same rank", LeadStatus.Contacted, rank: 24 * Lead.RankStep);
        var board = Board(shop);

        var first = (await board.LaneAsync(new LeadFilter(), LeadStatus.Contacted, null, LeadBoardQueries.LaneSize, Ct)).Value;
        var second = (await board.LaneAsync(new LeadFilter(), LeadStatus.Contacted, first.Rows[^1], LeadBoardQueries.LaneSize, Ct)).Value;
        var third = (await board.LaneAsync(new LeadFilter(), LeadStatus.Contacted, second.Rows[^1], LeadBoardQueries.LaneSize, Ct)).Value;

        Assert.Equal((25, true, 25, true, 11, false), (first.Rows.Count, first.HasMore, second.Rows.Count, second.HasMore, third.Rows.Count, third.HasMore));
        var all = first.Rows.Concat(second.Rows).Concat(third.Rows).ToList();
        Assert.Equal(61, all.Select(c => c.Id).Distinct().Count());
        Assert.Equal(ids, all.Where(c => c.Name != "Same rank").Select(c => c.Id));
    }

    [Theory, BothDatabases]
    [Trait("contract", "M-130")]
    public async Task Filters_narrow_together(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var now = shop.Clock.Now;
        await shop.LeadAsync("Mine high", owner: TestPeople.Agent, priority: LeadPriority.High, source: "Website form", nextStep: "Call", nextStepAt: now.AddHours(2));
        await shop.LeadAsync("Mine late", owner: TestPeople.Agent, nextStep: "Call", nextStepAt: now.AddDays(-2));
        await shop.LeadAsync("Theirs", owner: TestPeople.OtherAgent, source: "Market stall", touchedAt: now.AddDays(-15));
        await shop.LeadAsync("Nobody's", priority: LeadPriority.Low, nextStep: "All day", nextStepAt: new DateTime(2026, 11, 20, 5, 0, 0, DateTimeKind.Utc));
        await shop.LeadAsync("Won", LeadStatus.Converted, owner: TestPeople.Agent, touchedAt: now.AddDays(-30));

        Assert.Equal(["Mine high", "Mine late", "Won"], await NamesAsync(shop, "?agent=me"));
        Assert.Equal(["Nobody's"], await NamesAsync(shop, "?agent=nobody"));
        Assert.Equal(["Mine high", "Mine late", "Nobody's", "Won"], await NamesAsync(shop, "?agent=me&agent=nobody"));
        Assert.Equal(["Theirs"], await NamesAsync(shop, $"?agent={TestPeople.OtherAgent.UserId}"));
        Assert.Equal(["Mine high", "Nobody's"], await NamesAsync(shop, "?priority=high&priority=low"));
        Assert.Equal(["Mine high"], await NamesAsync(shop, "?agent=me&source=Website%20form&source=Market%20stall"));
        Assert.Equal(["Mine high", "Nobody's"], await NamesAsync(shop, "?when=today"));
        Assert.Equal(["Mine late"], await NamesAsync(shop, "?when=late"));
        Assert.Equal(["Mine high", "Nobody's"], await NamesAsync(shop, "?when=week"));
        Assert.Equal(["Theirs"], await NamesAsync(shop, "?when=none"));
        Assert.Equal(["Theirs"], await NamesAsync(shop, "?when=stale"));
        Assert.Equal(new LeadTabCounts(4, 2, 2, 1, 1), (await Board(shop).TabsAsync(Ct)).Value);
        Assert.Equal(["Market stall", "Website form"], (await Board(shop).SourcesAsync(Ct)).Value);
    }

    [Theory, BothDatabases]
    [Trait("contract", "M-130")]
    [Trait("contract", "M-163")]
    public async Task Search_finds_a_lead_by_its_words_and_by_its_people(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var kitchen = await shop.LeadAsync("Mama Nkẹ́chi's Kitchen", value: 500);
        await shop.LeadAsync("Island Spice Catering");
        var contacts = shop.As(TestPeople.Agent).Get<LeadContacts>();
        Assert.Null((await contacts.AddAsync(kitchen, new LeadContactEdit { Name = "Chinedu Okafor", Phone = "+234 803 123 4567" }, Ct)).Error);

        Assert.Equal(["Mama Nkẹ́chi's Kitchen"], await NamesAsync(shop, "?q=NKECHI"));
        Assert.Equal(["Mama Nkẹ́chi's Kitchen"], await NamesAsync(shop, "?q=nkec%20kitch"));
        Assert.Equal(["Mama Nkẹ́chi's Kitchen"], await NamesAsync(shop, "?q=okaf"));
        Assert.Equal(["Mama Nkẹ́chi's Kitchen"], await NamesAsync(shop, "?q=2348031234567"));
        Assert.Empty(await NamesAsync(shop, "?q=zzzzzz"));
        Assert.Equal(500, (await Board(shop).TotalsAsync(LeadFilter.Parse("?q=nkechi"), Ct)).Value.Sum(t => t.ValueMinor));
    }

    [Theory, BothDatabases]
    [Trait("contract", "M-133")]
    public async Task A_card_names_its_primary_contact_and_agent(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var lead = await shop.LeadAsync("Accra Grill House", owner: TestPeople.Agent, value: 5600_00);
        var contacts = shop.As(TestPeople.Agent).Get<LeadContacts>();
        Assert.Null((await contacts.AddAsync(lead, new LeadContactEdit { Name = "Akosua" }, Ct)).Error);
        Assert.Null((await contacts.AddAsync(lead, new LeadContactEdit { Name = "Kwame", IsPrimary = true }, Ct)).Error);

        var card = Assert.Single((await Board(shop).CardsAsync(new LeadFilter(), [lead], Ct)).Value);

        Assert.Equal(("Kwame", "Ama Boakye", "Caterer", 5600_00L), (card.Person, card.OwnerName, card.Business, card.ValueMinor));
        Assert.Empty((await Board(shop).CardsAsync(new LeadFilter { When = LeadWhen.Late }, [lead], Ct)).Value);
    }

    private static LeadBoardQueries Board(TestShop shop) => shop.As(TestPeople.Agent).Get<LeadBoardQueries>();

    private static async Task<string[]> NamesAsync(TestShop shop, string query)
    {
        var names = new List<string>();
        foreach (var status in Enum.GetValues<LeadStatus>())
            names.AddRange((await Board(shop).LaneAsync(LeadFilter.Parse(query), status, null, 100, Ct)).Value.Rows.Select(c => c.Name));
        return [.. names.Order(StringComparer.Ordinal)];
    }
}
