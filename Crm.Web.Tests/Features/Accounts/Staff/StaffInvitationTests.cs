using Crm.Data.Storage;
using Crm.Web.Features.Accounts.Recovery;
using Crm.Web.Features.Accounts.Staff;
using Crm.Web.Features.Accounts.Tokens;
using Crm.Web.Features.Messaging.Mails;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Accounts.Staff;

/// <summary>Somebody is asked by mail to work here, and comes in by the link.</summary>
[Trait("contract", "M-049")]
public sealed class StaffInvitationTests
{
    private const string Good = "Yam-and-plantain-7";
    private static readonly CancellationToken Ct = CancellationToken.None;

    [Theory, BothDatabases]
    public async Task The_link_of_the_mail_sets_the_password_and_signs_in_once(DatabaseKind kind)
    {
        await using var site = await TestSite.OpenAsync(kind);
        var row = (await InviteAsync(site, "Kofi", Roles.Manager)).Value;
        Assert.Equal((true, false, Roles.Manager), (row.IsInvited, row.HasPassword, row.Role));
        Assert.Equal(TestClock.Start.AddDays(7), row.InvitedUntil);
        string link;
        await using (var db = site.Open())
        {
            var mail = (await TestMail.LastToAsync<StaffInvitationMail>(db, "kofi@example.com"))!;
            Assert.Equal(("Kofi", Roles.Manager, TestPeople.Owner.Name), (mail.Name, mail.Role, mail.InvitedBy));
            link = mail.Link;
        }

        using var browser = site.Browser();
        await browser.GoAsync(link);
        Assert.Contains("Welcome, Kofi", browser.Text, StringComparison.Ordinal);
        await browser.SubmitAsync("Start working", ("Password", "short"), ("Password again", "short"));
        Assert.Contains("too short", browser.Complaint("Password"), StringComparison.Ordinal);
        await browser.SubmitAsync("Start working", ("Password", Good), ("Password again", Good));
        Assert.Equal("/today", browser.Location);
        await browser.FollowAsync();
        Assert.Equal(System.Net.HttpStatusCode.OK, browser.Status);

        using var second = site.Browser();
        await second.GoAsync(link);
        Assert.Contains("This invitation is over", second.Text, StringComparison.Ordinal);
        await using var read = site.Open();
        Assert.True(await read.Users.AnyAsync(u => u.Id == row.Id && u.EmailConfirmed && u.PasswordHash != null, Ct));
    }

    [Theory, BothDatabases]
    public async Task A_new_link_ends_the_old_and_seven_days_end_every_link(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var invitations = shop.As(TestPeople.Owner).Get<StaffInvitations>();
        var row = (await invitations.InviteAsync(new StaffInvitation { FirstName = "Kofi", Email = "kofi@example.com", Role = Roles.Agent }, Ct)).Value;
        var first = await TokenAsync(shop);

        Assert.Null((await invitations.InviteAgainAsync(row.Id, Ct)).Error);

        var stranger = shop.AsStranger().Get<StaffInvitations>();
        Assert.IsType<TokenUsed>((await stranger.AcceptAsync(Form(first), Ct)).Error);
        var second = await TokenAsync(shop);
        Assert.NotEqual(first, second);
        shop.Clock.Advance(TimeSpan.FromDays(7));
        Assert.IsType<TokenExpired>((await stranger.AcceptAsync(Form(second), Ct)).Error);
    }

    [Theory, BothDatabases]
    public async Task A_withdrawn_invitation_leaves_no_account_and_an_accepted_one_is_not_withdrawn(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var invitations = shop.As(TestPeople.Owner).Get<StaffInvitations>();
        var invitation = new StaffInvitation { FirstName = "Kofi", Email = "kofi@example.com", Role = Roles.Agent };
        var row = (await invitations.InviteAsync(invitation, Ct)).Value;
        var token = await TokenAsync(shop);

        Assert.Null((await invitations.WithdrawAsync(row.Id, Ct)).Error);
        Assert.IsType<TokenUnknown>((await shop.AsStranger().Get<StaffInvitations>().AcceptAsync(Form(token), Ct)).Error);
        Assert.IsType<StaffNotFound>((await shop.As(TestPeople.Owner).Get<StaffQueries>().GetAsync(row.Id, Ct)).Error);

        var again = (await invitations.InviteAsync(invitation, Ct)).Value;
        Assert.Null((await shop.AsStranger().Get<StaffInvitations>().AcceptAsync(Form(await TokenAsync(shop)), Ct)).Error);
        Assert.IsType<NotInvited>((await invitations.WithdrawAsync(again.Id, Ct)).Error);
        Assert.IsType<NotInvited>((await invitations.InviteAgainAsync(again.Id, Ct)).Error);
    }

    [Theory, BothDatabases]
    public async Task A_known_address_is_refused_in_words_and_nothing_changes(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var invitations = shop.As(TestPeople.Owner).Get<StaffInvitations>();
        await using var db = shop.Open();
        var before = await TableContents.ReadAsync(db);

        var colleague = await invitations.InviteAsync(new StaffInvitation { FirstName = "X", Email = "AMA@example.com" }, Ct);
        var customer = await invitations.InviteAsync(new StaffInvitation { FirstName = "X", Email = "achieng@example.com" }, Ct);
        var userName = await invitations.InviteAsync(new StaffInvitation { FirstName = "X", Email = "x@example.com", UserName = "Malik" }, Ct);
        var nonsense = await invitations.InviteAsync(new StaffInvitation { FirstName = " ", Email = "x", Role = Roles.Customer }, Ct);

        Assert.Equal("This is the address of Ama Boakye, who has an account here.", Assert.IsType<AccountExists>(colleague.Error).Message);
        Assert.Contains("customer", Assert.IsType<AccountExists>(customer.Error).Message, StringComparison.Ordinal);
        Assert.Equal("UserName", Assert.IsType<AccountExists>(userName.Error).Field);
        foreach (var bad in new[] { "416-555-0199", "malik@example.com", "m\u0430lik", "ma\u200dlik" })
            Assert.NotNull(Assert.IsAssignableFrom<InvalidError>((await invitations.InviteAsync(new StaffInvitation { FirstName = "X", Email = "x@example.com", UserName = bad }, Ct)).Error).For("UserName"));
        Assert.Equal(["FirstName", "Email", "Role"], Assert.IsType<Web.Platform.Results.InvalidError>(nonsense.Error).All.Select(c => c.Field));
        Assert.Equal(before, await TableContents.ReadAsync(db));
    }

    private static async Task<Web.Platform.Results.Result<StaffRow>> InviteAsync(TestSite site, string name, string role)
    {
        await using var scope = site.Get<IServiceScopeFactory>().CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Become(TestPeople.Owner.Principal(), "192.0.2.7");
        return await scope.ServiceProvider.GetRequiredService<StaffInvitations>()
            .InviteAsync(new StaffInvitation { FirstName = name, Email = $"{name}@example.com".ToLowerInvariant(), Role = role }, Ct);
    }

    private static async Task<string> TokenAsync(TestShop shop)
    {
        await using var db = shop.Open();
        return (await TestMail.LastToAsync<StaffInvitationMail>(db, "kofi@example.com"))!.Link.Split("token=")[1];
    }

    private static PasswordResetForm Form(string token) => new() { Token = token, New = Good, Repeated = Good };
}
