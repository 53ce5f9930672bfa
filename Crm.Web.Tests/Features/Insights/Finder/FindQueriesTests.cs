using Crm.Data;
using Crm.Data.Leads;
using Crm.Data.Storage;
using Crm.Web.Features.Accounts.RoleRights;
using Crm.Web.Features.Insights.Finder;
using Crm.Web.Features.Leads;
using Crm.Web.Platform.Access;
using Crm.Web.Tests.Features.Leads;
using Crm.Web.Tests.Ground;

namespace Crm.Web.Tests.Features.Insights.Finder;

public sealed class FindQueriesTests
{
    private static readonly CancellationToken Ct = CancellationToken.None;

    [Theory, BothDatabases]
    [Trait("contract", "M-163")]
    public async Task Records_are_found_by_a_few_letters_and_open_where_they_are_read(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var lead = await shop.LeadAsync("Nkẹ́chi Kitchen");
        var contact = (await shop.As(TestPeople.Owner).Get<LeadContacts>().AddAsync(lead, new LeadContactEdit { Name = "Zawadi Mutiso" }, Ct)).Value;
        var finder = shop.As(TestPeople.Agent).Get<FindQueries>();

        Assert.Equal([($"/leads/{lead}", ChangeKinds.Lead)], await FindAsync(finder, "nkech"));
        Assert.Equal([($"/leads/{lead}", "contact")], await FindAsync(finder, "zawadi"));
        Assert.Equal([($"/leads/{lead}", ChangeKinds.Lead)], await FindAsync(finder, "nkechy")); // misspelt
        Assert.Equal([($"/leads/{lead}", "contact")], await FindAsync(finder, "@zaw"));
        Assert.Empty(await FindAsync(finder, "#zaw"));
        Assert.Empty(await FindAsync(finder, "$nkechi"));
        Assert.Empty(await FindAsync(finder, "   "));
        Assert.Equal([contact, lead], (await finder.KnownAsync([new("contact", contact), new("lead", lead), new("lead", Guid.CreateVersion7())], Ct)).Value.Select(f => f.Id));
    }

    [Theory, BothDatabases]
    public async Task A_lead_is_found_by_its_phone_as_people_write_it(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var desk = shop.As(TestPeople.Agent);
        var lead = (await desk.Get<LeadService>().CreateAsync(new LeadEdit { Name = "Accra Grill", Phone = "+1 416 555 0180" }, Ct)).Value;
        await desk.Get<LeadContacts>().AddAsync(lead, new LeadContactEdit { Name = "Kwame", Phone = "+233 24 412 3456" }, Ct);

        foreach (var text in new[] { "4165550180", "(416) 555-0180", "+1 416.555.0180", "0180", "024 412 3456", "00233 244123456" })
        {
            Assert.Equal([$"/leads/{lead}"], (await FindAsync(desk.Get<FindQueries>(), text)).Select(f => f.Item1));
            Assert.Equal([lead], (await desk.Get<LeadBoardQueries>().LaneAsync(new LeadFilter { Search = text }, LeadStatus.New, null, 25, Ct)).Value.Rows.Select(r => r.Id));
        }
        Assert.Empty(await FindAsync(desk.Get<FindQueries>(), "4165550181"));
    }

    [Theory, BothDatabases]
    public async Task Nothing_is_offered_that_is_not_in_sight(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var (mine, theirs) = (await shop.LeadAsync("Harvest mine", owner: TestPeople.Agent), await shop.LeadAsync("Harvest theirs", owner: TestPeople.OtherAgent));
        await shop.As(TestPeople.Owner).Get<LeadContacts>().AddAsync(theirs, new LeadContactEdit { Name = "Harvest Person" }, Ct);
        var rights = shop.As(TestPeople.Owner).Get<RightsService>();
        var finder = shop.As(TestPeople.Agent).Get<FindQueries>();
        Assert.Equal(3, (await FindAsync(finder, "harvest")).Count);
        Assert.NotEmpty(await FindAsync(finder, "otieno"));

        Assert.Null((await rights.SetAsync(Roles.Agent, Permission.SeeAllLeads, false, Ct)).Error);
        Assert.Null((await rights.SetAsync(Roles.Agent, Permission.SeeCustomers, false, Ct)).Error);

        Assert.Equal([($"/leads/{mine}", ChangeKinds.Lead)], await FindAsync(finder, "harvest"));
        Assert.Empty(await FindAsync(finder, "otieno"));
        Assert.Equal([mine], (await finder.KnownAsync([new("lead", theirs), new("lead", mine), new("customer", TestPeople.CustomerA.CustomerId!.Value)], Ct)).Value.Select(f => f.Id));
    }

    private static async Task<List<(string, string)>> FindAsync(FindQueries finder, string text) => [.. (await finder.FindAsync(text, Ct)).Value.Select(f => (f.Href, f.Kind))];
}
