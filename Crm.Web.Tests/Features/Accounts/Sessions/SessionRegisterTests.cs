using Crm.Data.Accounts;
using Crm.Data.Storage;
using Crm.Web.Features.Accounts;
using Crm.Web.Features.Accounts.Sessions;
using Crm.Web.Platform.Access;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Accounts.Sessions;

public sealed class SessionRegisterTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory, BothDatabases]
    public async Task A_sign_in_under_way_while_the_password_is_replaced_or_the_account_switched_off_comes_too_late(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var account = await Given.AccountAsync(shop.Open, Roles.Agent);
        var early = await ProveAsync(shop, account);
        await ChangeAsync(shop, account.Id, user => user.SetPassword(user.PasswordHash!));
        Assert.False(await BeginsAsync(shop, early));

        var late = await ProveAsync(shop, account);
        await ChangeAsync(shop, account.Id, user => user.IsActive = false);
        Assert.False(await BeginsAsync(shop, late));
        await ChangeAsync(shop, account.Id, user => user.IsActive = true);
        Assert.True(await BeginsAsync(shop, late));

        await using var db = shop.Open();
        Assert.Equal(1, await db.Sessions.CountAsync(s => s.UserId == account.Id));
    }

    private static async Task<Proved> ProveAsync(TestShop shop, TestAccount account) =>
        (await shop.AsStranger().Get<SignInService>().ProveAsync(new() { Identifier = account.Email, Password = Given.Password }, None)).Value!;

    private static async Task ChangeAsync(TestShop shop, Guid userId, Action<User> change)
    {
        await using var db = shop.Open();
        change(await db.Users.SingleAsync(u => u.Id == userId));
        await db.SaveChangesAsync();
    }

    private static async Task<bool> BeginsAsync(TestShop shop, Proved who)
    {
        await using var db = shop.Open();
        await using var write = await db.BeginWriteAsync(None);
        var session = await shop.Get<SessionRegister>().BeginAsync(db, who, SessionKind.Api, new("A program", "192.0.2.9"), lasts: null, None);
        await db.SaveChangesAsync();
        await write.CommitAsync(None);
        return session is not null;
    }
}
