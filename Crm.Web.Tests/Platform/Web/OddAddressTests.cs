using System.Net;
using Crm.Data.Storage;
using Crm.Web.Platform.Access;
using Crm.Web.Tests.Features.Accounts;
using Crm.Web.Tests.Ground;

namespace Crm.Web.Tests.Platform.Web;

/// <summary>Addresses that somebody wrote by hand: an answer or a refusal, never a failure, and alike on both databases.</summary>
public sealed class OddAddressTests(TestSites sites) : IClassFixture<TestSites>
{
    private const string AnyId = "0192000000007000800000000000000a";

    [Theory, BothDatabases]
    public async Task Characters_that_no_database_compares_are_left_out_of_the_question(DatabaseKind kind)
    {
        using var browser = await OwnerAsync(kind);
        foreach (var address in new[]
        {
            "/customers?city=%00", "/customers?tier=%00&q=%00a%00", $"/customers?sort=name&after={AnyId}.%00", $"/customers?sort=lastorder&after={AnyId}.9999999999999999999", $"/customers?sort=lastorder&after={AnyId}.-5",
            "/customers?from=0001-01-01&to=9999-12-31", "/customers/export.csv?city=%00&q=a%01", "/leads?source=%00&q=%00", "/leads/export.csv?source=%00&source=web", "/today?source=%00", "/customers?q=%ED%A0%80x",
        })
        {
            await browser.GoAsync(address);
            Assert.True(browser.Status is HttpStatusCode.OK, $"{address} answered {browser.Status}");
        }
    }

    [Theory, BothDatabases]
    public async Task Days_beyond_any_calendar_are_refused(DatabaseKind kind)
    {
        using var browser = await OwnerAsync(kind);
        var person = $"/customers/{TestPeople.CustomerB.CustomerId}/statement.pdf";
        foreach (var address in new[]
        {
            "/reports/sales.pdf?month=0001-01", "/reports/sales.pdf?month=9999-12", "/reports/sales.pdf?month=2026-12", "/reports/sales.pdf?month=%00", $"{person}?from=9999-01-01&to=9999-12-31", $"{person}?from=0001-01-01&to=0001-12-31", $"{person}?from=%00&to=2026-01-01",
        })
        {
            await browser.GoAsync(address);
            Assert.True(browser.Status is HttpStatusCode.BadRequest, $"{address} answered {browser.Status}");
        }
        foreach (var address in new[] { "/reports/sales.pdf?month=1970-01", "/reports/sales.pdf?month=2026-11", $"{person}?from=1970-01-01&to=1970-12-31", $"{person}?from=2100-01-01&to=2100-12-31" })
        {
            await browser.GoAsync(address);
            Assert.True(browser.Status is HttpStatusCode.OK, $"{address} answered {browser.Status}");
        }
    }

    [Theory, BothDatabases]
    public async Task What_a_signed_in_person_reads_is_kept_by_no_cache_and_what_everybody_reads_may_be(DatabaseKind kind)
    {
        using var browser = await OwnerAsync(kind);
        foreach (var address in new[] { "/customers", "/customers/export.csv", "/leads/export.csv", "/reports/sales.pdf", $"/customers/{TestPeople.CustomerB.CustomerId}/statement.pdf" })
        {
            await browser.GoAsync(address);
            Assert.True(browser.Answer.Headers.CacheControl?.NoStore, $"{address}: {browser.Answer.Headers.CacheControl}");
        }
        await browser.GoAsync("/favicon.svg");
        Assert.NotEqual(true, browser.Answer.Headers.CacheControl?.NoStore);
    }

    private async Task<TestBrowser> OwnerAsync(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        var account = await Given.AccountAsync(site.Open, Roles.Owner);
        var browser = site.Browser();
        await browser.SignInAsync(account.UserName);
        return browser;
    }
}
