using Crm.Data.Storage;
using Crm.Web.Features.Messaging.Mails;
using Crm.Web.Platform.Access;
using Crm.Web.Tests.Features.Accounts.Registration;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Accounts.Email;

public sealed class EmailPagesTests(TestSites sites) : IClassFixture<TestSites>
{
    [Theory, BothDatabases]
    public async Task An_address_is_changed_from_its_page_by_the_link_in_the_mail(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        var account = await Given.AccountAsync(site.Open, Roles.Agent);
        using var browser = site.Browser();
        await browser.SignInAsync(account.UserName);
        await browser.GoAsync("/account/email");
        Assert.Contains(account.Email, browser.Text, StringComparison.Ordinal);

        var wanted = $"new-{account.Email}";
        await browser.SubmitAsync("Send me a link", ("New e-mail", wanted), ("Your password", "wrong"));
        Assert.Equal(("This is not your password.", ""), (browser.Complaint("Your password"), browser.Control("Your password").Value));
        await browser.SubmitAsync("Send me a link", ("New e-mail", wanted), ("Your password", Given.Password));
        Assert.Equal("/account/email?sent=1", browser.Location);
        await using var db = site.Open();
        using var phone = site.Browser();
        await phone.GoAsync((await TestMail.LastToAsync<ConfirmNewEmailMail>(db, wanted))!.Link);
        Assert.Contains(wanted, phone.Text, StringComparison.Ordinal);
        await phone.SubmitAsync("Use this address");
        Assert.Equal("/account/email/confirm?done=1", phone.Location);

        Assert.NotNull(await TestMail.LastToAsync<EmailMovedHereMail>(db, wanted));
        Assert.Equal(wanted, (await TestMail.LastToAsync<EmailMovedAwayMail>(db, account.Email))!.NewEmail);
        await phone.SignInAsync(account.Email);
        Assert.StartsWith("That sign-in and password do not belong together.", phone.Alert, StringComparison.Ordinal);
        await phone.SignInAsync(wanted);
        Assert.Equal("/", phone.Location);
        Assert.Equal(account.UserName, (await db.Users.SingleAsync(u => u.Id == account.Id)).UserName);
    }

    [Theory, BothDatabases, Trait("contract", "M-023")]
    public async Task Whoever_is_not_confirmed_is_told_so_and_gets_another_link(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        var account = await Given.AccountAsync(site.Open, Roles.Customer);
        using var browser = site.Browser();
        await browser.SignInAsync(account.UserName);
        await browser.GoAsync("/account/email");
        Assert.Contains("not confirmed yet", browser.Text, StringComparison.Ordinal);

        await browser.GoAsync("/account/verify-again");
        await browser.SubmitAsync("Send me a link");
        Assert.Equal("/account/verify-again?sent=1", browser.Location);

        await using var db = site.Open();
        Assert.NotEmpty(Joining.SecretIn((await TestMail.LastToAsync<VerifyEmailMail>(db, account.Email))!.Link));
    }

    [Theory, BothDatabases]
    public async Task Asking_to_be_deleted_and_taking_it_back_work_by_plain_forms(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        var account = await Given.AccountAsync(site.Open, Roles.Customer);
        using var browser = site.Browser();
        await browser.SignInAsync(account.UserName);
        await browser.GoAsync("/account/delete");
        await browser.SubmitAsync("Ask to delete my account", ("Your password", "wrong"));
        Assert.Equal("This is not your password.", browser.Complaint("Your password"));
        await browser.SubmitAsync("Ask to delete my account", ("Your password", Given.Password));
        await browser.FollowAsync();
        Assert.Contains("You asked on 20 November 2026", browser.Text, StringComparison.Ordinal);
        await browser.SubmitAsync("Keep my account");
        await browser.FollowAsync();
        Assert.DoesNotContain("You asked on", browser.Text, StringComparison.Ordinal);
    }

    [Theory, BothDatabases]
    public async Task A_stranger_is_asked_to_sign_in(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        using var browser = site.Browser();
        foreach (var path in new[] { "/account/email", "/account/delete" })
        {
            await browser.GoAsync(path);
            Assert.StartsWith("/account/sign-in", browser.Location, StringComparison.Ordinal);
        }
    }
}
