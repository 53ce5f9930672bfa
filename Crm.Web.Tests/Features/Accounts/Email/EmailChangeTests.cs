using Crm.Data.Storage;
using Crm.Web.Features.Accounts.Email;
using Crm.Web.Features.Accounts.Tokens;
using Crm.Web.Features.Messaging.Mails;
using Crm.Web.Platform.Access;
using Crm.Web.Tests.Features.Accounts.Registration;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Accounts.Email;

public sealed class EmailChangeTests
{
    private const string New = "chi@new.example";

    [Theory, BothDatabases]
    public async Task Nothing_changes_before_the_new_address_is_proved_then_both_are_told(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var (emails, id) = await SignedInAsync(shop);

        Assert.Null((await emails.AskAsync(new EmailChangeForm { NewEmail = New, Password = Joining.Password }, CancellationToken.None)).Error);
        Assert.Equal(Joining.Email, (await emails.ReadAsync(CancellationToken.None)).Value.Email);
        var secret = await SecretAsync(shop);
        Assert.Equal(New, (await emails.LookAsync(secret, CancellationToken.None)).Value);
        Assert.Equal(New, (await emails.ConfirmAsync(secret, CancellationToken.None)).Value);

        await using var db = shop.Open();
        var user = await db.Users.SingleAsync(u => u.Id == id);
        Assert.Equal((New, New.ToUpperInvariant(), New, true), (user.Email, user.NormalizedEmail, user.UserName, user.EmailConfirmed));
        var customer = await db.Customers.SingleAsync(c => c.UserId == id);
        Assert.Equal((New, true), (customer.Email, customer.IsVerified));
        Assert.NotNull(await TestMail.LastToAsync<EmailMovedHereMail>(db, New));
        Assert.Equal(New, (await TestMail.LastToAsync<EmailMovedAwayMail>(db, Joining.Email))!.NewEmail);
        Assert.IsType<TokenUsed>((await emails.ConfirmAsync(secret, CancellationToken.None)).Error);
        Assert.IsType<TokenUsed>((await shop.AsStranger().Get<EmailVerification>().VerifyAsync(await shop.VerifySecretAsync(), CancellationToken.None)).Error);
    }

    [Theory, BothDatabases]
    public async Task A_wrong_password_or_address_is_said_at_its_field(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var (emails, _) = await SignedInAsync(shop);

        Assert.Equal("This is not your password.", (await emails.AskAsync(new EmailChangeForm { NewEmail = New, Password = "wrong" }, CancellationToken.None)).Error!.Message);
        Assert.Equal("Enter a valid email address.", (await emails.AskAsync(new EmailChangeForm { NewEmail = "no", Password = Joining.Password }, CancellationToken.None)).Error!.Message);
        Assert.Equal("This is the address you have now.", (await emails.AskAsync(new EmailChangeForm { NewEmail = Joining.Email.ToUpperInvariant(), Password = Joining.Password }, CancellationToken.None)).Error!.Message);
    }

    [Theory, BothDatabases]
    public async Task An_address_that_has_an_account_is_answered_alike_and_gets_no_mail(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var (emails, _) = await SignedInAsync(shop);

        Assert.Null((await emails.AskAsync(new EmailChangeForm { NewEmail = "achieng@example.com", Password = Joining.Password }, CancellationToken.None)).Error);

        await using var db = shop.Open();
        Assert.DoesNotContain(await TestMail.WaitingAsync(db), m => m.ToEmail == "achieng@example.com");
    }

    [Theory, BothDatabases]
    public async Task An_address_that_was_taken_meanwhile_is_refused_and_nothing_changes(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var (emails, id) = await SignedInAsync(shop);
        await emails.AskAsync(new EmailChangeForm { NewEmail = New, Password = Joining.Password }, CancellationToken.None);
        var secret = await SecretAsync(shop);
        await shop.RegisterAsync(Joining.Form(New));

        Assert.IsType<EmailTakenMeanwhile>((await emails.ConfirmAsync(secret, CancellationToken.None)).Error);

        await using var db = shop.Open();
        Assert.Equal(Joining.Email, (await db.Users.SingleAsync(u => u.Id == id)).Email);
    }

    private static async Task<(EmailChange Emails, Guid Id)> SignedInAsync(TestShop shop)
    {
        var id = (await shop.RegisterAsync(Joining.Form())).Value.UserId;
        return (shop.As(new TestPerson(id, Joining.Email, Roles.Customer, "Chidinma", "Nwosu")).Get<EmailChange>(), id);
    }

    private static async Task<string> SecretAsync(TestShop shop)
    {
        await using var db = shop.Open();
        return Joining.SecretIn((await TestMail.LastToAsync<ConfirmNewEmailMail>(db, New))!.Link);
    }
}
