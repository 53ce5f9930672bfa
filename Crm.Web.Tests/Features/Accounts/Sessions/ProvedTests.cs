using System.Buffers.Text;
using Crm.Data;
using Crm.Data.Accounts;
using Crm.Data.Storage;
using Crm.Web.Features.Accounts;
using Crm.Web.Features.Accounts.Api;
using Crm.Web.Features.Accounts.Deletion;
using Crm.Web.Features.Accounts.Email;
using Crm.Web.Features.Accounts.Passkeys;
using Crm.Web.Features.Accounts.Passwords;
using Crm.Web.Features.Accounts.Sessions;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Crm.Web.Tests.Features.Accounts.Passkeys;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Accounts.Sessions;

/// <summary>What was begun before the password was replaced, or the session ended, comes too late.</summary>
public sealed class ProvedTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory, BothDatabases]
    public async Task A_proof_holds_until_the_stamp_changes_the_account_is_switched_off_or_its_session_ends(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var account = await Given.AccountAsync(shop.Open, Roles.Agent);
        var session = await Given.SessionAsync(shop, account.Id);
        var who = new Proved(account.Id, await StampAsync(shop, account.Id), session.Id);
        Assert.True(await HoldsAsync(shop, who));

        await ChangeAsync(shop, account.Id, user => user.IsActive = false);
        Assert.False(await HoldsAsync(shop, who));
        await ChangeAsync(shop, account.Id, user => user.IsActive = true);
        Assert.True(await HoldsAsync(shop, who));

        await ChangeAsync(shop, account.Id, user => user.EndSessions());
        Assert.False(await HoldsAsync(shop, who));
        who = who with { Stamp = await StampAsync(shop, account.Id) };
        Assert.True(await HoldsAsync(shop, who));
        await using (var db = shop.Open())
        {
            (await db.Sessions.SingleAsync(s => s.Id == session.Id)).End(shop.Clock.Now);
            await db.SaveChangesAsync();
        }
        Assert.False(await HoldsAsync(shop, who));
        Assert.True(await HoldsAsync(shop, who with { SessionId = null }));
    }

    [Theory, BothDatabases]
    public async Task A_wish_to_be_deleted_or_to_move_that_a_new_password_overtook_is_refused(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var account = await Given.AccountAsync(shop.Open, Roles.Customer);
        var desk = shop.As(await PersonAsync(shop, account));

        var deletion = await Overtaken<DeletionRequests>(shop, desk, account).AskAsync(new DeletionForm { Password = Given.Password }, None);
        var move = await Overtaken<EmailChange>(shop, desk, account).AskAsync(new EmailChangeForm { NewEmail = "new@mail.example", Password = Given.Password }, None);

        Assert.Equal(new InvalidError("Password", "This is not your password."), deletion.Error);
        Assert.Equal(new InvalidError("Password", "This is not your password."), move.Error);
        await using var db = shop.Open();
        Assert.Null((await db.Users.SingleAsync(u => u.Id == account.Id)).DeletionAskedAt);
        Assert.False(await db.OneTimeTokens.AnyAsync(t => t.UserId == account.Id));
        Assert.False(await db.OutboxMessages.AnyAsync());
    }

    [Theory, BothDatabases]
    public async Task A_session_that_ended_meanwhile_changes_no_passkey_and_takes_no_wish_back(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var account = await Given.AccountAsync(shop.Open, Roles.Customer);
        var stored = SomePasskey.Of(account.Id, "Blue phone");
        await using (var db = shop.Open())
        {
            db.UserPasskeys.Add(stored);
            (await db.Users.SingleAsync(u => u.Id == account.Id)).DeletionAskedAt = shop.Clock.Now;
            await db.SaveChangesAsync();
        }
        var (early, id) = (shop.AsStranger(), Base64Url.EncodeToString(stored.CredentialId));
        var session = await Given.SessionAsync(shop, account.Id);
        early.Get<CurrentActor>().Become(SessionClaims.Of((await shop.Get<AccountStates>().ReadAsync(account.Id, None))!, session.Id, SignInMethods.Password), "192.0.2.8");
        Assert.Null((await early.Get<PasskeyService>().RenameAsync(id, new() { Name = "Green phone" }, None)).Error);
        await ChangeAsync(shop, account.Id, user => user.SetPassword(user.PasswordHash!));

        Assert.IsType<ForbiddenError>((await early.Get<PasskeyService>().RenameAsync(id, new() { Name = "Mine" }, None)).Error);
        Assert.IsType<ForbiddenError>((await early.Get<PasskeyService>().RemoveAsync(id, None)).Error);
        Assert.IsType<ForbiddenError>((await early.Get<DeletionRequests>().TakeBackAsync(None)).Error);

        await using var read = shop.Open();
        Assert.Equal("Green phone", (await read.UserPasskeys.SingleAsync(p => p.UserId == account.Id)).Data.Name);
        Assert.NotNull((await read.Users.SingleAsync(u => u.Id == account.Id)).DeletionAskedAt);
    }

    [Theory, BothDatabases]
    public async Task Tokens_after_a_change_of_the_password_are_those_of_that_password_alone(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var account = await Given.AccountAsync(shop.Open, Roles.Customer);
        var desk = shop.As(await PersonAsync(shop, account));
        var form = new PasswordChangeForm { Current = Given.Password, New = "Cassava-and-okra-8", Repeated = "Cassava-and-okra-8" };
        var who = (await desk.Get<PasswordChange>().ChangeAsync(form, None)).Value;
        Assert.Equal(await StampAsync(shop, account.Id), who.Stamp);
        Assert.Null((await desk.Get<ApiSignIn>().ArriveAsync(who, None)).Error);

        await ChangeAsync(shop, account.Id, user => user.SetPassword(user.PasswordHash!));
        Assert.IsType<SignInRefused>((await desk.Get<ApiSignIn>().ArriveAsync(who, None)).Error);
    }

    [Theory, BothDatabases]
    public async Task A_sign_in_while_another_password_is_being_saved_waits_and_is_refused(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var account = await Given.AccountAsync(shop.Open, Roles.Agent);
        var who = new Proved(account.Id, await StampAsync(shop, account.Id));
        await using var db = shop.Open();
        var write = await db.BeginWriteAsync(None);
        await shop.Get<SessionRegister>().EndAllAsync(db, account.Id, except: null, None);

        // The new password is not written yet: nothing but the lock holds the sign-in up.
        var signIn = Task.Run(() => Given.SessionAsync(shop, who));
        if (kind is DatabaseKind.Postgres) await UntilSomebodyWaitsAsync(shop, unless: signIn);
        (await db.Users.SingleAsync(u => u.Id == account.Id)).SetPassword("another");
        await db.SaveChangesAsync();
        await write.CommitAsync(None);
        await write.DisposeAsync();

        Assert.Null(await signIn);
        await using var read = shop.Open();
        Assert.False(await read.Sessions.AnyAsync(s => s.UserId == account.Id));
    }

    /// <summary>The service, for which the password is replaced after it was checked and before anything is written.</summary>
    private static T Overtaken<T>(TestShop shop, TestDesk desk, TestAccount account) where T : class =>
        ActivatorUtilities.CreateInstance<T>(desk.Get<IServiceProvider>(), new Meanwhile(shop, account.Id));

    private static async Task<TestPerson> PersonAsync(TestShop shop, TestAccount account)
    {
        await using var db = shop.Open();
        var user = await db.Users.SingleAsync(u => u.Id == account.Id);
        return new TestPerson(user.Id, account.UserName, Roles.Customer, user.FirstName, user.LastName);
    }

    private static async Task<string?> StampAsync(TestShop shop, Guid userId)
    {
        await using var db = shop.Open();
        return (await db.Users.SingleAsync(u => u.Id == userId)).SecurityStamp;
    }

    private static async Task<bool> HoldsAsync(TestShop shop, Proved who)
    {
        await using var db = shop.Open();
        await using var write = await db.BeginWriteAsync(None);
        return await who.FindAsync(db, None) is not null;
    }

    private static async Task ChangeAsync(TestShop shop, Guid userId, Action<User> change)
    {
        await using var db = shop.Open();
        change(await db.Users.SingleAsync(u => u.Id == userId));
        await db.SaveChangesAsync();
    }

    // Outside of any transaction: inside one PostgreSQL shows the same moment again and again.
    private static async Task UntilSomebodyWaitsAsync(TestShop shop, Task unless)
    {
        await using var eye = shop.Open();
        while (!unless.IsCompleted && (await eye.Database.SqlQuery<int>($"SELECT count(*)::int AS \"Value\" FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'").ToListAsync())[0] == 0)
            await Task.Yield();
    }

    private sealed class Meanwhile(TestShop shop, Guid userId) : IDbContextFactory<CrmDbContext>
    {
        public CrmDbContext CreateDbContext() => throw new NotSupportedException();

        public async Task<CrmDbContext> CreateDbContextAsync(CancellationToken cancellationToken = default)
        {
            await ChangeAsync(shop, userId, user => user.SetPassword(user.PasswordHash!));
            return shop.Open();
        }
    }
}
