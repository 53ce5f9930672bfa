using System.Net;
using Crm.Data.Storage;
using Crm.Web.Features.Messaging.Mails;
using Crm.Web.Platform.Access;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Accounts.Recovery;

public sealed class ResetPageTests(TestSites sites) : IClassFixture<TestSites>
{
    private const string New = "Cassava & 2 limes";

    [Theory, BothDatabases, Trait("contract", "M-018")]
    public async Task A_forgotten_password_is_replaced_by_the_link_in_the_mail_and_old_sessions_end(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        var account = await Given.AccountAsync(site.Open, Roles.Customer);
        using var elsewhere = site.Browser();
        await elsewhere.SignInAsync(account.UserName);
        using var browser = site.Browser();

        var link = await LinkAsync(site, browser, account);
        await browser.GoAsync(link);
        Assert.Equal(("no-referrer", true), (browser.Answer.Headers.GetValues("Referrer-Policy").Single(), browser.Answer.Headers.CacheControl!.NoStore));
        await browser.SubmitAsync("Set the new password", ("New password", New), ("New password again", New));
        Assert.Equal("/account/reset?done=1", browser.Location);
        Assert.DoesNotContain(browser.SetCookies, c => c.StartsWith("__Host-session", StringComparison.Ordinal));

        await site.HearAsync();
        await elsewhere.GoAsync("/account/password");
        Assert.StartsWith("/account/sign-in", elsewhere.Location, StringComparison.Ordinal);
        await browser.SignInAsync(account.Email, New);
        Assert.Equal("/", browser.Location);
        await browser.GoAsync(link);
        Assert.StartsWith("This link does not work any more.", browser.Alert, StringComparison.Ordinal);
    }

    [Theory, BothDatabases, Trait("contract", "M-019"), Trait("contract", "M-021")]
    public async Task A_link_that_is_too_old_says_so_calmly_on_its_page_and_to_programs(DatabaseKind kind)
    {
        await using var site = await TestSite.OpenAsync(kind);
        var account = await Given.AccountAsync(site.Open, Roles.Customer);
        using var browser = site.Browser();
        using var program = site.Program();
        foreach (var (hours, page, button, again, api, words) in new[]
        {
            (1, "/account/reset", "Set the new password", "/account/forgot", "/api/v1/auth/password/reset/confirm/", """{"error":"Reset token has expired or been used"}"""),
            (24, "/account/verify", "Confirm my e-mail", "/account/verify-again", "/api/customers/verify-email/", """{"error":"Verification token has expired"}"""),
        })
        {
            await browser.GoAsync(again);
            await browser.SubmitAsync("Send me a link", (SignInPageTests.Who, account.Email));
            await TestLinks.SeeToAsync(site);
            await using var db = site.Open();
            var link = hours == 1 ? (await TestMail.LastToAsync<PasswordResetMail>(db, account.Email))!.Link : (await TestMail.LastToAsync<VerifyEmailMail>(db, account.Email))!.Link;
            await browser.GoAsync(link);
            using var open = browser.Tab();
            open.Show(browser);
            site.Clock.Advance(TimeSpan.FromHours(hours));

            await browser.GoAsync(link);
            Assert.Equal(HttpStatusCode.OK, browser.Status);
            Assert.Equal("This link does not work any more. It was used already, or it is too old. Ask for a new one.", browser.Alert);
            Assert.Contains(browser.Page.QuerySelectorAll("main a"), a => a.GetAttribute("href") == again);
            await open.SubmitAsync(button, hours == 1 ? [("New password", New), ("New password again", New)] : []);
            Assert.Equal((page, HttpStatusCode.OK, browser.Alert), (page, open.Status, open.Alert));
            var token = link.Split('=')[^1];
            var answer = await program.PostAsync(api, new { token, new_password = New, new_password_confirm = New });
            Assert.Equal((HttpStatusCode.BadRequest, words), (answer.Status, answer.Text));
            if (hours == 24) Assert.Equal((HttpStatusCode.BadRequest, words), (await program.GetAsync($"/api/v1/auth/verify-email/{token}/")) is var got ? (got.Status, got.Text) : default);
        }
        await using var after = site.Open();
        Assert.False((await after.Users.SingleAsync(u => u.Id == account.Id)).EmailConfirmed);
        await browser.SignInAsync(account.Email);
        Assert.Equal("/", browser.Location);
    }

    [Theory, BothDatabases]
    public async Task Two_presses_set_one_password_and_the_second_is_told(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        var account = await Given.AccountAsync(site.Open, Roles.Customer);
        using var browser = site.Browser();
        using var twin = site.Browser();
        var link = await LinkAsync(site, browser, account);
        await browser.GoAsync(link);
        await twin.GoAsync(link);
        await browser.SubmitAsync("Set the new password", ("New password", New), ("New password again", New));

        await twin.SubmitAsync("Set the new password", ("New password", "Another 1 & more"), ("New password again", "Another 1 & more"));

        Assert.Equal(HttpStatusCode.OK, twin.Status);
        Assert.StartsWith("This link does not work any more.", twin.Alert, StringComparison.Ordinal);
        await twin.SignInAsync(account.Email, "Another 1 & more");
        Assert.NotNull(twin.Alert);
    }

    [Theory, BothDatabases]
    public async Task The_answer_is_the_same_whoever_is_named(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        var account = await Given.AccountAsync(site.Open, Roles.Customer);
        var closed = await Given.AccountAsync(site.Open, Roles.Agent, active: false);
        var answers = new List<string>();
        foreach (var name in new[] { account.Email, account.Typed, "nobody@mail.example", closed.Email, "+1 416 555 0100", "\u202eolleh", new string('x', 256) })
        {
            using var browser = site.Browser();
            await AskAsync(browser, name);
            var answer = $"{(int)browser.Status} {browser.Location} {string.Join(',', browser.Answer.Headers.Select(h => h.Key).Order(StringComparer.Ordinal))}";
            await browser.FollowAsync();
            answers.Add($"{answer} {(int)browser.Status} {browser.Text}");
        }
        Assert.Single(answers.Distinct());
    }

    [Theory, BothDatabases]
    public async Task A_name_that_is_missing_or_too_long_is_said(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        using var browser = site.Browser();
        await AskAsync(browser, "");
        Assert.Equal("Enter your e-mail, user name or mobile number.", browser.Complaint(SignInPageTests.Who));
        await AskAsync(browser, new string('x', 10_000));
        Assert.Equal("This is too long for a sign-in.", browser.Complaint(SignInPageTests.Who));
    }

    [Theory, BothDatabases]
    public async Task A_link_that_never_was_offers_another(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        using var browser = site.Browser();
        foreach (var path in new[] { "/account/reset", "/account/reset?token=x", "/account/reset?token=%00", "/account/verify?token=x", "/account/email/confirm?token=x", $"/account/verify?token={new string('x', 2000)}" })
        {
            await browser.GoAsync(path);
            Assert.Equal(HttpStatusCode.OK, browser.Status);
            Assert.StartsWith("This link does not work any more.", browser.Alert, StringComparison.Ordinal);
            Assert.Equal("no-referrer", browser.Answer.Headers.GetValues("Referrer-Policy").Single());
        }
    }

    private static async Task AskAsync(TestBrowser browser, string name)
    {
        await browser.GoAsync("/account/forgot");
        await browser.SubmitAsync("Send me a link", (SignInPageTests.Who, name));
    }

    private static async Task<string> LinkAsync(TestSite site, TestBrowser browser, TestAccount account)
    {
        await AskAsync(browser, account.Email);
        Assert.Equal("/account/forgot?sent=1", browser.Location);
        await TestLinks.SeeToAsync(site);
        await using var db = site.Open();
        return (await TestMail.LastToAsync<PasswordResetMail>(db, account.Email))!.Link;
    }
}
