using Crm.Data.Storage;
using Crm.Web.Features.Accounts.Recovery;
using Crm.Web.Features.Accounts.Staff;
using Crm.Web.Features.Accounts.Tokens;
using Crm.Web.Features.Accounts.Users;
using Crm.Web.Features.Messaging.Mails;
using Crm.Web.Platform.Access;
using Crm.Web.Tests.Features.Accounts.Registration;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Accounts.Users;

/// <summary>Once the owner corrects an address, mail to the one before opens nothing.</summary>
public sealed class CorrectedAddressTests
{
    private const string New = "corrected@mail.example";
    private const string Password = "Cassava & 2 limes";
    private static readonly CancellationToken Ct = CancellationToken.None;

    [Theory, BothDatabases]
    public async Task A_reset_link_to_the_old_address_is_dead(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var account = await Given.AccountAsync(shop.Open, Roles.Agent);
        var secret = await ResetSecretAsync(shop, account.Email);

        await CorrectAsync(shop, account.Id);

        var reset = shop.AsStranger().Get<PasswordReset>();
        Assert.IsType<TokenUsed>((await reset.LookAsync(secret, Ct)).Error);
        Assert.IsType<TokenUsed>((await reset.ResetAsync(Form(secret), Ct)).Error);
    }

    [Theory, BothDatabases]
    public async Task A_link_proves_the_address_it_went_to_and_no_other(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var account = await Given.AccountAsync(shop.Open, Roles.Agent);
        var invited = (await shop.As(TestPeople.Owner).Get<StaffInvitations>().InviteAsync(new StaffInvitation { FirstName = "Kofi", Email = "kofi@example.com", Role = Roles.Agent }, Ct)).Value;
        var secret = await ResetSecretAsync(shop, account.Email);
        await using var db = shop.Open();
        var invitation = Joining.SecretIn((await TestMail.LastToAsync<StaffInvitationMail>(db, "kofi@example.com"))!.Link);
        foreach (var (id, address) in new[] { (account.Id, "one@mail.example"), (invited.Id, "two@mail.example") })
        {
            var user = await db.Users.SingleAsync(u => u.Id == id, Ct);
            (user.Email, user.NormalizedEmail) = (address, address.ToUpperInvariant());
        }
        db.MassWrite = "addresses";
        await db.SaveChangesAsync(Ct);

        Assert.IsType<TokenUnknown>((await shop.AsStranger().Get<PasswordReset>().ResetAsync(Form(secret), Ct)).Error);
        Assert.IsType<TokenUnknown>((await shop.AsStranger().Get<StaffInvitations>().LookAsync(invitation, Ct)).Error);
        Assert.IsType<TokenUnknown>((await shop.AsStranger().Get<StaffInvitations>().AcceptAsync(Form(invitation), Ct)).Error);
    }

    [Theory, BothDatabases]
    public async Task A_user_name_that_was_the_address_moves_along_and_the_record_is_verified_no_more(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var id = (await shop.RegisterAsync(Joining.Form())).Value.UserId;
        await using (var before = shop.Open())
        {
            var user = await before.Users.SingleAsync(u => u.Id == id, Ct);
            user.EmailConfirmed = true;
            (await before.Customers.SingleAsync(c => c.UserId == id, Ct)).SetVerified(true);
            await before.SaveChangesAsync(Ct);
        }

        Assert.Equal((New, New), await CorrectAsync(shop, id));

        await using var db = shop.Open();
        Assert.False((await db.Users.SingleAsync(u => u.Id == id, Ct)).EmailConfirmed);
        Assert.False((await db.Customers.SingleAsync(c => c.UserId == id, Ct)).IsVerified);
        Assert.False(await db.OneTimeTokens.AnyAsync(t => t.UserId == id && t.UsedAt == null, Ct));
    }

    private static async Task<(string UserName, string Email)> CorrectAsync(TestShop shop, Guid id)
    {
        var row = (await shop.As(TestPeople.Owner).Get<UserService>().ChangeAsync(id, new UserEdit(null, New, null, null, null, null), Ct)).Value;
        return (row.UserName, row.Email);
    }

    private static PasswordResetForm Form(string secret) => new() { Token = secret, New = Password, Repeated = Password };

    private static async Task<string> ResetSecretAsync(TestShop shop, string email)
    {
        Assert.Null((await shop.AsStranger().Get<PasswordReset>().AskAsync(new AccountLinkForm { Identifier = email }, Ct)).Error);
        await TestLinks.SeeToAsync(shop);
        await using var db = shop.Open();
        return Joining.SecretIn((await TestMail.LastToAsync<PasswordResetMail>(db, email))!.Link);
    }
}
