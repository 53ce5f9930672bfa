using Crm.Data.Storage;
using Crm.Web.Features.Accounts;
using Crm.Web.Features.Accounts.Passwords;
using Crm.Web.Platform.Access;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Accounts.Passwords;

public sealed class LockoutTests
{
    [Theory]
    [InlineData(0, 15)]
    [InlineData(1, 30)]
    [InlineData(2, 60)]
    [InlineData(6, 960)]
    [InlineData(7, 1440)]
    [InlineData(int.MaxValue, 1440)]
    public void Each_rest_is_twice_as_long_up_to_a_day(int before, int minutes) =>
        Assert.Equal(TimeSpan.FromMinutes(minutes), Lockout.RestAfter(before, new AccountsOptions()));

    [Theory, BothDatabases]
    public async Task It_grows_until_a_right_password_and_begins_anew_after_it(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var account = await Given.AccountAsync(shop.Open, Roles.Agent);
        foreach (var minutes in new[] { 15, 30, 60 })
        {
            await ExhaustAsync(shop, account.Id);
            Assert.Equal(shop.Clock.Now.AddMinutes(minutes), await LockoutEndAsync(shop, account.Id));
            shop.Clock.Advance(TimeSpan.FromMinutes(minutes));
        }
        Assert.True(await shop.AsStranger().Get<PasswordCheck>().PassesAsync(account.Id, Given.Password, CancellationToken.None));
        await ExhaustAsync(shop, account.Id);
        Assert.Equal(shop.Clock.Now.AddMinutes(15), await LockoutEndAsync(shop, account.Id));
    }

    private static async Task ExhaustAsync(TestShop shop, Guid userId)
    {
        for (var i = 0; i < 5; i++) Assert.False(await shop.AsStranger().Get<PasswordCheck>().PassesAsync(userId, "wrong-7", CancellationToken.None));
    }

    private static async Task<DateTime?> LockoutEndAsync(TestShop shop, Guid userId)
    {
        await using var db = shop.Open();
        return (await db.Users.SingleAsync(u => u.Id == userId)).LockoutEnd?.UtcDateTime;
    }
}
