using System.Net;
using Crm.Data.Storage;
using Crm.Web.Platform.Access;
using Crm.Web.Tests.Features.Accounts.SecondFactor;
using Crm.Web.Tests.Ground;

namespace Crm.Web.Tests.Features.Accounts;

[Trait("contract", "M-028"), Trait("contract", "M-031")]
public sealed class SignInLimitTests
{
    [Theory, BothDatabases]
    public async Task The_eleventh_try_from_an_address_is_told_to_wait_even_with_the_right_password(DatabaseKind kind)
    {
        await using var site = await TestSite.OpenAsync(kind, limited: true);
        var account = await Given.AccountAsync(site.Open, Roles.Agent);
        using var browser = site.Browser();
        for (var i = 0; i < 10; i++) await browser.SignInAsync($"nobody{i}", "not this one 1");
        Assert.Equal(HttpStatusCode.OK, browser.Status);

        await browser.SignInAsync(account.UserName);

        Assert.Equal(HttpStatusCode.TooManyRequests, browser.Status);
        Assert.Equal("This was tried too often. Try again in 60 minutes.", browser.Alert);
        Assert.Equal("3600", $"{browser.Answer.Headers.RetryAfter}");
        site.Clock.Advance(TimeSpan.FromHours(1));
        await browser.SignInAsync(account.UserName);
        Assert.Equal(HttpStatusCode.Found, browser.Status);
    }

    [Theory, BothDatabases]
    public async Task Questions_for_passkeys_have_an_end_too(DatabaseKind kind)
    {
        await using var site = await TestSite.OpenAsync(kind, settings: [("RateLimits:PasskeyQuestions", "3")], limited: true);
        using var browser = site.Browser();
        await browser.GoAsync("/account/sign-in");
        var token = browser.Page.QuerySelector("form[data-passkey] input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        for (var i = 0; i < 3; i++)
        {
            await browser.PostAsync("/account/sign-in/passkey/question", [new("__RequestVerificationToken", token)]);
            Assert.Equal(HttpStatusCode.OK, browser.Status);
        }

        await browser.PostAsync("/account/sign-in/passkey/question", [new("__RequestVerificationToken", token)]);

        Assert.Equal((HttpStatusCode.TooManyRequests, "3600"), (browser.Status, $"{browser.Answer.Headers.RetryAfter}"));
        Assert.Equal("This was tried too often. Try again in 60 minutes.", await browser.Answer.Content.ReadAsStringAsync());
        Assert.Empty(browser.SetCookies);
    }

    [Theory, BothDatabases]
    public async Task Codes_and_passkeys_count_as_tries_too(DatabaseKind kind)
    {
        await using var site = await TestSite.OpenAsync(kind, limited: true);
        var account = await Given.AccountAsync(site.Open, Roles.Agent);
        using var browser = site.Browser();
        await browser.SignInAsync(account.UserName);
        var (phone, _) = await Phone.SetUpAsync(site, browser);
        using var other = site.Browser();
        await other.GoAsync("/account/sign-in");
        var token = other.Page.QuerySelector("form[data-passkey] input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        for (var i = 0; i < 7; i++) await other.PostAsync("/account/sign-in/passkey", [new("__RequestVerificationToken", token), new("credential", "nonsense")]);
        await other.SignInAsync(account.UserName);
        await other.FollowAsync();
        await other.SubmitAsync("Go on", ("Code", "000000"));
        site.Clock.Advance(TimeSpan.FromMinutes(1));

        await other.SubmitAsync("Go on", ("Code", phone.CodeAt(site.Clock.Now)));
        Assert.Equal((HttpStatusCode.TooManyRequests, "3540"), (other.Status, $"{other.Answer.Headers.RetryAfter}"));
        Assert.Equal("This was tried too often. Try again in 59 minutes.", other.Alert);
        await other.GoAsync("/account/sign-in");
        await other.PostAsync("/account/sign-in/passkey", [new("__RequestVerificationToken", token), new("credential", "nonsense")]);
        Assert.Equal("/account/sign-in?passkey=wait&returnUrl=%2F", other.Location);
        await other.FollowAsync();
        Assert.Equal("This was tried too often. Try again within the hour.", other.Alert);
    }
}
