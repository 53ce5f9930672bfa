using System.Net;
using Crm.Data.Storage;
using Crm.Web.Platform.Access;
using Crm.Web.Tests.Access;
using Crm.Web.Tests.Features.Accounts;
using Crm.Web.Tests.Ground;

namespace Crm.Web.Tests.Platform.Web;

/// <summary>Whoever watches the shop asks for headers alone.</summary>
public sealed class HeadRequestTests(TestSites sites) : IClassFixture<TestSites>
{
    private static readonly string[] Pages =
    [
        .. RouteRows.All.Where(r => !r.IsPost && r.Route != "/problem/{Code:int}").Select(r => r.Route).Where(route => !route.Contains('{', StringComparison.Ordinal)),
        "/no/such/page", $"/customers/{TestPeople.CustomerB.CustomerId}", "/problem/404", "/calendar/feed/guessed.ics",
        "/app.css", "/favicon.svg", "/_framework/blazor.web.js", "/healthz", "/ready", "/api/", "/api/users/", "/api/nothing",
    ];

    [Theory, BothDatabases]
    public async Task Every_page_and_file_answers_HEAD_as_it_answers_GET_without_its_body(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        foreach (var role in new[] { null, Roles.Owner })
        {
            using var browser = site.Browser();
            if (role is not null) await browser.SignInAsync((await Given.AccountAsync(site.Open, role)).UserName);
            foreach (var page in Pages)
            {
                await browser.GoAsync(page);
                using var head = await browser.HeadAsync(page);
                Assert.Equal((page, browser.Status, browser.Answer.Headers.Location, browser.Answer.Content.Headers.ContentType), (page, head.StatusCode, head.Headers.Location, head.Content.Headers.ContentType));
                Assert.Equal(browser.Answer.Headers.Select(h => h.Key).Except(["Set-Cookie", "Transfer-Encoding"]).Order(), head.Headers.Select(h => h.Key).Except(["Set-Cookie", "Transfer-Encoding"]).Order());
                Assert.Equal((page, ""), (page, await head.Content.ReadAsStringAsync()));
            }
        }
    }

    [Theory, BothDatabases]
    public async Task What_is_only_posted_to_and_circuits_stay_as_they_are(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        using var browser = site.Browser();
        foreach (var (path, status) in new[] { ("/api/token/", HttpStatusCode.MethodNotAllowed), ("/_blazor/negotiate", HttpStatusCode.MethodNotAllowed), ("/theme", HttpStatusCode.NotFound) })
        {
            using var head = await browser.HeadAsync(path);
            Assert.Equal((path, status), (path, head.StatusCode));
        }
    }
}
