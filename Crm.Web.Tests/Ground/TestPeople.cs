using System.Security.Claims;
using Crm.Data;
using Crm.Data.Accounts;
using Crm.Data.Customers;
using Crm.Data.Storage;
using Crm.Web.Platform.Access;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Ground;

/// <summary>Somebody whom every test database knows.</summary>
public sealed record TestPerson(Guid UserId, string UserName, string Role, string FirstName, string LastName, Guid? CustomerId = null)
{
    public string Name => $"{FirstName} {LastName}";

    /// <summary>As a session of theirs says who they are.</summary>
    public ClaimsPrincipal Principal() => new(new ClaimsIdentity(
        [new Claim(ClaimTypes.NameIdentifier, UserId.ToString()), new Claim(ClaimTypes.Role, Role), new Claim(ActorClaims.DisplayName, Name)], "test"));
}

/// <summary>The people of every test database: staff of each role, and two customers with accounts.</summary>
public static class TestPeople
{
    public static readonly TestPerson Owner = new(Guid.Parse("01900000-0000-7000-8000-000000000001"), "efua", Roles.Owner, "Efua", "Asante");
    public static readonly TestPerson Manager = new(Guid.Parse("01900000-0000-7000-8000-000000000002"), "malik", Roles.Manager, "Malik", "Thompson");
    public static readonly TestPerson Agent = new(Guid.Parse("01900000-0000-7000-8000-000000000003"), "ama", Roles.Agent, "Ama", "Boakye");
    public static readonly TestPerson OtherAgent = new(Guid.Parse("01900000-0000-7000-8000-000000000004"), "tunde", Roles.Agent, "Tunde", "Balogun");
    public static readonly TestPerson CustomerA = new(Guid.Parse("01900000-0000-7000-8000-000000000005"), "achieng", Roles.Customer, "Achieng", "Otieno", Guid.Parse("01900000-0000-7000-8000-00000000000a"));
    public static readonly TestPerson CustomerB = new(Guid.Parse("01900000-0000-7000-8000-000000000006"), "olayinka", Roles.Customer, "Ọláyínká", "ZZ-B-SECRET", Guid.Parse("01900000-0000-7000-8000-00000000000b"));

    public static readonly TestPerson[] All = [Owner, Manager, Agent, OtherAgent, CustomerA, CustomerB];

    internal static async Task AddAsync(CrmDatabase database)
    {
        await using var db = database.Open(Actor.System("test people"));
        db.MassWrite = "test people";
        var roles = Roles.All.ToDictionary(name => name, name => new Role(name));
        db.Roles.AddRange(roles.Values);
        foreach (var person in All)
        {
            db.Users.Add(new User
            {
                Id = person.UserId,
                UserName = person.UserName,
                NormalizedUserName = person.UserName.ToUpperInvariant(),
                Email = $"{person.UserName}@example.com",
                NormalizedEmail = $"{person.UserName}@example.com".ToUpperInvariant(),
                EmailConfirmed = true,
                FirstName = person.FirstName,
                LastName = person.LastName,
                JoinedAt = TestClock.Start.AddYears(-1),
                SecurityStamp = person.UserName,
            });
            db.UserRoles.Add(new IdentityUserRole<Guid> { UserId = person.UserId, RoleId = roles[person.Role].Id });
            if (person.CustomerId is { } customerId) db.Customers.Add(await CustomerOfAsync(db, person, customerId));
        }
        await db.SaveChangesAsync();
    }

    /// <summary>Takes every account away, as in a shop that was just opened; its customers stay.</summary>
    public static async Task RemoveAccountsAsync(CrmDbContext db)
    {
        await db.Customers.ExecuteUpdateAsync(set => set.SetProperty(c => c.UserId, (Guid?)null));
        await db.Users.ExecuteDeleteAsync();
    }

    private static async Task<Customer> CustomerOfAsync(CrmDbContext db, TestPerson person, Guid customerId)
    {
        var customer = new Customer { Id = customerId, Number = await db.NextNumberAsync(NumberKind.Customer, CancellationToken.None), JoinedAt = TestClock.Start.AddYears(-1) };
        customer.Rename(person.FirstName, person.LastName);
        customer.SetEmail($"{person.UserName}@example.com");
        customer.SetVerified(true);
        customer.LinkAccount(person.UserId);
        return customer;
    }
}
