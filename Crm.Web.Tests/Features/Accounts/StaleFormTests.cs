using System.Net;
using Crm.Data.Storage;
using Crm.Web.Platform.Access;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Accounts;

/// <summary>A form that comes too late is nobody's error: it leads to a fresh one, nothing of it is done, and no password is sent back.</summary>
public sealed class StaleFormTests(TestSites sites) : IClassFixture<TestSites>
{
    private const string Note = "Nothing was done. Here it is afresh: please do the last step again.";
    private const string Secret = "Typed-secret-77";

    [Theory, BothDatabases, Trait("contract", "M-050")]
    public async Task Each_form_for_strangers_comes_afresh_with_the_names_that_were_typed(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        foreach (var (path, button, fields, kept) in new (string, string, (string, string)[], string[])[]
        {
            ("/account/sign-in?returnUrl=%2Fme", "Sign in", [(SignInPageTests.Who, "Ọláyínká"), ("Password", Secret)], [SignInPageTests.Who]),
            ("/account/register", "Join", [("First name", "Ọlá"), ("Last name (optional)", "N'Dour"), ("E-mail", "ola@mail.example"), ("Mobile number (optional)", "416 555 0100"), ("Password", Secret), ("Password again", Secret)],
                ["First name", "Last name (optional)", "E-mail", "Mobile number (optional)"]),
            ("/account/forgot", "Send me a link", [(SignInPageTests.Who, "olayinka")], [SignInPageTests.Who]),
            ("/account/verify-again", "Send me a link", [(SignInPageTests.Who, "olayinka")], [SignInPageTests.Who]),
            ("/account/reset?token=x", "Set the new password", [("New password", Secret), ("New password again", Secret)], []),
            ("/account/verify?token=x", "Confirm my e-mail", [], []),
            ("/account/email/confirm?token=x", "Use this address", [], []),
            ("/account/invitation?token=x", "Start working", [("Password", Secret), ("Password again", Secret)], []),
        })
        {
            using var opened = site.Browser();
            await opened.GoAsync(path);
            using var browser = site.Browser();
            browser.Show(opened);
            await using var db = site.Open();
            var before = await TableContents.ReadAsync(db);

            await browser.SubmitAsync(button, fields);

            Assert.Equal((HttpStatusCode.SeeOther, $"{path}{(path.Contains('?', StringComparison.Ordinal) ? "&" : "?")}again=1"), (browser.Status, browser.Location));
            Assert.DoesNotContain(browser.SetCookies, c => c.Contains(Secret, StringComparison.Ordinal) || c.Contains("Ọlá", StringComparison.Ordinal) || c.StartsWith("__Host-session", StringComparison.Ordinal));
            await browser.FollowAsync();
            Assert.Equal(HttpStatusCode.OK, browser.Status);
            Assert.Contains(Note, browser.Text, StringComparison.Ordinal);
            Assert.Equal(fields.Where(f => kept.Contains(f.Item1)), kept.Select(label => (label, browser.Control(label).Value)));
            Assert.DoesNotContain(Secret, browser.Page.Source.Text, StringComparison.Ordinal);
            Assert.Equal(before, await TableContents.ReadAsync(db));

            await browser.GoAsync(path);
            Assert.DoesNotContain(Note, browser.Text, StringComparison.Ordinal);
            Assert.All(kept, label => Assert.Equal("", browser.Control(label).Value));
        }
    }

    [Theory, BothDatabases]
    public async Task The_fresh_form_works(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        var account = await Given.AccountAsync(site.Open, Roles.Customer);
        using var opened = site.Browser();
        await opened.GoAsync("/account/sign-in?returnUrl=%2Fme");
        using var browser = site.Browser();
        browser.Show(opened);
        await browser.SubmitAsync("Sign in", (SignInPageTests.Who, account.Email), ("Password", Given.Password));
        await browser.FollowAsync();

        await browser.SubmitAsync("Sign in", ("Password", Given.Password));

        Assert.Equal("/me", browser.Location);
    }

    [Theory, BothDatabases]
    public async Task Whoever_signed_in_in_another_tab_just_goes_on(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        var account = await Given.AccountAsync(site.Open, Roles.Customer);
        foreach (var name in new[] { account.Email.ToUpperInvariant(), account.UserName, account.Typed, "" })
        {
            using var browser = site.Browser();
            await browser.GoAsync("/account/sign-in?returnUrl=%2Fme%2Forders");
            using var tab = browser.Tab();
            await tab.SignInAsync(account.UserName);

            await browser.SubmitAsync("Sign in", (SignInPageTests.Who, name), ("Password", "perhaps mistyped 1"));
            await browser.FollowAsync();

            Assert.Equal("/me/orders", browser.Location);
        }
    }

    [Theory, BothDatabases]
    public async Task Whoever_wants_to_come_in_as_somebody_else_is_asked_and_the_first_is_signed_out(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        var (first, second) = (await Given.AccountAsync(site.Open, Roles.Customer), await Given.AccountAsync(site.Open, Roles.Agent));
        using var browser = site.Browser();
        await browser.GoAsync("/account/sign-in");
        using var tab = browser.Tab();
        await tab.SignInAsync(first.UserName);

        await browser.SubmitAsync("Sign in", (SignInPageTests.Who, second.UserName), ("Password", Given.Password));
        await browser.FollowAsync();
        Assert.Equal((HttpStatusCode.OK, second.UserName, ""), (browser.Status, browser.Control(SignInPageTests.Who).Value, browser.Control("Password").Value));
        Assert.Contains("You are signed in here as Nkẹ́chi Number", browser.Text, StringComparison.Ordinal);
        await browser.SubmitAsync("Sign in", ("Password", "wrong-7"));
        Assert.StartsWith("That sign-in and password do not belong together.", browser.Alert, StringComparison.Ordinal);
        await browser.SubmitAsync("Sign in", ("Password", Given.Password));

        Assert.Equal("/", browser.Location);
        await browser.FollowAsync();
        Assert.Equal("/today", browser.Location);
        await using var db = site.Open();
        Assert.NotNull((await db.Sessions.SingleAsync(s => s.UserId == first.Id)).EndedAt);
        Assert.Null((await db.Sessions.SingleAsync(s => s.UserId == second.Id)).EndedAt);
    }

    [Theory, BothDatabases]
    public async Task A_form_of_one_person_does_nothing_for_whoever_is_signed_in_by_then(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        var (first, second) = (await Given.AccountAsync(site.Open, Roles.Customer), await Given.AccountAsync(site.Open, Roles.Customer));
        foreach (var (path, button, fields, kept) in new (string, string, (string, string)[], string?)[]
        {
            ("/account/password", "Change password", [("Password you use now", Given.Password), ("New password", Secret), ("New password again", Secret)], null),
            ("/account/email", "Send me a link", [("New e-mail", "other@mail.example"), ("Your password", Given.Password)], "New e-mail"),
            ("/account/two-step", "Switch on", [("Code", "123456"), ("Your password", Given.Password)], null),
            ("/account/passkeys", "Add a passkey", [("Name", "Blue phone"), ("Your password", Given.Password)], null),
            ("/account/delete", "Ask to delete my account", [("Your password", Given.Password)], null),
        })
        {
            using var browser = site.Browser();
            await browser.SignInAsync(first.UserName);
            await browser.GoAsync(path);
            using var tab = browser.Tab();
            await tab.GoAsync("/me");
            await tab.SubmitAsync("Sign out");
            await tab.SignInAsync(second.UserName);
            await tab.GoAsync("/account/two-step"); // a key waits there, as soon as it was looked at
            await using var db = site.Open();
            var before = await TableContents.ReadAsync(db);

            await browser.SubmitAsync(button, fields);

            Assert.Equal((path, $"{path}?again=1"), (path, browser.Location));
            await browser.FollowAsync();
            Assert.Contains(Note, browser.Text, StringComparison.Ordinal);
            if (kept is not null) Assert.Equal("other@mail.example", browser.Control(kept).Value);
            Assert.DoesNotContain(Secret, browser.Page.Source.Text, StringComparison.Ordinal);
            Assert.Equal(before, await TableContents.ReadAsync(db));
        }
    }

    [Theory, BothDatabases]
    public async Task A_button_of_a_page_that_is_too_old_leads_back_to_that_page(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        var account = await Given.AccountAsync(site.Open, Roles.Customer);
        using var browser = site.Browser();
        await browser.SignInAsync(account.UserName);
        await browser.GoAsync("/me/orders");
        using var tab = browser.Tab();
        await tab.GoAsync("/me");
        await tab.SubmitAsync("Sign out");

        await browser.SubmitAsync("Sign out");

        Assert.Equal("/me/orders?again=1", browser.Location);
        await browser.FollowAsync();
        Assert.Equal("/account/sign-in?returnUrl=%2Fme%2Forders%3Fagain%3D1", browser.Location);
    }

    [Theory, BothDatabases]
    public async Task A_form_that_its_page_has_no_more_leads_back_too(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        var account = await Given.AccountAsync(site.Open, Roles.Customer);
        using var browser = site.Browser();
        await browser.SignInAsync(account.UserName);
        await browser.GoAsync("/account/delete");
        var token = browser.Page.QuerySelector("form input[name=__RequestVerificationToken]")!.GetAttribute("value")!;

        await browser.PostAsync("/account/delete?x=1", [new("_handler", "gone"), new("__RequestVerificationToken", token)]);

        Assert.Equal((HttpStatusCode.SeeOther, "/account/delete?x=1&again=1"), (browser.Status, browser.Location));
        await browser.FollowAsync();
        Assert.Contains(Note, browser.Text, StringComparison.Ordinal);
    }
}
