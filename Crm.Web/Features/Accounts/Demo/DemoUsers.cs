using Crm.Data;
using Crm.Data.Accounts;
using Crm.Data.Seed;
using Crm.Data.Storage;
using Crm.Web.Features.Accounts.Passwords;
using Crm.Web.Platform.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Crm.Web.Features.Accounts.Demo;

/// <summary>The accounts of <see cref="DemoPeople"/>, with a password that everybody knows: only where demo data is wanted.</summary>
public sealed class DemoUsers(CrmDatabase database, PasswordHasher hasher, IOptions<DemoOptions> options, IHostEnvironment environment)
{
    /// <summary>What a person reads who starts the demo shop.</summary>
    public static readonly string Welcome = $"Sign in as {string.Join(", ", DemoPeople.All.Select(p => p.UserName))}: the password is {DemoPeople.Password}";

    private bool Wanted => options.Value.WantedIn(environment) && !environment.IsProduction();

    /// <summary>Fills a shop that has no account yet; leaves every other as it is.</summary>
    /// <returns>Whether the demo accounts are there now.</returns>
    public async Task<bool> EnsureAsync(CancellationToken ct)
    {
        if (!Wanted) return false;
        await using var db = database.Open(Actor.System("demo users"));
        if (await db.Users.AnyAsync(ct)) return await ArePresentAsync(db, ct);

        db.MassWrite = "Demo users";
        var roles = await db.Roles.ToDictionaryAsync(r => r.Name!, r => r.Id, ct);
        // One hash for all of them: the password is no secret, and the shop opens sooner.
        var hash = await hasher.HashAsync(DemoPeople.Password, ct);
        foreach (var person in DemoPeople.All)
        {
            db.Users.Add(UserOf(person, hash, database.Clock.GetUtcNow().UtcDateTime));
            db.UserRoles.Add(new IdentityUserRole<Guid> { UserId = person.Id, RoleId = roles[person.Role] });
        }
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException failure) when (CrmDatabase.IsUniqueViolation(failure))
        {
            // Another node, started at the same moment, was quicker.
        }
        return true;
    }

    /// <summary>Whom the sign-in page may offer: in Development, and only while the demo accounts are there.</summary>
    public async Task<IReadOnlyList<DemoPerson>> OffersAsync(CancellationToken ct)
    {
        if (!Wanted || !environment.IsDevelopment()) return [];
        await using var db = database.Open(Actor.System("demo users"));
        return await ArePresentAsync(db, ct) ? [DemoPeople.Owner, DemoPeople.Manager, DemoPeople.Agent, DemoPeople.Customer] : [];
    }

    private static Task<bool> ArePresentAsync(CrmDbContext db, CancellationToken ct) =>
        db.Users.AsNoTracking().AnyAsync(u => u.Id == DemoPeople.Owner.Id && u.IsActive, ct);

    private static User UserOf(DemoPerson person, string hash, DateTime now)
    {
        var user = new User
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
            JoinedAt = now.AddYears(-1),
        };
        user.SetPassword(hash);
        return user;
    }
}
