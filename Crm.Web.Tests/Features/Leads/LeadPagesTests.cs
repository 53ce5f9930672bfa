using System.Net;
using Crm.Data;
using Crm.Data.Leads;
using Crm.Data.Storage;
using Crm.Web.Features.Leads.List;
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

    [Theory, BothDatabases]
    [Trait("contract", "M-131")]
    public async Task Picked_leads_leave_by_a_form_that_carries_its_token_and_no_pick_is_not_everything(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        var account = await Given.AccountAsync(site.Open, Roles.Manager);
        using var browser = site.Browser();
        await browser.SignInAsync(account.UserName);
        var (left, taken, also) = (await LeadAsync(site), await LeadAsync(site), await LeadAsync(site));
        await browser.GoAsync("/leads/list");
        var token = browser.Page.QuerySelector("[name=__RequestVerificationToken]")!.GetAttribute("value")!;

        await browser.PostAsync("/leads/export/picked", [new("picked", new LeadSelection(new(), [taken, also]).Write() + ",no id"), new("__RequestVerificationToken", token)]);
        Assert.Equal("text/csv", browser.Answer.Content.Headers.ContentType?.MediaType);
        var file = await browser.Answer.Content.ReadAsStringAsync();
        Assert.Equal((false, true, true), (file.Contains($"{left}", StringComparison.Ordinal), file.Contains($"{taken}", StringComparison.Ordinal), file.Contains($"{also}", StringComparison.Ordinal)));

        await browser.PostAsync("/leads/export/picked", [new("picked", ",,"), new("__RequestVerificationToken", token)]);
        Assert.Equal(HttpStatusCode.BadRequest, browser.Status);
        await browser.PostAsync("/leads/export/picked", [new("picked", $"{taken:N}")]);
        Assert.Equal(HttpStatusCode.BadRequest, browser.Status);
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
