using System.Net;
using Crm.Data.Storage;
using Crm.Web.Platform.Access;
using Crm.Web.Tests.Ground;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Accounts;

[Trait("contract", "M-050")]
public sealed class AntiforgeryTests(TestSites sites) : IClassFixture<TestSites>
{
    private static readonly string[] Forms = ["/account/sign-in", "/account/password", "/account/sign-out", "/theme"];

    [Theory, BothDatabases]
    public async Task A_form_from_elsewhere_is_refused_and_changes_nothing(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        var account = await Given.AccountAsync(site.Open, Roles.Customer);
        var before = await UserAsync(site, account.Id);
        using var browser = site.Browser();
        await browser.SignInAsync(account.UserName);

        foreach (var path in Forms)
        {
            await browser.PostAsync(path,
            [
                new("_handler", path.EndsWith("sign-in", StringComparison.Ordinal) ? "sign-in" : "change-password"),
                new("Form.Identifier", account.UserName), new("Form.Password", Given.Password),
                new("Form.Current", Given.Password), new("Form.New", "Another-7-yams"), new("Form.Repeated", "Another-7-yams"),
            ]);
            Assert.Equal((path, HttpStatusCode.BadRequest), (path, browser.Status));
            Assert.DoesNotContain(browser.SetCookies, c => c.Contains("session", StringComparison.Ordinal));
            Assert.Contains("Go back, load it again and repeat the last step.", browser.Text, StringComparison.Ordinal);
        }
        Assert.Equal(before.PasswordHash, (await UserAsync(site, account.Id)).PasswordHash);
        await browser.GoAsync("/");
        Assert.Equal("/me", browser.Location);
    }

    [Theory, BothDatabases]
    public async Task A_token_of_another_browser_does_not_help(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        var account = await Given.AccountAsync(site.Open, Roles.Customer);
        using var theirs = site.Browser();
        await theirs.GoAsync("/account/sign-in");
        var token = theirs.Page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;

        using var browser = site.Browser();
        await browser.GoAsync("/account/sign-in");
        await browser.PostAsync("/account/sign-in",
            [new("_handler", "sign-in"), new("__RequestVerificationToken", token), new("Form.Identifier", account.UserName), new("Form.Password", Given.Password)]);
        Assert.Equal(HttpStatusCode.BadRequest, browser.Status);
    }

    [Theory, BothDatabases]
    public async Task Every_address_that_takes_a_post_asks_for_the_token(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        var open = site.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<HttpMethodMetadata>() is not { } methods || methods.HttpMethods.Contains("POST"))
            .Where(e => !e.RoutePattern.RawText!.StartsWith("/_blazor", StringComparison.Ordinal) && !e.RoutePattern.RawText.StartsWith("_blazor", StringComparison.Ordinal))
            // The API knows no cookie (BearerTests): nothing rides along that a token would have to guard.
            .Where(e => !e.RoutePattern.RawText!.StartsWith("/api", StringComparison.Ordinal))
            .Where(e => e.Metadata.GetMetadata<IAntiforgeryMetadata>() is not { RequiresValidation: true })
            .Select(e => e.RoutePattern.RawText);
        // The web form stands in frames of other sites, where no cookie could carry the token; none gives it any right either.
        Assert.Equal(["/enquiry"], open);
    }

    private static async Task<Crm.Data.Accounts.User> UserAsync(TestSite site, Guid id)
    {
        await using var db = site.Open();
        return await db.Users.SingleAsync(u => u.Id == id);
    }
}
