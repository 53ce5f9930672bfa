using System.Net;
using Crm.Data.Accounts;
using Crm.Data.Audit;
using Crm.Data.Storage;
using Crm.Web.Features.Messaging.Mails;
using Crm.Web.Platform.Access;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Accounts.Sessions;

public sealed class SessionsPageTests(TestSites sites) : IClassFixture<TestSites>
{
    private const string Page = "/account/sessions";

    [Theory, BothDatabases, Trait("contract", "M-032")]
    public async Task Every_sign_in_is_a_session_that_its_owner_sees_and_signing_out_ends_its_own(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        var account = await Given.AccountAsync(site.Open, Roles.Customer);
        using var here = await SignedInAsync(site, account);
        using var elsewhere = await SignedInAsync(site, account);

        await here.GoAsync(Page);
        Assert.Equal(2, here.Page.QuerySelectorAll("main li").Length);
        Assert.Contains("This one", here.Page.QuerySelector("main li")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("ince today, 10:00, last seen today, 10:00", here.Text, StringComparison.Ordinal);

        await elsewhere.GoAsync("/account/refused");
        await elsewhere.SubmitAsync("Sign out and sign in as somebody else");
        await here.GoAsync(Page);
        Assert.Contains("You are signed in nowhere else.", here.Text, StringComparison.Ordinal);
        Assert.Equal([true, false], (await SessionsAsync(site, account)).Select(s => s.EndedAt is null));
    }

    [Theory, BothDatabases]
    public async Task Signing_out_one_or_all_others_counts_from_their_next_request(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        var account = await Given.AccountAsync(site.Open, Roles.Agent);
        using var here = await SignedInAsync(site, account);
        using var one = await SignedInAsync(site, account);
        var second = (await SessionsAsync(site, account))[1].Id;

        await PostAsync(here, "end", second);
        Assert.Equal($"{Page}?done=one", here.Location);
        await one.GoAsync("/account");
        Assert.StartsWith("/account/sign-in", one.Location, StringComparison.Ordinal);
        Assert.Contains(one.SetCookies, c => c.StartsWith("__Host-session=;", StringComparison.Ordinal));

        using var two = await SignedInAsync(site, account);
        using var three = await SignedInAsync(site, account);
        await here.GoAsync(Page);
        await here.SubmitAsync("Sign out everywhere else");
        await here.FollowAsync();
        Assert.Contains("You are signed out everywhere else.", here.Text, StringComparison.Ordinal);
        foreach (var other in new[] { two, three })
        {
            await other.GoAsync("/account");
            Assert.StartsWith("/account/sign-in", other.Location, StringComparison.Ordinal);
        }
        await using var db = site.Open();
        Assert.Contains(await db.AuditEntries.Where(e => e.EntityId == account.Id && e.Action == AuditAction.Noted).ToListAsync(), e => e.After!.Contains("Signed out everywhere else (2)", StringComparison.Ordinal));
    }

    [Theory, BothDatabases]
    public async Task Nobody_ends_a_session_of_somebody_else(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        var victim = await Given.AccountAsync(site.Open, Roles.Owner);
        using var theirs = await SignedInAsync(site, victim);
        using var here = await SignedInAsync(site, await Given.AccountAsync(site.Open, Roles.Customer));

        await PostAsync(here, "end", (await SessionsAsync(site, victim))[0].Id);

        Assert.Equal($"{Page}?done=gone", here.Location);
        await theirs.GoAsync("/account");
        Assert.Equal(HttpStatusCode.OK, theirs.Status);
    }

    [Theory, BothDatabases]
    public async Task Last_seen_is_written_every_five_minutes_at_most(DatabaseKind kind)
    {
        await using var site = await TestSite.OpenAsync(kind);
        var account = await Given.AccountAsync(site.Open, Roles.Agent);
        using var browser = await SignedInAsync(site, account);
        foreach (var (minutes, seen) in new[] { (4, 0), (1, 5), (4, 5), (1, 10) })
        {
            site.Clock.Advance(TimeSpan.FromMinutes(minutes));
            await browser.GoAsync("/account");
            Assert.Equal(TestClock.Start.AddMinutes(seen), (await SessionsAsync(site, account))[0].LastSeenAt);
        }
    }

    [Theory, BothDatabases, Trait("contract", "M-017")]
    public async Task A_new_password_ends_the_other_sessions_leaves_this_one_and_is_told_and_noted(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        var account = await Given.AccountAsync(site.Open, Roles.Customer);
        using var here = await SignedInAsync(site, account);
        using var elsewhere = await SignedInAsync(site, account);

        await here.GoAsync("/account/password");
        await here.SubmitAsync("Change password", ("Password you use now", Given.Password), ("New password", "Cassava & 2 limes"), ("New password again", "Cassava & 2 limes"));
        await here.FollowAsync();

        Assert.Equal(HttpStatusCode.OK, here.Status);
        Assert.Equal([true, false], (await SessionsAsync(site, account)).Select(s => s.EndedAt is null));
        await using var db = site.Open();
        Assert.Equal("{\"Deed\":\"Changed the password\"}", (await db.AuditEntries.SingleAsync(e => e.EntityId == account.Id && e.Action == AuditAction.Noted)).After);
        Assert.Equal(site.Clock.Now, (await TestMail.LastToAsync<PasswordChangedMail>(db, account.Email))!.At);
    }

    [Theory, BothDatabases]
    public async Task A_browser_that_the_account_does_not_know_is_told_of_by_mail_once(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        var account = await Given.AccountAsync(site.Open, Roles.Customer);
        using var first = await SignedInAsync(site, account);
        var cookie = Assert.Single(first.SetCookies, c => c.StartsWith("__Host-device=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(0, await MailsAsync(site, account));

        using var second = await SignedInAsync(site, account);
        Assert.Equal(1, await MailsAsync(site, account));
        await second.GoAsync("/account/refused");
        await second.SubmitAsync("Sign out and sign in as somebody else");
        await second.SignInAsync(account.UserName);
        Assert.Equal(1, await MailsAsync(site, account));

        await using var db = site.Open();
        Assert.Equal(2, await db.KnownDevices.CountAsync(d => d.UserId == account.Id));
        Assert.DoesNotContain(await db.KnownDevices.Select(d => Convert.ToHexString(d.Hash)).ToListAsync(), hash => cookie.Contains(hash, StringComparison.OrdinalIgnoreCase));
    }

    private static async Task<TestBrowser> SignedInAsync(TestSite site, TestAccount account)
    {
        var browser = site.Browser();
        await browser.SignInAsync(account.UserName);
        Assert.Equal("/", browser.Location);
        return browser;
    }

    private static async Task PostAsync(TestBrowser browser, string what, Guid id)
    {
        await browser.GoAsync("/account/sessions");
        if (browser.Page.QuerySelector("input[name=__RequestVerificationToken]") is null) await browser.GoAsync("/account/refused");
        var token = browser.Page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        await browser.PostAsync($"{Page}/{what}", [new("__RequestVerificationToken", token), new("id", id.ToString())]);
    }

    private static async Task<int> MailsAsync(TestSite site, TestAccount account)
    {
        await using var db = site.Open();
        return (await TestMail.WaitingAsync(db)).Count(m => m.ToEmail == account.Email && m.Mail is NewSignInMail);
    }

    private static async Task<List<Session>> SessionsAsync(TestSite site, TestAccount account)
    {
        await using var db = site.Open();
        return await db.Sessions.AsNoTracking().Where(s => s.UserId == account.Id).OrderBy(s => s.Id).ToListAsync();
    }
}
