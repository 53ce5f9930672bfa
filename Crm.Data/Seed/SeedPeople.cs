using Crm.Data.Accounts;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Crm.Data.Seed;

/// <summary>
/// Sees to it that the people of <see cref="DemoPeople"/> are there, since leads, notes and orders name them. Their passwords
/// are not set here: whoever wants sign-ins adds the users first.
/// </summary>
static class SeedPeople
{
    public static async Task AddMissingAsync(CrmDbContext db, DateTime now, CancellationToken ct)
    {
        var ids = DemoPeople.All.Select(p => p.Id).ToList();
        var known = await db.Users.Where(u => ids.Contains(u.Id)).Select(u => u.Id).ToListAsync(ct);
        var roles = await db.Roles.ToDictionaryAsync(r => r.Name!, ct);
        foreach (var person in DemoPeople.All.Where(p => !known.Contains(p.Id)))
        {
            if (!roles.TryGetValue(person.Role, out var role)) db.Roles.Add(roles[person.Role] = role = new Role(person.Role));
            db.Users.Add(User(person, now));
            db.UserRoles.Add(new IdentityUserRole<Guid> { UserId = person.Id, RoleId = role.Id });
        }
    }

    private static User User(DemoPerson person, DateTime now) => new()
    {
        Id = person.Id,
        UserName = person.UserName,
        NormalizedUserName = person.UserName.ToUpperInvariant(),
        Email = person.Email,
        NormalizedEmail = person.Email.ToUpperInvariant(),
        EmailConfirmed = true,
        PhoneNumber = person.Phone,
        FirstName = person.FirstName,
        LastName = person.LastName,
        JoinedAt = now.AddYears(-2),
        SecurityStamp = person.Id.ToString("N"),
    };
}
