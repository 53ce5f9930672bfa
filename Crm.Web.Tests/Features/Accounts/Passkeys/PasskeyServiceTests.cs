using System.Buffers.Text;
using System.Net;
using Crm.Data.Audit;
using Crm.Data.Storage;
using Crm.Web.Features.Accounts;
using Crm.Web.Features.Accounts.Passkeys;
using Crm.Web.Features.Messaging.Mails;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Accounts.Passkeys;

/// <summary>All but the browser's part, which Crm.E2E walks through with an authenticator.</summary>
public sealed class PasskeyServiceTests(TestSites sites) : IClassFixture<TestSites>
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory, BothDatabases]
    public async Task Its_owner_renames_and_removes_it_and_nobody_else_finds_it(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var stored = SomePasskey.Of(TestPeople.Manager.UserId, "Blue phone");
        await using (var db = shop.Open())
        {
            db.UserPasskeys.Add(stored);
            await db.SaveChangesAsync();
        }
        var (mine, theirs) = (shop.As(TestPeople.Manager).Get<PasskeyService>(), shop.As(TestPeople.Agent).Get<PasskeyService>());
        var id = Base64Url.EncodeToString(stored.CredentialId);

        Assert.Empty((await theirs.ListAsync(None)).Value);
        Assert.IsType<PasskeyNotFound>((await theirs.RenameAsync(id, new() { Name = "Mine" }, None)).Error);
        Assert.IsType<PasskeyNotFound>((await theirs.RemoveAsync(id, None)).Error);
        Assert.IsType<PasskeyNotFound>((await mine.RemoveAsync("%00", None)).Error);
        Assert.IsType<ForbiddenError>((await shop.AsStranger().Get<PasskeyService>().RemoveAsync(id, None)).Error);

        await mine.RenameAsync(id, new() { Name = " Green phone " }, None);
        Assert.Equal([("Green phone", TestClock.Start)], (await mine.ListAsync(None)).Value.Select(p => (p.Name, p.AddedAt)));
        Assert.Null((await mine.RemoveAsync(id, None)).Error);
        Assert.Empty((await mine.ListAsync(None)).Value);

        await using var read = shop.Open();
        var row = await read.AuditEntries.SingleAsync(e => e.EntityId == TestPeople.Manager.UserId && e.Action == AuditAction.Noted);
        Assert.Equal(("{\"Deed\":\"Removed the passkey “Green phone”\"}", TestPeople.Manager.Name), (row.After, row.ActorName));
        Assert.Equal(SecurityChange.PasskeyRemoved, (await TestMail.LastToAsync<SecurityChangedMail>(read, "malik@example.com"))!.Change);
    }

    [Theory, BothDatabases]
    public async Task The_question_for_a_new_one_wants_the_password_and_an_answer_wants_the_question(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        var account = await Given.AccountAsync(site.Open, Roles.Customer);
        using var browser = site.Browser();
        await browser.SignInAsync(account.UserName);
        await browser.GoAsync("/account/passkeys");
        var token = Token(browser);

        await browser.PostAsync("/account/passkeys/question", [new("__RequestVerificationToken", token), new("password", "wrong-7")]);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "This is not your password."), (browser.Status, await browser.Answer.Content.ReadAsStringAsync()));
        await browser.PostAsync("/account/passkeys/question", [new("__RequestVerificationToken", token), new("password", Given.Password)]);
        var question = await browser.Answer.Content.ReadAsStringAsync();
        Assert.Contains("\"userVerification\":\"required\"", question, StringComparison.Ordinal);
        Assert.Contains("\"residentKey\":\"required\"", question, StringComparison.Ordinal);
        Assert.Contains("\"id\":\"localhost\"", question, StringComparison.Ordinal);

        await browser.GoAsync("/account/passkeys");
        await browser.SubmitAsync("Add a passkey", ("Name", "Blue phone"), ("Your password", Given.Password));
        Assert.StartsWith("Your browser gave no passkey.", browser.Alert, StringComparison.Ordinal);
        await using var db = site.Open();
        Assert.False(await db.UserPasskeys.AnyAsync(p => p.UserId == account.Id));
    }

    [Theory, BothDatabases]
    public async Task What_is_no_passkey_of_the_shop_lets_nobody_in_and_is_refused_in_words(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        foreach (var credential in new[] { "", "{}", "nonsense", "{\"id\":\"AAAA\",\"rawId\":\"AAAA\",\"type\":\"public-key\",\"response\":{}}", new string('x', 20_001) })
        {
            using var browser = site.Browser();
            await browser.GoAsync("/account/sign-in");
            var token = Token(browser);
            await browser.PostAsync("/account/sign-in/passkey/question", [new("__RequestVerificationToken", token)]);
            Assert.Contains("\"allowCredentials\":[]", await browser.Answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            await browser.PostAsync("/account/sign-in/passkey", [new("__RequestVerificationToken", token), new("credential", credential), new("returnUrl", "//evil.example")]);

            Assert.Equal("/account/sign-in?passkey=refused&returnUrl=%2F", browser.Location);
            Assert.DoesNotContain(browser.SetCookies, c => c.StartsWith("__Host-session=", StringComparison.Ordinal));
            await browser.FollowAsync();
            Assert.StartsWith("This passkey did not work here.", browser.Alert, StringComparison.Ordinal);
        }
    }

    private static string Token(TestBrowser browser) => browser.Page.QuerySelector("form[data-passkey] input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
}
