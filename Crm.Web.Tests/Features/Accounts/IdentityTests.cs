using Crm.Data.Accounts;
using Crm.Data.Storage;
using Crm.Web.Features.Accounts;
using Crm.Web.Platform.Access;
using Crm.Web.Tests.Architecture;
using Crm.Web.Tests.Ground;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Accounts;

public sealed class IdentityTests
{
    [Theory, BothDatabases, Trait("contract", "M-006"), Trait("contract", "M-007")]
    public async Task Identity_keeps_its_accounts_in_the_shops_database_with_our_hashes_and_our_rule(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var users = shop.As(TestPeople.Owner).Get<UserManager<User>>();
        var user = new User { UserName = "wanjiku", Email = "wanjiku@mail.example", FirstName = "Wanjikũ", LastName = "Ngũgĩ", JoinedAt = TestClock.Start };

        var weak = await users.CreateAsync(user, "yamyamyam");
        Assert.Equal(["The password must contain at least 1 digit.", "The password must contain at least 1 special character."], weak.Errors.Select(e => e.Description));
        Assert.True((await users.CreateAsync(user, Given.Password)).Succeeded);
        Assert.True((await users.AddToRoleAsync(user, Roles.Agent)).Succeeded);
        Assert.False((await users.CreateAsync(new User { UserName = "other", Email = "Wanjiku@mail.example" }, Given.Password)).Succeeded);

        await using var db = shop.Open();
        var stored = await db.Users.SingleAsync(u => u.NormalizedEmail == "WANJIKU@MAIL.EXAMPLE");
        Assert.StartsWith("$argon2id$", stored.PasswordHash, StringComparison.Ordinal);
        Assert.Equal(user.Id, (await shop.AsStranger().Get<SignInService>().ProveAsync(new() { Identifier = "wanjiku", Password = Given.Password }, CancellationToken.None)).Value.UserId);
        var row = await db.AuditEntries.Where(e => e.EntityId == user.Id).OrderBy(e => e.At).FirstAsync();
        Assert.Equal((TestPeople.Owner.Name, TestPeople.Owner.UserId), (row.ActorName, row.ActorId));
        Assert.DoesNotContain("argon2id", row.After, StringComparison.Ordinal);
    }

    [Theory, BothDatabases]
    public async Task Missing_roles_are_added_before_any_work_and_none_twice(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await using var db = shop.Open();
        await db.UserRoles.Where(held => db.Roles.Any(r => r.Id == held.RoleId && r.Name == Roles.Agent)).ExecuteDeleteAsync();
        await db.Roles.Where(r => r.Name == Roles.Agent).ExecuteDeleteAsync();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => shop.Get<IServiceProvider>().PrepareAccountsAsync(CancellationToken.None)));

        Assert.Equal(Roles.All.Order(), (await db.Roles.Select(r => r.Name!).ToListAsync()).Order());
    }

    [Fact]
    public void A_context_is_handed_to_Identitys_stores_alone_and_opened_by_everybody_else()
    {
        var handed = new ServiceCollection().AddCrm()
            .Select(d => d.IsKeyedService ? null : d.ImplementationType).OfType<Type>()
            .Where(t => t.GetConstructors().SelectMany(c => c.GetParameters()).Any(p => typeof(DbContext).IsAssignableFrom(p.ParameterType)))
            .Concat(TheHouse.Types.Where(t => t.GetProperties().Any(p => p.IsDefined(typeof(InjectAttribute), true) && typeof(DbContext).IsAssignableFrom(p.PropertyType))));
        Assert.All(handed, type => Assert.Equal("Microsoft.AspNetCore.Identity.EntityFrameworkCore", type.Namespace));
    }
}
