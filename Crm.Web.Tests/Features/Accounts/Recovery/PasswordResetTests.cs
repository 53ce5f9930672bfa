using Crm.Data.Accounts;
using Crm.Data.Storage;
using Crm.Web.Features.Accounts.Passwords;
using Crm.Web.Features.Accounts.Recovery;
using Crm.Web.Features.Accounts.Tokens;
using Crm.Web.Features.Messaging.Mails;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Limits;
using Crm.Web.Platform.Results;
using Crm.Web.Tests.Features.Accounts.Registration;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Accounts.Recovery;

public sealed class PasswordResetTests
{
    private const string New = "Cassava & 2 limes";

    [Theory, BothDatabases, Trait("contract", "M-018")]
    public async Task The_link_sets_a_password_once_and_ends_sessions_and_other_links(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var account = await Given.AccountAsync(shop.Open, Roles.Customer);
        await using (var before = shop.Open())
        {
            before.Sessions.Add(new Session { UserId = account.Id, Kind = SessionKind.Api, StartedAt = shop.Clock.Now, ExpiresAt = shop.Clock.Now.AddDays(1) });
            await before.SaveChangesAsync();
        }
        var stamp = await StampAsync(shop, account.Id);
        var secret = await SecretAsync(shop, account.Email, account.Email);
        var reset = shop.AsStranger().Get<PasswordReset>();

        Assert.Null((await reset.ResetAsync(Form(secret), CancellationToken.None)).Error);

        Assert.True(await shop.AsStranger().Get<PasswordCheck>().PassesAsync(account.Id, New, CancellationToken.None));
        Assert.NotEqual(stamp, await StampAsync(shop, account.Id));
        Assert.IsType<TokenUsed>((await reset.ResetAsync(Form(secret), CancellationToken.None)).Error);
        Assert.IsType<TokenUsed>((await reset.LookAsync(secret, CancellationToken.None)).Error);
        await using var db = shop.Open();
        Assert.Equal(shop.Clock.Now, (await db.Sessions.SingleAsync(s => s.UserId == account.Id)).EndedAt);
        Assert.True((await db.Users.SingleAsync(u => u.Id == account.Id)).EmailConfirmed);
        Assert.Equal("/account/forgot", (await TestMail.LastToAsync<PasswordChangedMail>(db, account.Email))!.Link);
    }

    [Theory, BothDatabases]
    public async Task A_resting_account_is_let_in_again_by_its_new_password(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var account = await Given.AccountAsync(shop.Open, Roles.Customer);
        var check = shop.AsStranger().Get<PasswordCheck>();
        for (var i = 0; i < 5; i++) Assert.False(await check.PassesAsync(account.Id, "wrong-7", CancellationToken.None));
        Assert.False(await check.PassesAsync(account.Id, Given.Password, CancellationToken.None));

        Assert.Null((await shop.AsStranger().Get<PasswordReset>().ResetAsync(Form(await SecretAsync(shop, account.Email, account.Email)), CancellationToken.None)).Error);

        Assert.True(await check.PassesAsync(account.Id, New, CancellationToken.None));
        await using var db = shop.Open();
        var user = await db.Users.SingleAsync(u => u.Id == account.Id);
        Assert.Equal((0, 0, null), (user.AccessFailedCount, user.Lockouts, user.LockoutEnd));
    }

    [Theory, BothDatabases, Trait("contract", "M-019")]
    public async Task After_an_hour_the_link_is_too_old(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var account = await Given.AccountAsync(shop.Open, Roles.Agent);
        var secret = await SecretAsync(shop, account.UserName, account.Email);
        shop.Clock.Advance(TimeSpan.FromHours(1));

        Assert.IsType<TokenExpired>((await shop.AsStranger().Get<PasswordReset>().ResetAsync(Form(secret), CancellationToken.None)).Error);
    }

    [Theory, BothDatabases]
    public async Task Whatever_somebody_signs_in_with_names_the_account_and_the_mail_goes_to_its_address(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var account = await Given.AccountAsync(shop.Open, Roles.Customer);
        foreach (var identifier in new[] { account.Email.ToUpperInvariant(), account.UserName, account.Typed })
            Assert.NotEmpty(await SecretAsync(shop, identifier, account.Email));
    }

    [Theory, BothDatabases]
    public async Task Asking_again_leaves_the_link_before_good_and_success_ends_them_all(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var account = await Given.AccountAsync(shop.Open, Roles.Customer);
        var mine = await SecretAsync(shop, account.Email, account.Email);
        shop.Clock.Advance(TimeSpan.FromMinutes(1));
        var another = await SecretAsync(shop, account.Email, account.Email);
        Assert.NotEqual(mine, another);
        var reset = shop.AsStranger().Get<PasswordReset>();

        Assert.Null((await reset.ResetAsync(Form(mine), CancellationToken.None)).Error);

        Assert.IsType<TokenUsed>((await reset.ResetAsync(Form(another), CancellationToken.None)).Error);
    }

    [Theory, BothDatabases]
    public async Task A_complaint_leaves_the_link_good(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var account = await Given.AccountAsync(shop.Open, Roles.Customer);
        var secret = await SecretAsync(shop, account.Email, account.Email);
        var reset = shop.AsStranger().Get<PasswordReset>();

        var refusal = Assert.IsAssignableFrom<InvalidError>((await reset.ResetAsync(new PasswordResetForm { Token = secret, New = "P@ssw0rd", Repeated = "p" }, CancellationToken.None)).Error);

        Assert.Equal("This password is too common.", refusal.For("New"));
        Assert.Equal("Password fields didn't match.", refusal.For("Repeated"));
        Assert.Null((await reset.ResetAsync(Form(secret), CancellationToken.None)).Error);
    }

    [Theory, BothDatabases]
    public async Task The_password_that_is_forgotten_is_no_new_one_and_only_the_link_tells_so(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var account = await Given.AccountAsync(shop.Open, Roles.Customer);
        var secret = await SecretAsync(shop, account.Email, account.Email);
        var reset = shop.AsStranger().Get<PasswordReset>();
        PasswordResetForm Present(string token) => new() { Token = token, New = Given.Password, Repeated = Given.Password };

        Assert.Equal(("New", PasswordRule.Same), Assert.IsType<InvalidError>((await reset.ResetAsync(Present(secret), CancellationToken.None)).Error) is var refusal ? (refusal.Field, refusal.Message) : default);
        Assert.IsType<TokenUnknown>((await reset.ResetAsync(Present("guessed"), CancellationToken.None)).Error);
        Assert.Null((await reset.ResetAsync(Form(secret), CancellationToken.None)).Error);
        Assert.IsType<TokenUsed>((await reset.ResetAsync(Present(secret), CancellationToken.None)).Error);
    }

    [Theory, BothDatabases]
    public async Task A_link_of_another_purpose_sets_no_password(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await shop.RegisterAsync(Joining.Form());

        Assert.IsType<TokenUnknown>((await shop.AsStranger().Get<PasswordReset>().ResetAsync(Form(await shop.VerifySecretAsync()), CancellationToken.None)).Error);
    }

    [Theory, BothDatabases]
    public async Task A_password_change_puts_the_link_out_of_use(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var account = await Given.AccountAsync(shop.Open, Roles.Customer);
        var secret = await SecretAsync(shop, account.Email, account.Email);

        var change = shop.As(new TestPerson(account.Id, account.UserName, Roles.Customer, "N", "N")).Get<PasswordChange>();
        Assert.Null((await change.ChangeAsync(new PasswordChangeForm { Current = Given.Password, New = New, Repeated = New }, CancellationToken.None)).Error);

        Assert.IsType<TokenUsed>((await shop.AsStranger().Get<PasswordReset>().ResetAsync(Form(secret), CancellationToken.None)).Error);
        await using var db = shop.Open();
        Assert.NotNull(await TestMail.LastToAsync<PasswordChangedMail>(db, account.Email));
    }

    [Theory, BothDatabases]
    public async Task Whoever_squatted_on_the_address_keeps_no_way_back_in(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var id = (await shop.RegisterAsync(Joining.Form())).Value.UserId;
        await using (var before = shop.Open())
        {
            var squatted = await before.Users.SingleAsync(u => u.Id == id);
            (squatted.TwoFactorEnabled, squatted.AuthenticatorKey) = (true, "theirs");
            before.RecoveryCodes.Add(new RecoveryCode { UserId = id, Hash = [1] });
            await before.SaveChangesAsync();
        }
        var secret = await SecretAsync(shop, Joining.Email, Joining.Email);

        Assert.Null((await shop.AsStranger().Get<PasswordReset>().ResetAsync(Form(secret), CancellationToken.None)).Error);

        await using var db = shop.Open();
        var user = await db.Users.SingleAsync(u => u.Id == id);
        Assert.Equal((false, null, true), (user.TwoFactorEnabled, user.AuthenticatorKey, user.EmailConfirmed));
        Assert.False(await db.RecoveryCodes.AnyAsync(c => c.UserId == id));
    }

    [Theory, BothDatabases]
    public async Task A_second_factor_of_a_proved_account_stays(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await using var db = shop.Open();
        var user = await db.Users.SingleAsync(u => u.Id == TestPeople.CustomerA.UserId);
        user.SetPassword(await shop.Get<PasswordHasher>().HashAsync(Given.Password, CancellationToken.None));
        (user.TwoFactorEnabled, user.AuthenticatorKey) = (true, "mine");
        await db.SaveChangesAsync();

        Assert.Null((await shop.AsStranger().Get<PasswordReset>().ResetAsync(Form(await SecretAsync(shop, user.Email!, user.Email!)), CancellationToken.None)).Error);

        await using var after = shop.Open();
        Assert.True((await after.Users.SingleAsync(u => u.Id == user.Id)).TwoFactorEnabled);
    }

    [Theory, BothDatabases]
    public async Task Nobody_is_sent_more_than_an_hours_links_whoever_asks(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var account = await Given.AccountAsync(shop.Open, Roles.Customer);
        var reset = shop.AsStranger().Get<PasswordReset>();
        for (var i = 0; i < 10; i++) Assert.Null((await reset.AskAsync(new AccountLinkForm { Identifier = account.Email }, CancellationToken.None)).Error);
        Assert.IsType<TooManyRequests>((await reset.AskAsync(new AccountLinkForm { Identifier = "nobody@mail.example" }, CancellationToken.None)).Error);
        Assert.Null((await shop.As(TestPeople.Agent).Get<PasswordReset>().AskAsync(new AccountLinkForm { Identifier = account.Email }, CancellationToken.None)).Error);

        await TestLinks.SeeToAsync(shop);

        await using var db = shop.Open();
        Assert.Equal(10, (await TestMail.WaitingAsync(db)).Count(m => m.Mail is PasswordResetMail));
    }

    [Theory, BothDatabases]
    public async Task Known_and_unknown_names_cost_the_same_work_and_a_switched_off_account_gets_no_mail(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var closed = await Given.AccountAsync(shop.Open, Roles.Customer, active: false);
        var reset = shop.AsStranger().Get<PasswordReset>();
        await using var db = shop.Open();
        foreach (var identifier in new[] { "nobody@mail.example", closed.Email, "\u202egnehca", "+1 416 555 0100" })
        {
            var before = await db.OutboxMessages.CountAsync();
            Assert.Null((await reset.AskAsync(new AccountLinkForm { Identifier = identifier }, CancellationToken.None)).Error);
            Assert.Equal(before + 1, await db.OutboxMessages.CountAsync());
            Assert.Equal(0, await db.OneTimeTokens.CountAsync());
        }

        await TestLinks.SeeToAsync(shop);

        Assert.Empty(await TestMail.WaitingAsync(db));
    }

    private static PasswordResetForm Form(string secret) => new() { Token = secret, New = New, Repeated = New };

    private static async Task<string> SecretAsync(TestShop shop, string identifier, string email)
    {
        Assert.Null((await shop.AsStranger().Get<PasswordReset>().AskAsync(new AccountLinkForm { Identifier = identifier }, CancellationToken.None)).Error);
        await TestLinks.SeeToAsync(shop);
        await using var db = shop.Open();
        return Joining.SecretIn((await TestMail.LastToAsync<PasswordResetMail>(db, email))!.Link);
    }

    private static async Task<string?> StampAsync(TestShop shop, Guid id)
    {
        await using var db = shop.Open();
        return await db.Users.Where(u => u.Id == id).Select(u => u.SecurityStamp).SingleAsync();
    }
}
