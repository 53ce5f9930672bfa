using System.Net;
using System.Text.RegularExpressions;
using Crm.Data.Storage;
using Crm.Web.Features.Messaging.Mails;
using Crm.Web.Platform.Access;
using Crm.Web.Tests.Features.Accounts.Bearer;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Accounts.Registration;

public sealed class RegisterPageTests(TestSites sites) : IClassFixture<TestSites>
{
    private const string Path = "/account/register";
    private static int joined;

    [Theory, BothDatabases, Trait("contract", "M-001"), Trait("contract", "M-022"), Trait("contract", "M-023"), Trait("contract", "M-024")]
    public async Task Somebody_joins_proves_the_address_by_the_password_and_signs_in(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        using var browser = site.Browser();
        var email = NewEmail();
        await browser.GoAsync("/account/sign-in");
        Assert.Contains(browser.Page.Links, l => l.GetAttribute("href") == Path);

        await JoinAsync(browser, email);
        Assert.Equal("/account/register?sent=1", browser.Location);
        await browser.FollowAsync();
        Assert.Contains("Look in your mail", browser.Text, StringComparison.Ordinal);

        var link = (await MailAsync<VerifyEmailMail>(site, email)).Link;
        for (var look = 0; look < 3; look++) await browser.GoAsync(link);
        Assert.Equal(("no-referrer", true), (browser.Answer.Headers.GetValues("Referrer-Policy").Single(), browser.Answer.Headers.CacheControl!.NoStore));
        Assert.False(await ConfirmedAsync(site, email));
        await browser.SubmitAsync("Confirm my e-mail", ("Your password", "not this one 1"));
        Assert.Equal(("This is not the password of the account.", ""), (browser.Complaint("Your password"), browser.Control("Your password").Value));
        Assert.Contains(browser.Page.Links, l => l.GetAttribute("href") == "/account/forgot");
        Assert.False(await ConfirmedAsync(site, email));
        await browser.SubmitAsync("Confirm my e-mail", ("Your password", Joining.Password));
        Assert.Equal("/account/verify?done=1", browser.Location);
        Assert.True(await ConfirmedAsync(site, email));
        await browser.GoAsync(link);
        Assert.StartsWith("This link was used already.", browser.Alert, StringComparison.Ordinal);

        await browser.SignInAsync(email, Joining.Password);
        Assert.Equal("/", browser.Location);
        await browser.GoAsync(Path);
        Assert.Equal("/", browser.Location);
    }

    [Theory, BothDatabases]
    public async Task The_answer_is_the_same_for_a_known_address_in_every_byte_and_header(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        var account = await Given.AccountAsync(site.Open, Roles.Customer);
        site.Clock.Advance(TimeSpan.FromMinutes(10));
        using var one = site.Browser();
        using var two = site.Browser();
        await one.GoAsync(Path);
        await two.GoAsync(Path);

        await JoinAsync(one, NewEmail());
        await JoinAsync(two, account.Email);

        Assert.Equal(Headers(one), Headers(two));
        await one.FollowAsync();
        await two.FollowAsync();
        Assert.Equal(Headers(one), Headers(two));
        Assert.Equal(Body(one), Body(two));
        Assert.Equal(account.Email, (await MailsAsync(site)).Last(m => m.Mail is AccountExistsMail).ToEmail);
        Assert.DoesNotContain(account.Email, two.Page.Source.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Theory, BothDatabases, Trait("contract", "M-003"), Trait("contract", "M-005")]
    public async Task What_is_wrong_is_said_beside_its_field_and_no_password_is_sent_back(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        using var browser = site.Browser();
        await browser.GoAsync(Path);

        await browser.SubmitAsync("Join", ("First name", "A"), ("E-mail", "not one"), ("Mobile number (optional)", "12"), ("Password", "P@ssw0rd"), ("Password again", "P@ssw0rd"));

        Assert.Equal("Enter a valid email address.", browser.Complaint("E-mail"));
        Assert.StartsWith("This is not a whole phone number.", browser.Complaint("Mobile number (optional)"), StringComparison.Ordinal);
        Assert.Equal("This password is too common.", browser.Complaint("Password"));
        Assert.Equal(("", "", "not one"), (browser.Control("Password").Value, browser.Control("Password again").Value, browser.Control("E-mail").Value));
        await browser.SubmitAsync("Join", ("Password", Joining.Password), ("Password again", "another 1!"));
        Assert.Equal("This is not the same as the password above.", browser.Complaint("Password again"));
    }

    [Theory, BothDatabases, Trait("contract", "M-005"), Trait("contract", "M-055")]
    public async Task Everything_that_is_wrong_is_said_at_once_each_at_its_field(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        var taken = kind is DatabaseKind.Sqlite ? "416 555 0931" : "416 555 0932";
        await site.CounterRecordAsync($"+1{taken.Replace(" ", "", StringComparison.Ordinal)}");
        using var browser = site.Browser();
        await browser.GoAsync(Path);

        await browser.SubmitAsync("Join", ("E-mail", "not one"), ("Mobile number (optional)", taken), ("Password", "P@ssw0rd"), ("Password again", "other"));

        Assert.Equal(
            ["Tell us your first name.", "Enter a valid email address.", "We cannot take this number here. Leave it out, or ask us at the counter.", "This password is too common.", "This is not the same as the password above."],
            new[] { "First name", "E-mail", "Mobile number (optional)", "Password", "Password again" }.Select(browser.Complaint));
        Assert.Equal("", browser.Control("Password").Value);
        await browser.SubmitAsync("Join", ("E-mail", "Joined-by-7@mail.example"), ("Mobile number (optional)", ""), ("Password", "joined-by-7@mail.example"), ("Password again", "joined-by-7@mail.example"));
        Assert.Equal(["Tell us your first name.", null, null, "This password is too similar to your name or e-mail address.", null],
            new[] { "First name", "E-mail", "Mobile number (optional)", "Password", "Password again" }.Select(browser.Complaint));
        await using var db = site.Open();
        Assert.False(await db.Users.AnyAsync(u => u.Email == "Joined-by-7@mail.example"));
    }

    [Theory, BothDatabases, Trait("contract", "M-027")]
    public async Task Asking_whether_a_number_is_free_has_an_end(DatabaseKind kind)
    {
        await using var site = await TestSite.OpenAsync(kind, limited: true);
        await site.CounterRecordAsync("+14165550933");
        using var browser = site.Browser();
        await browser.GoAsync(Path);
        for (var i = 0; i < 5; i++)
        {
            await browser.SubmitAsync("Join", ("Mobile number (optional)", "416 555 0933"));
            Assert.StartsWith("We cannot take this number here.", browser.Complaint("Mobile number (optional)"), StringComparison.Ordinal);
        }

        await browser.SubmitAsync("Join", ("Mobile number (optional)", "416 555 0933"));

        Assert.Equal(("Tell us your first name.", null), (browser.Complaint("First name"), browser.Complaint("Mobile number (optional)")));
    }

    [Theory, BothDatabases]
    public async Task Hostile_input_is_refused_and_never_breaks_the_page(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        using var browser = site.Browser();
        foreach (var bad in new[] { new string('a', 10_000), "\u202eolleh", "' OR 1=1 --", "<script>alert(1)</script>", "🍌🍌🍌" })
        {
            await browser.GoAsync(Path);
            await browser.SubmitAsync("Join", ("First name", bad), ("Last name (optional)", bad), ("E-mail", bad), ("Mobile number (optional)", bad), ("Password", bad), ("Password again", bad));
            Assert.Equal(HttpStatusCode.OK, browser.Status);
            Assert.NotNull(browser.Complaint("E-mail"));
            Assert.DoesNotContain("<script>alert", browser.Page.Source.Text, StringComparison.Ordinal);
        }
        await browser.GoAsync(Path);
        await browser.SubmitAsync("Join", ("First name", "A\0"), ("E-mail", "a\0@mail.example"));
        Assert.Equal(HttpStatusCode.BadRequest, browser.Status);
        await browser.GoAsync(Path);
        await browser.SubmitAsync("Join", ("First name", "A"), ("E-mail", NewEmail()), ("Password", new string('a', 10_000)), ("Password again", new string('a', 10_000)));
        Assert.StartsWith("This password is too long.", browser.Complaint("Password"), StringComparison.Ordinal);
    }

    [Theory, BothDatabases, Trait("contract", "M-027")]
    public async Task The_sixth_is_told_to_wait_known_address_or_not(DatabaseKind kind)
    {
        await using var site = await TestSite.OpenAsync(kind, limited: true);
        using var browser = site.Browser();
        for (var i = 0; i < 5; i++)
        {
            await browser.GoAsync(Path);
            await JoinAsync(browser, NewEmail());
        }
        await browser.GoAsync(Path);
        await JoinAsync(browser, "achieng@example.com");
        Assert.Equal(HttpStatusCode.TooManyRequests, browser.Status);
        Assert.Equal("3600", $"{browser.Answer.Headers.RetryAfter}");
    }

    private static string NewEmail() => $"joined{Interlocked.Increment(ref joined)}@mail.example";

    private static async Task JoinAsync(TestBrowser browser, string email)
    {
        if (browser.Page?.QuerySelector("#email") is null) await browser.GoAsync(Path);
        await browser.SubmitAsync("Join", ("First name", "Chidinma"), ("E-mail", email), ("Password", Joining.Password), ("Password again", Joining.Password));
    }

    private static string Headers(TestBrowser browser) =>
        $"{(int)browser.Status} {string.Join('\n', browser.Answer.Headers.Where(h => h.Key is not "Date").Select(h => $"{h.Key}: {Regex.Replace(string.Join(", ", h.Value), "(?<=forms=)[^;]+", "x", RegexOptions.None, TimeSpan.FromSeconds(1))}").Order(StringComparer.Ordinal))}";

    private static string Body(TestBrowser browser) => Regex.Replace(browser.Page.DocumentElement.OuterHtml, "(?<=name=\"__RequestVerificationToken\" value=\")[^\"]+", "x", RegexOptions.None, TimeSpan.FromSeconds(1));

    private static async Task<IReadOnlyList<MailEnvelope>> MailsAsync(TestSite site)
    {
        await using var db = site.Open();
        return await TestMail.WaitingAsync(db);
    }

    private static async Task<TMail> MailAsync<TMail>(TestSite site, string email)
        where TMail : Mail
    {
        await using var db = site.Open();
        return (await TestMail.LastToAsync<TMail>(db, email))!;
    }

    private static async Task<bool> ConfirmedAsync(TestSite site, string email)
    {
        await using var db = site.Open();
        return await db.Users.AnyAsync(u => u.Email == email && u.EmailConfirmed);
    }
}
