using Crm.Data.Storage;
using Crm.Web.Tests.Ground;

namespace Crm.Web.Tests.Features.Accounts;

public sealed class AccountPageHeaderTests(TestSites sites) : IClassFixture<TestSites>
{
    [Theory, BothDatabases, Trait("contract", "M-053"), Trait("contract", "M-054")]
    public async Task No_account_page_can_be_framed_or_guessed_to_be_something_else(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        using var browser = site.Browser();
        foreach (var path in new[] { "/", "/account/sign-in", "/account/refused", "/account/password", "/account", "/account/sessions", "/account/two-step", "/account/passkeys", "/account/sign-in/code", "/account/locked" })
        {
            await browser.GoAsync(path);
            Assert.Equal("DENY", browser.Answer.Headers.GetValues("X-Frame-Options").Single());
            Assert.Contains("frame-ancestors 'none'", browser.Answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
            Assert.Equal("nosniff", browser.Answer.Headers.GetValues("X-Content-Type-Options").Single());
        }
    }

    [Theory, BothDatabases]
    public async Task Account_pages_work_without_a_script_and_say_so_to_the_policy(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        using var browser = site.Browser();
        await browser.GoAsync("/account/sign-in");
        Assert.DoesNotContain(browser.Page.QuerySelectorAll("*").SelectMany(e => e.Attributes), a => a.Name.StartsWith("on", StringComparison.Ordinal));
        Assert.DoesNotContain(browser.Page.Scripts, s => s.Source is null && s.Type != "importmap");
        Assert.Equal("sign-in", browser.Page.QuerySelector("form[method=post] input[name=_handler]")!.GetAttribute("value"));
    }
}
