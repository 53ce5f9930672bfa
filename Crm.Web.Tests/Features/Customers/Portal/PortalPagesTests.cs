using System.Net;
using Crm.Data.Storage;
using Crm.Web.Platform.Access;
using Crm.Web.Tests.Features.Accounts;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Customers.Portal;

public sealed class PortalPagesTests(TestSites sites) : IClassFixture<TestSites>
{
    private const string Secret = "ZZ-B-SECRET";
    private static readonly string[] Pages = ["/me", "/me/orders", "/me/points", "/me/profile"];

    [Theory, BothDatabases, Trait("contract", "M-080")]
    public async Task The_pages_of_a_customer_are_drawn_on_the_server_with_what_is_theirs_alone(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        var mine = await Trade.SellAsync(site.Open, TestPeople.CustomerA, 61_15, site.Clock.Now.AddDays(-2));
        await Trade.SellAsync(site.Open, TestPeople.CustomerB, 99_99, site.Clock.Now.AddDays(-1));
        await Trade.GivePointsAsync(site.Open, TestPeople.CustomerA, 61, site.Clock.Now, mine.Id);
        await Trade.GivePointsAsync(site.Open, TestPeople.CustomerB, 999, site.Clock.Now, note: Secret);
        using var browser = await AsCustomerAAsync(site);

        foreach (var (path, words) in Pages.Append($"/me/orders/{mine.Id}").Zip(["Achieng", mine.Number, $"Order {mine.Number}", "achieng@example.com", mine.Number]))
        {
            await browser.GoAsync(path);
            Assert.Equal(HttpStatusCode.OK, browser.Status);
            Assert.Contains(words, browser.Page.DocumentElement.OuterHtml, StringComparison.Ordinal);
            Assert.DoesNotContain(Secret, browser.Page.DocumentElement.OuterHtml, StringComparison.Ordinal);
        }
    }

    [Theory, BothDatabases]
    public async Task The_order_of_another_customer_answers_as_one_that_never_was(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        var theirs = await Trade.SellAsync(site.Open, TestPeople.CustomerB, 61_15, site.Clock.Now);
        using var browser = await AsCustomerAAsync(site);

        await browser.GoAsync($"/me/orders/{theirs.Id}");
        var (status, text) = (browser.Status, browser.Text);
        Assert.DoesNotContain(Secret, browser.Page.DocumentElement.OuterHtml, StringComparison.Ordinal);
        await browser.GoAsync($"/me/orders/{Guid.CreateVersion7()}");

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (status, browser.Status));
        Assert.Equal(browser.Text, text);
    }

    [Theory, BothDatabases]
    public async Task Staff_are_told_whom_the_pages_are_for_and_strangers_are_asked_who_they_are(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        using var staff = site.Browser();
        await staff.SignInAsync((await Given.AccountAsync(site.Open, Roles.Agent)).UserName);
        using var stranger = site.Browser();
        foreach (var path in Pages.Append($"/me/orders/{Guid.CreateVersion7()}"))
        {
            await staff.GoAsync(path);
            Assert.Contains("This page is for customers", staff.Text, StringComparison.Ordinal);
            await stranger.GoAsync(path);
            Assert.StartsWith("/account/sign-in", stranger.Location, StringComparison.Ordinal);
        }
    }

    private static async Task<TestBrowser> AsCustomerAAsync(TestSite site)
    {
        var account = await Given.AccountAsync(site.Open, Roles.Customer);
        await using (var db = site.Open())
        {
            (await db.Customers.SingleAsync(c => c.Id == TestPeople.CustomerA.CustomerId)).LinkAccount(account.Id);
            await db.SaveChangesAsync();
        }
        var browser = site.Browser();
        await browser.SignInAsync(account.UserName);
        return browser;
    }
}
