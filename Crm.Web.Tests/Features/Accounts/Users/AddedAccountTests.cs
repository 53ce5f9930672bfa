using Crm.Data.Storage;
using Crm.Web.Features.Accounts.Passwords;
using Crm.Web.Features.Accounts.Recovery;
using Crm.Web.Features.Accounts.Staff;
using Crm.Web.Features.Accounts.Users;
using Crm.Web.Features.Messaging.Mails;
using Crm.Web.Platform.Access;
using Crm.Web.Tests.Features.Accounts.Registration;
using Crm.Web.Tests.Ground;

namespace Crm.Web.Tests.Features.Accounts.Users;

/// <summary>An account that the owner added has no password yet.</summary>
public sealed class AddedAccountTests
{
    private const string Email = "added@mail.example";
    private const string Password = "Cassava & 2 limes";
    private static readonly CancellationToken Ct = CancellationToken.None;

    [Theory, BothDatabases, Trait("contract", "M-229")]
    public async Task Its_holder_chooses_the_first_password_by_the_link_for_forgotten_ones(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var added = (await shop.As(TestPeople.Owner).Get<UserService>().AddAsync(new UserEdit("added", Email, "Ama", "Boakye", Roles.Agent, null), Ct)).Value;

        await AskAsync(shop, Email);

        await using var db = shop.Open();
        var secret = Joining.SecretIn((await TestMail.LastToAsync<PasswordResetMail>(db, Email))!.Link);
        Assert.Null((await shop.AsStranger().Get<PasswordReset>().ResetAsync(new PasswordResetForm { Token = secret, New = Password, Repeated = Password }, Ct)).Error);
        Assert.True(await shop.AsStranger().Get<PasswordCheck>().PassesAsync(added.Id, Password, Ct));
    }

    [Theory, BothDatabases]
    public async Task Whoever_was_invited_begins_by_the_invitation_alone_even_when_it_is_over(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        Assert.Null((await shop.As(TestPeople.Owner).Get<StaffInvitations>().InviteAsync(new StaffInvitation { FirstName = "Kofi", Email = Email, Role = Roles.Agent }, Ct)).Error);

        await AskAsync(shop, Email);
        shop.Clock.Advance(TimeSpan.FromDays(8));
        await AskAsync(shop, Email);

        await using var db = shop.Open();
        Assert.Null(await TestMail.LastToAsync<PasswordResetMail>(db, Email));
    }

    private static async Task AskAsync(TestShop shop, string email)
    {
        Assert.Null((await shop.AsStranger().Get<PasswordReset>().AskAsync(new AccountLinkForm { Identifier = email }, Ct)).Error);
        await TestLinks.SeeToAsync(shop);
    }
}
