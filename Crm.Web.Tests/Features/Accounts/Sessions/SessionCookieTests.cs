using System.Globalization;
using System.Net;
using Crm.Data.Storage;
using Crm.Web.Platform.Access;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Accounts.Sessions;

public sealed class SessionCookieTests(TestSites sites) : IClassFixture<TestSites>
{
    [Theory, BothDatabases, Trait("contract", "M-032")]
    public async Task The_session_is_a_secure_http_only_cookie_of_24_hours(DatabaseKind kind)
    {
        await using var site = await TestSite.OpenAsync(kind);
        using var browser = site.Browser();
        await browser.SignInAsync((await Given.AccountAsync(site.Open, Roles.Agent)).UserName);

        var cookie = Assert.Single(browser.SetCookies, c => c.StartsWith("__Host-session=", StringComparison.Ordinal));
        var parts = cookie.Split("; ").Skip(1).Select(p => p.ToLowerInvariant()).ToList();
        Assert.All(["path=/", "secure", "httponly", "samesite=lax"], wanted => Assert.Contains(wanted, parts));
        Assert.DoesNotContain(parts, p => p.StartsWith("domain", StringComparison.Ordinal));
        var expires = parts.Single(p => p.StartsWith("expires=", StringComparison.Ordinal))["expires=".Length..];
        Assert.Equal(site.Clock.Now.AddHours(24), DateTime.Parse(expires, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal));

        site.Clock.Advance(TimeSpan.FromHours(23.9));
        await browser.GoAsync("/");
        Assert.Equal("/today", browser.Location);
        Assert.Empty(browser.SetCookies);

        site.Clock.Advance(TimeSpan.FromHours(0.2));
        await browser.GoAsync("/");
        Assert.Equal("/account/sign-in", browser.Location);
    }

    [Theory, BothDatabases]
    public async Task Only_Development_sends_it_without_TLS(DatabaseKind kind)
    {
        var development = await sites.OfAsync(kind, "Development");
        using var plain = development.Browser("http://localhost");
        await plain.SignInAsync((await Given.AccountAsync(development.Open, Roles.Agent)).UserName);
        Assert.DoesNotContain(plain.SetCookies, c => c.Contains("secure", StringComparison.OrdinalIgnoreCase));
        await plain.GoAsync("/");
        Assert.Equal("/today", plain.Location);

        var production = await sites.OfAsync(kind);
        using var proxied = production.Browser("http://localhost");
        await proxied.GoAsync("/account/sign-in");
        Assert.Equal(HttpStatusCode.OK, proxied.Status);
        Assert.All(proxied.SetCookies, c => Assert.Contains("secure", c, StringComparison.OrdinalIgnoreCase));
    }

    [Theory, BothDatabases]
    public async Task Somebody_who_must_sign_in_first_comes_back_to_where_they_were_going(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        using var browser = site.Browser();
        await browser.GoAsync("/account/password?x=1");
        Assert.Equal("/account/sign-in?returnUrl=%2Faccount%2Fpassword%3Fx%3D1", browser.Location);
        await browser.FollowAsync();
        await browser.SubmitAsync("Sign in", (SignInPageTests.Who, (await Given.AccountAsync(site.Open, Roles.Customer)).Email), ("Password", Given.Password));
        Assert.Equal("/account/password?x=1", browser.Location);
    }

    [Theory, BothDatabases, Trait("contract", "M-033")]
    public async Task A_customer_is_refused_the_pages_of_staff_in_words(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        using var browser = site.Browser();
        await browser.SignInAsync((await Given.AccountAsync(site.Open, Roles.Customer)).UserName);
        await browser.GoAsync("/today");
        Assert.StartsWith("/account/refused", browser.Location, StringComparison.Ordinal);

        await browser.FollowAsync();
        Assert.Equal(HttpStatusCode.Forbidden, browser.Status);
        Assert.Contains("Your account may not open this page.", browser.Text, StringComparison.Ordinal);
        Assert.Contains("You are signed in as Nkẹ́chi", browser.Text, StringComparison.Ordinal);
    }

    [Theory, BothDatabases]
    public async Task Signing_out_ends_the_session(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        using var browser = site.Browser();
        await browser.SignInAsync((await Given.AccountAsync(site.Open, Roles.Customer)).UserName);
        await browser.GoAsync("/account/refused");
        await browser.SubmitAsync("Sign out and sign in as somebody else");
        Assert.Equal("/account/sign-in?bye=1", browser.Location);
        await browser.FollowAsync();
        Assert.Contains("You are signed out.", browser.Text, StringComparison.Ordinal);
        await browser.GoAsync("/");
        Assert.Equal("/account/sign-in", browser.Location);
    }

    [Theory, BothDatabases]
    public async Task A_switched_off_account_a_new_stamp_and_a_deleted_account_end_the_session_at_once(DatabaseKind kind)
    {
        await using var site = await TestSite.OpenAsync(kind);
        foreach (var end in new[] { "off", "stamp", "gone" })
        {
            var account = await Given.AccountAsync(site.Open, Roles.Agent);
            using var browser = site.Browser();
            await browser.SignInAsync(account.UserName);
            await browser.GoAsync("/account/password");
            Assert.Equal(HttpStatusCode.OK, browser.Status);

            await using (var db = site.Open())
            {
                var user = await db.Users.SingleAsync(u => u.Id == account.Id);
                if (end == "off") user.IsActive = false;
                else if (end == "stamp") user.SecurityStamp = "another";
                else db.Users.Remove(user);
                await db.SaveChangesAsync();
            }
            await site.HearAsync();
            await browser.GoAsync("/account/password");
            Assert.StartsWith("/account/sign-in", browser.Location, StringComparison.Ordinal);
            Assert.Contains(browser.SetCookies, c => c.StartsWith("__Host-session=;", StringComparison.Ordinal));
        }
    }

    [Theory, BothDatabases]
    public async Task A_role_that_is_taken_or_given_counts_from_the_next_request(DatabaseKind kind)
    {
        await using var site = await TestSite.OpenAsync(kind);
        var account = await Given.AccountAsync(site.Open, Roles.Customer);
        using var browser = site.Browser();
        await browser.SignInAsync(account.UserName);

        await using (var db = site.Open())
        {
            await db.UserRoles.Where(r => r.UserId == account.Id).ExecuteDeleteAsync();
            db.UserRoles.Add(new() { UserId = account.Id, RoleId = await db.Roles.Where(r => r.Name == Roles.Agent).Select(r => r.Id).SingleAsync() });
            db.MarkChanged(Crm.Data.ChangeKinds.User);
            await db.SaveChangesAsync();
        }
        await site.HearAsync();
        await browser.GoAsync("/");
        Assert.Equal("/today", browser.Location);
        Assert.Empty(browser.SetCookies);
    }
}
