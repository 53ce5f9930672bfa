using Crm.Data.Accounts;
using Crm.Data.Audit;
using Crm.Data.Storage;
using Crm.Web.Features.Accounts;
using Crm.Web.Features.Accounts.Passwords;
using Crm.Web.Platform.Access;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Accounts.Passwords;

public sealed class PasswordCheckTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory, BothDatabases]
    public async Task After_five_wrong_passwords_the_account_rests_and_then_works_again(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var account = await Given.AccountAsync(shop.Open, Roles.Agent);
        for (var i = 0; i < 5; i++) Assert.False(await PassesAsync(shop, account.Id, "wrong-7"));

        Assert.False(await PassesAsync(shop, account.Id, Given.Password));
        Assert.Equal(shop.Clock.Now.AddMinutes(15), (await UserAsync(shop, account.Id)).LockoutEnd!.Value.UtcDateTime);

        shop.Clock.Advance(TimeSpan.FromMinutes(14));
        Assert.False(await PassesAsync(shop, account.Id, "wrong-7"));
        Assert.False(await PassesAsync(shop, account.Id, Given.Password));
        shop.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True(await PassesAsync(shop, account.Id, Given.Password));
        Assert.Equal(0, (await UserAsync(shop, account.Id)).AccessFailedCount);
    }

    [Theory, BothDatabases]
    public async Task A_right_password_starts_the_count_anew(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var account = await Given.AccountAsync(shop.Open, Roles.Agent);
        for (var round = 0; round < 2; round++)
        {
            for (var i = 0; i < 4; i++) Assert.False(await PassesAsync(shop, account.Id, "wrong-7"));
            Assert.True(await PassesAsync(shop, account.Id, Given.Password));
        }
    }

    [Theory, BothDatabases]
    public async Task Guesses_at_the_same_moment_are_all_counted_and_the_right_one_among_them_comes_too_late(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var account = await Given.AccountAsync(shop.Open, Roles.Agent);
        var guesses = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => PassesAsync(shop, account.Id, i == 19 ? Given.Password : $"guess-{i}"))));
        var after = await UserAsync(shop, account.Id);

        Assert.NotNull(after.LockoutEnd);
        if (guesses[19]) Assert.True(after.AccessFailedCount < 5);
        else Assert.False(await PassesAsync(shop, account.Id, Given.Password));
    }

    [Theory, BothDatabases]
    public async Task Resting_is_in_the_audit_trail_and_single_failures_are_not(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var account = await Given.AccountAsync(shop.Open, Roles.Agent);
        for (var i = 0; i < 5; i++) await PassesAsync(shop, account.Id, "wrong-7");

        await using var db = shop.Open();
        var rows = await db.AuditEntries.Where(e => e.EntityId == account.Id && e.Action == AuditAction.Updated).ToListAsync();
        Assert.Contains("LockoutEnd", Assert.Single(rows).After, StringComparison.Ordinal);
        Assert.Equal("192.0.2.8", rows[0].Ip);
    }

    [Theory, BothDatabases]
    public async Task Nobody_and_an_account_without_a_password_never_pass(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        Assert.False(await PassesAsync(shop, null, ""));
        Assert.False(await PassesAsync(shop, TestPeople.Owner.UserId, ""));
        Assert.False(await PassesAsync(shop, Guid.Parse("01900000-0000-7000-8000-0000000000ff"), Given.Password));
    }

    [Theory, BothDatabases]
    public async Task An_identifier_that_no_database_can_hold_is_nobodys(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var refused = await shop.AsStranger().Get<SignInService>().ProveAsync(new() { Identifier = "ef\0ua", Password = Given.Password }, None);
        Assert.IsType<SignInRefused>(refused.Error);
        refused = await shop.AsStranger().Get<SignInService>().ProveAsync(new() { Identifier = "efua", Password = new string('x', 100_000) }, None);
        Assert.IsType<SignInRefused>(refused.Error);
    }

    [Theory, BothDatabases]
    public async Task Only_whoever_is_signed_in_changes_a_password(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var before = await UserAsync(shop, TestPeople.Owner.UserId);
        var form = new PasswordChangeForm { Current = "", New = "Cassava & 2 limes", Repeated = "Cassava & 2 limes" };

        Assert.Equal(new Crm.Web.Platform.Results.ForbiddenError(), (await shop.AsStranger().Get<PasswordChange>().ChangeAsync(form, None)).Error);
        Assert.Equal("This is not your password.", (await shop.As(TestPeople.Owner).Get<PasswordChange>().ChangeAsync(form, None)).Error!.Message);
        var after = await UserAsync(shop, TestPeople.Owner.UserId);
        Assert.Equal((before.PasswordHash, before.SecurityStamp), (after.PasswordHash, after.SecurityStamp));
    }

    private static Task<bool> PassesAsync(TestShop shop, Guid? userId, string password) =>
        shop.AsStranger().Get<PasswordCheck>().PassesAsync(userId, password, None);

    private static async Task<User> UserAsync(TestShop shop, Guid userId)
    {
        await using var db = shop.Open();
        return await db.Users.SingleAsync(u => u.Id == userId);
    }
}
