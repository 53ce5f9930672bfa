using Crm.Data.Storage;
using Crm.Web.Features.Accounts;
using Crm.Web.Features.Accounts.Staff;
using Crm.Web.Features.Accounts.Users;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Accounts.Users;

/// <summary>By the API the shop does not lose its last owner either.</summary>
[Trait("contract", "M-049")]
public sealed class LastOwnerTests
{
    private static readonly CancellationToken Ct = CancellationToken.None;
    private static readonly TestPerson Other = TestPeople.Manager with { Role = Roles.Owner };

    [Theory, BothDatabases]
    public async Task The_last_active_owner_is_neither_switched_off_nor_demoted_nor_removed(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await PasswordsAsync(shop);
        var (own, system, id) = (shop.As(TestPeople.Owner).Get<UserService>(), shop.AsSystem().Get<UserService>(), TestPeople.Owner.UserId);

        foreach (var (edit, field) in new[] { (Edit(role: Roles.Manager), "Role"), (Edit(active: false), "IsActive") })
        {
            Assert.Equal(new OwnAccess(field), (await own.ChangeAsync(id, edit, Ct)).Error);
            Assert.Equal(new LastOwner(field), (await system.ChangeAsync(id, edit, Ct)).Error);
        }
        Assert.IsType<OwnAccess>((await own.RemoveAsync(id, Ct)).Error);
        Assert.IsType<LastOwner>((await system.RemoveAsync(id, Ct)).Error);
        Assert.Null((await system.ChangeAsync(id, Edit(role: Roles.Owner, active: true), Ct)).Error);

        Assert.Null((await own.ChangeAsync(Other.UserId, Edit(role: Roles.Owner), Ct)).Error);
        Assert.Null((await system.RemoveAsync(id, Ct)).Error);
        await using var db = shop.Open();
        Assert.False((await db.Users.SingleAsync(u => u.Id == id, Ct)).IsActive);
    }

    [Theory, BothDatabases]
    public async Task Of_two_owners_who_take_each_others_access_at_once_one_stays_whichever_way_they_do_it(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await PasswordsAsync(shop);
        for (var round = 0; round < 4; round++)
        {
            foreach (var person in new[] { TestPeople.Owner, Other }) Assert.Null((await shop.AsSystem().Get<UserService>().ChangeAsync(person.UserId, Edit(role: Roles.Owner, active: true), Ct)).Error);
            var byApi = shop.As(TestPeople.Owner).Get<UserService>();
            Task<Error?>[] both =
            [
                Task.Run(async () => round % 2 == 0 ? (await byApi.ChangeAsync(Other.UserId, Edit(role: Roles.Agent), Ct)).Error : (await byApi.RemoveAsync(Other.UserId, Ct)).Error),
                Task.Run(async () => round < 2
                    ? (await shop.As(Other).Get<UserService>().ChangeAsync(TestPeople.Owner.UserId, Edit(active: false), Ct)).Error
                    : (await shop.As(Other).Get<StaffService>().DeactivateAsync(TestPeople.Owner.UserId, Ct)).Error),
            ];
            var answers = await Task.WhenAll(both);

            Assert.Single(answers, a => a is null);
            Assert.Single(answers, a => a is LastOwner);
            await using var db = shop.Open();
            Assert.Equal(1, await db.Users.CountAsync(u => u.IsActive && db.UserRoles.Any(h => h.UserId == u.Id && db.Roles.Any(r => r.Id == h.RoleId && r.Name == Roles.Owner)), Ct));
        }
    }

    [Theory, BothDatabases]
    public async Task Switched_off_an_account_has_no_session_and_no_link_left(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var account = await Given.AccountAsync(shop.Open, Roles.Agent);
        await Given.SessionAsync(shop, account.Id);
        string? stamp;
        await using (var db = shop.Open())
        {
            db.OneTimeTokens.Add(new() { UserId = account.Id, Purpose = Crm.Data.Accounts.TokenPurpose.ResetPassword, Hash = [1], Email = account.Email, IssuedAt = shop.Clock.Now, ExpiresAt = shop.Clock.Now.AddHours(1) });
            await db.SaveChangesAsync(Ct);
            stamp = (await db.Users.SingleAsync(u => u.Id == account.Id, Ct)).SecurityStamp;
        }

        Assert.False((await shop.As(TestPeople.Owner).Get<UserService>().ChangeAsync(account.Id, Edit(active: false), Ct)).Value.IsActive);

        await using var read = shop.Open();
        Assert.False(await read.Sessions.AnyAsync(s => s.UserId == account.Id && s.EndedAt == null, Ct));
        Assert.False(await read.OneTimeTokens.AnyAsync(t => t.UserId == account.Id && t.UsedAt == null, Ct));
        Assert.NotEqual(stamp, (await read.Users.SingleAsync(u => u.Id == account.Id, Ct)).SecurityStamp);
    }

    private static UserEdit Edit(string? role = null, bool? active = null) => new(null, null, null, null, role, active);

    private static async Task PasswordsAsync(TestShop shop)
    {
        await using var db = shop.Open();
        foreach (var user in await db.Users.ToListAsync(Ct)) user.PasswordHash = "something";
        db.MassWrite = "passwords";
        await db.SaveChangesAsync(Ct);
    }
}
