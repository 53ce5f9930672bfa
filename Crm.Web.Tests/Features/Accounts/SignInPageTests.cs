using System.Net;
using System.Text.RegularExpressions;
using Crm.Data.Storage;
using Crm.Web.Platform.Access;
using Crm.Web.Tests.Ground;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using User = Crm.Data.Accounts.User;

namespace Crm.Web.Tests.Features.Accounts;

public sealed partial class SignInPageTests(TestSites sites) : IClassFixture<TestSites>
{
    public const string Who = "E-mail, user name or mobile number";

    [Theory, BothDatabases, Trait("contract", "M-004")]
    public async Task E_mail_user_name_and_phone_number_all_let_the_same_person_in(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        var account = await Given.AccountAsync(site.Open, Roles.Customer);
        foreach (var identifier in new[] { account.Email, account.Email.ToUpperInvariant(), $" {account.UserName} ", account.Typed, "+1" + account.Typed })
        {
            using var browser = site.Browser();
            await browser.SignInAsync(identifier);

            Assert.Equal((HttpStatusCode.Found, "/"), (browser.Status, browser.Location));
            await browser.FollowAsync();
            Assert.Equal("/me", browser.Location);
        }
        await using var db = site.Open();
        Assert.Equal(site.Clock.Now, (await db.Users.SingleAsync(u => u.Id == account.Id)).LastSignInAt);
    }

    [Theory, BothDatabases, Trait("contract", "M-033")]
    public async Task Each_role_has_its_own_start_page_and_a_stranger_is_asked_who_they_are(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        foreach (var (role, start) in new[] { (Roles.Owner, "/today"), (Roles.Manager, "/today"), (Roles.Agent, "/today"), (Roles.Customer, "/me") })
        {
            using var browser = site.Browser();
            await browser.SignInAsync((await Given.AccountAsync(site.Open, role)).UserName);
            await browser.GoAsync("/");
            Assert.Equal(start, browser.Location);
        }
        using var stranger = site.Browser();
        await stranger.GoAsync("/");
        Assert.Equal("/account/sign-in", stranger.Location);
    }

    [Theory, BothDatabases]
    public async Task A_wrong_password_and_an_unknown_name_get_the_same_answer(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        var account = await Given.AccountAsync(site.Open, Roles.Customer);
        using var known = site.Browser();
        await known.SignInAsync(account.UserName, "not this one 1");
        using var unknown = site.Browser();
        await unknown.SignInAsync("p" + account.UserName[1..] + "0", "not this one 1");

        Assert.StartsWith("That sign-in and password do not belong together.", known.Alert, StringComparison.Ordinal);
        Assert.Equal(known.Alert, unknown.Alert);
        Assert.Equal(HttpStatusCode.OK, unknown.Status);
        Assert.Equal(WithoutWhatWasTyped(known), WithoutWhatWasTyped(unknown));
    }

    [Theory, BothDatabases]
    public async Task What_was_typed_stays_but_the_password_is_not_sent_back(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        using var browser = site.Browser();
        await browser.SignInAsync("Ọláyínká@mail.example", "s3cret-of-Ọláyínká");
        Assert.Equal("Ọláyínká@mail.example", browser.Control(Who).Value);
        Assert.Equal("", browser.Control("Password").Value);
        Assert.DoesNotContain("s3cret", await browser.Answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        await browser.SignInAsync("", "s3cret-of-Ọláyínká");
        Assert.Equal("Enter your e-mail, user name or mobile number.", browser.Complaint(Who));
        Assert.DoesNotContain("s3cret", await browser.Answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory, BothDatabases]
    public async Task An_account_that_was_switched_off_is_refused_and_told_so_only_with_the_right_password(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        var account = await Given.AccountAsync(site.Open, Roles.Agent, active: false);
        using var browser = site.Browser();
        await browser.SignInAsync(account.UserName);
        Assert.Equal("This account is switched off. Ask the shop to switch it on again.", browser.Alert);
        Assert.DoesNotContain(browser.SetCookies, c => c.Contains("session", StringComparison.Ordinal));

        await browser.SignInAsync(account.UserName, "wrong-7");
        Assert.StartsWith("That sign-in", browser.Alert, StringComparison.Ordinal);
        await using var db = site.Open();
        Assert.Null((await db.Users.SingleAsync(u => u.Id == account.Id)).LastSignInAt);
    }

    [Theory, BothDatabases]
    public async Task After_five_wrong_passwords_the_right_one_gets_the_same_answer_until_a_quarter_of_an_hour_has_passed(DatabaseKind kind)
    {
        await using var site = await TestSite.OpenAsync(kind);
        var account = await Given.AccountAsync(site.Open, Roles.Customer);
        using var browser = site.Browser();
        for (var i = 0; i < 5; i++) await browser.SignInAsync(account.Email, "wrong-7");
        var wrong = (browser.Alert, WithoutWhatWasTyped(browser));

        await browser.SignInAsync(account.Typed);
        Assert.Equal(wrong, (browser.Alert, WithoutWhatWasTyped(browser)));
        Assert.DoesNotContain(browser.SetCookies, c => c.Contains("session", StringComparison.Ordinal));

        site.Clock.Advance(TimeSpan.FromMinutes(15));
        await browser.SignInAsync(account.UserName);
        Assert.Equal("/", browser.Location);
    }

    [Theory, BothDatabases]
    public async Task Odd_input_is_an_unknown_name_and_no_failure(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        foreach (var identifier in new[] { "own\u0007er", "'; DROP TABLE \"Users\"; --", "\ud83d\ude00", "+", "%", new string('a', 256) })
        {
            using var browser = site.Browser();
            await browser.SignInAsync(identifier);
            Assert.True(browser.Status is HttpStatusCode.OK, $"{identifier}: {browser.Status} {browser.Text}");
            Assert.StartsWith("That sign-in", browser.Alert, StringComparison.Ordinal);
        }
    }

    [Theory, BothDatabases]
    public async Task Signing_in_leads_back_to_where_one_wanted_to_go_but_never_to_another_host(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        var account = await Given.AccountAsync(site.Open, Roles.Agent);
        foreach (var (wanted, leads) in ReturnUrls)
        {
            using var browser = site.Browser();
            await browser.SignInAsync(account.UserName, to: $"/account/sign-in?returnUrl={wanted}");
            Assert.Equal((HttpStatusCode.Found, leads), (browser.Status, browser.Location));

            await browser.GoAsync($"/account/sign-in?returnUrl={wanted}");
            Assert.Equal((HttpStatusCode.Found, leads), (browser.Status, browser.Location));
        }
    }

    [Theory, BothDatabases, Trait("contract", "M-006")]
    public async Task A_weaker_hash_becomes_Argon2id_when_its_owner_signs_in(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        var account = await Given.AccountAsync(site.Open, Roles.Customer, hash: new PasswordHasher<User>().HashPassword(new User(), Given.Password));
        using var browser = site.Browser();
        await browser.SignInAsync(account.UserName, "wrong-7");
        Assert.StartsWith("AQ", await HashAsync(site, account), StringComparison.Ordinal);

        await browser.SignInAsync(account.UserName);
        Assert.Equal("/", browser.Location);
        Assert.StartsWith("$argon2id$v=19$m=19456,t=2,p=1$", await HashAsync(site, account), StringComparison.Ordinal);

        using var again = site.Browser();
        await again.SignInAsync(account.UserName);
        Assert.Equal("/", again.Location);
    }

    private static (string Wanted, string Leads)[] ReturnUrls =>
    [
        ("/leads%3Fstatus%3DNew", "/leads?status=New"), ("%2Faccount%2Fpassword", "/account/password"), ("", "/"), ("//evil.example", "/"),
        ("/\\evil.example", "/"), ("https:evil.example", "/"), ("https%3A%2F%2Fevil.example", "/"), ("/%09/evil.example", "/"), ("/%0A/evil.example", "/"),
        ("@evil.example", "/"), ("javascript:alert(1)", "/"), ("%5C%5Cevil.example", "/"), ("/today%5C..%5C%5Cevil", "/"), ("~/evil", "/"), ("evil.example", "/"),
    ];

    private static async Task<string> HashAsync(TestSite site, TestAccount account)
    {
        await using var db = site.Open();
        return (await db.Users.SingleAsync(u => u.Id == account.Id)).PasswordHash!;
    }

    private static string WithoutWhatWasTyped(TestBrowser browser)
    {
        browser.Control(Who).SetAttribute("value", "");
        return Tokens().Replace(browser.Page.DocumentElement.OuterHtml, "");
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"[^\"]*\"|<!--.*?-->", RegexOptions.NonBacktracking)]
    private static partial Regex Tokens();
}
