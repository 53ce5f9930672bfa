using Crm.Data.Storage;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Live;
using Crm.Web.Tests.Ground;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Platform.Access;

public class StaffDirectoryTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory, BothDatabases]
    public async Task It_knows_staff_and_no_customers(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var roster = await shop.Get<StaffDirectory>().ReadAsync(None);

        Assert.Equal(["Ama Boakye", "Efua Asante", "Malik Thompson", "Tunde Balogun"], roster.Assignable.Select(m => m.Name));
        Assert.Equal("Malik Thompson", roster.NameOf(TestPeople.Manager.UserId));
        Assert.Equal(Roles.Manager, roster.Find(TestPeople.Manager.UserId)!.Role);
        Assert.Null(roster.Find(TestPeople.CustomerA.UserId));
        Assert.Null(roster.Find(null));
        Assert.Equal("Former colleague", roster.NameOf(TestPeople.CustomerA.UserId));
    }

    [Theory, BothDatabases]
    public async Task Somebody_with_two_roles_stands_there_once_with_the_higher_one(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await using (var db = shop.Open())
        {
            var role = await db.Roles.SingleAsync(r => r.Name == Roles.Agent);
            db.UserRoles.Add(new IdentityUserRole<Guid> { UserId = TestPeople.Owner.UserId, RoleId = role.Id });
            await db.SaveChangesAsync();
        }

        var roster = await shop.Get<StaffDirectory>().ReadAsync(None);

        Assert.Equal(Roles.Owner, roster.Find(TestPeople.Owner.UserId)!.Role);
    }

    [Theory, BothDatabases]
    public async Task It_follows_a_change_and_keeps_the_name_of_somebody_switched_off(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var listener = shop.Get<PostgresChangeListener>();
        await listener.StartAsync(None);
        await listener.WaitUntilListeningAsync(CancellationToken.None);
        var directory = shop.Get<StaffDirectory>();
        await directory.ReadAsync(None);
        var told = new TaskCompletionSource();
        using var watch = shop.Get<ChangeFeed>().Subscribe([Crm.Data.ChangeKinds.User], _ => Task.FromResult(told.TrySetResult()));

        await using (var db = shop.Open())
        {
            (await db.Users.SingleAsync(u => u.Id == TestPeople.Agent.UserId)).IsActive = false;
            await db.SaveChangesAsync();
        }
        await told.Task.WaitAsync(TimeSpan.FromSeconds(10));

        var roster = await directory.ReadAsync(None);
        Assert.DoesNotContain(roster.Assignable, m => m.Id == TestPeople.Agent.UserId);
        Assert.Equal("Ama Boakye", roster.NameOf(TestPeople.Agent.UserId));
        await listener.StopAsync(None);
    }
}
