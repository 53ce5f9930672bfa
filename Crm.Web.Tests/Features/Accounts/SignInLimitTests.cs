using System.Net;
using Crm.Data.Storage;
using Crm.Web.Platform.Access;
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
}
