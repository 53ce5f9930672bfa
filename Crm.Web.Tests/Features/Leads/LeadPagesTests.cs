using System.Net;
using Crm.Data;
using Crm.Data.Leads;
using Crm.Data.Storage;
using Crm.Web.Platform.Access;
using Crm.Web.Tests.Features.Accounts;
using Crm.Web.Tests.Ground;

namespace Crm.Web.Tests.Features.Leads;

public sealed class LeadPagesTests(TestSites sites) : IClassFixture<TestSites>
{
    [Theory, BothDatabases]
    public async Task A_lead_that_is_not_there_is_answered_with_404_and_a_calm_page(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        var account = await Given.AccountAsync(site.Open, Roles.Agent);
        using var browser = site.Browser();
        await browser.SignInAsync(account.UserName);

        foreach (var path in new[] { "/leads", "/customers" })
        {
            await browser.GoAsync($"{path}/{Guid.CreateVersion7()}");
            Assert.Equal((HttpStatusCode.NotFound, "We cannot find this page"), (browser.Status, browser.Page.QuerySelector("h1")?.TextContent));
        }
        await browser.GoAsync($"/leads/{await LeadAsync(site)}");
        Assert.Equal(HttpStatusCode.OK, browser.Status);
        Assert.Contains("Accra Grill House", browser.Page.QuerySelector(".lead-head h2")!.TextContent, StringComparison.Ordinal);
        await browser.GoAsync("/leads");
        Assert.Equal(HttpStatusCode.OK, browser.Status);
        await browser.GoAsync("/leads/new");
        Assert.Equal(HttpStatusCode.OK, browser.Status);
    }

    private static async Task<Guid> LeadAsync(TestSite site)
    {
        await using var db = site.Open();
        var lead = new Lead { Number = await db.NextNumberAsync(NumberKind.Lead, CancellationToken.None), CreatedAt = site.Clock.Now };
        lead.Describe("Accra Grill House", null, null, null, null, null, null, null);
        lead.MoveTo(LeadStatus.New, lead.Number * Lead.RankStep, site.Clock.Now);
        db.Leads.Add(lead);
        await db.SaveChangesAsync();
        return lead.Id;
    }
}
