using System.Net;
using Crm.Data.Storage;
using Crm.Web.Platform.Access;
using Crm.Web.Tests.Features.Accounts;
using Crm.Web.Tests.Ground;

namespace Crm.Web.Tests.Features.Customers;

public sealed class CustomerPagesTests(TestSites sites) : IClassFixture<TestSites>
{
    private static readonly Guid Olayinka = TestPeople.CustomerB.CustomerId!.Value;

    private static readonly string[] Addresses = ["/customers", "/customers?q=zz&sort=name", "/customers/export.csv", $"/customers/{Olayinka}", $"/customers/{Olayinka}?tab=notes", $"/customers/{Olayinka}/statement.pdf"];

    [Theory, BothDatabases, Trait("contract", "M-043"), Trait("contract", "M-046")]
    public async Task A_customer_and_a_stranger_get_no_byte_of_anybody(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        var account = await Given.AccountAsync(site.Open, Roles.Customer);
        using var customer = site.Browser();
        await customer.SignInAsync(account.UserName);
        using var stranger = site.Browser();

        foreach (var address in Addresses)
        {
            foreach (var browser in new[] { customer, stranger })
            {
                await browser.GoAsync(address);
                Assert.NotEqual(HttpStatusCode.OK, browser.Status);
                Assert.DoesNotContain("ZZ-B-SECRET", await browser.Answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            }
        }
    }

    [Theory, BothDatabases, Trait("contract", "M-081"), Trait("contract", "M-084")]
    public async Task Staff_read_list_page_file_and_statement(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        var account = await Given.AccountAsync(site.Open, Roles.Agent);
        using var browser = site.Browser();
        await browser.SignInAsync(account.UserName);

        await browser.GoAsync("/customers?q=olayinka");
        Assert.Contains("Ọláyínká ZZ-B-SECRET", browser.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Achieng", browser.Text, StringComparison.Ordinal);
        await browser.GoAsync($"/customers/{Olayinka}");
        Assert.Equal("Ọláyínká ZZ-B-SECRET", browser.Page.QuerySelector("h1")!.TextContent);
        await browser.GoAsync("/customers/export.csv?q=olayinka");
        Assert.Equal(("text/csv", true), (browser.Answer.Content.Headers.ContentType?.MediaType, (await browser.Answer.Content.ReadAsStringAsync()).Contains("ZZ-B-SECRET", StringComparison.Ordinal)));
        await browser.GoAsync($"/customers/{Olayinka}/statement.pdf");
        Assert.Equal("application/pdf", browser.Answer.Content.Headers.ContentType?.MediaType);
        await browser.GoAsync($"/customers/{Olayinka}/statement.pdf?from=2026-02-01&to=2026-01-01");
        Assert.Equal(HttpStatusCode.BadRequest, browser.Status);
        await browser.GoAsync($"/customers/{Guid.CreateVersion7()}/statement.pdf");
        Assert.Equal(HttpStatusCode.NotFound, browser.Status);
    }
}
