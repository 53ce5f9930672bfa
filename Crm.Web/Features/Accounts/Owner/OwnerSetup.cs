using Crm.Data.Accounts;
using Crm.Data.Storage;
using Crm.Web.Features.Accounts.Passwords;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Crm.Web.Platform.Typed;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Accounts.Owner;

/// <summary>Who is to own the shop.</summary>
/// <param name="Name">First name, then the rest.</param>
public sealed record NewOwner(string Email, string Name, string Password);

/// <summary>
/// Makes an owner from the command line, where nobody is signed in: whoever reaches the shop's data may. Nothing else calls it.
/// </summary>
public sealed class OwnerSetup(CrmDatabase database, PasswordHasher hasher)
{
    private const int NameLength = 100;

    /// <summary>Adds an account with the owner's role.</summary>
    /// <returns>Its id, or every complaint, or <see cref="AddressTaken"/>.</returns>
    public async Task<Result<Guid>> CreateAsync(NewOwner wanted, CancellationToken ct)
    {
        var (email, names) = (wanted.Email.Trim(), PersonName.Clean(wanted.Name)!.Split(' ', 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        if (Complaint(email, names, wanted.Password) is { } complaint) return complaint;

        var hash = await hasher.HashAsync(wanted.Password, ct);
        await using var db = database.Open(Actor.System(CreateOwnerCommand.CommandName));
        var normal = email.ToUpperInvariant();
        if (await db.Users.AnyAsync(u => u.NormalizedEmail == normal || u.NormalizedUserName == normal, ct)) return new AddressTaken(email);
        var user = new User
        {
            UserName = email,
            NormalizedUserName = normal,
            Email = email,
            NormalizedEmail = normal,
            EmailConfirmed = true,
            FirstName = names[0],
            LastName = names.Length > 1 ? names[1] : "",
            JoinedAt = database.Clock.GetUtcNow().UtcDateTime,
        };
        user.SetPassword(hash);
        db.Users.Add(user);
        var roleId = await db.Roles.Where(r => r.Name == Roles.Owner).Select(r => r.Id).SingleAsync(ct);
        db.UserRoles.Add(new IdentityUserRole<Guid> { UserId = user.Id, RoleId = roleId });
        try
        {
            await db.SaveChangesAsync(ct);
            return user.Id;
        }
        catch (DbUpdateException lost) when (CrmDatabase.IsUniqueViolation(lost))
        {
            return new AddressTaken(email);
        }
    }

    /// <summary>Whether somebody can own the shop now.</summary>
    public async Task<bool> HasOwnerAsync(CancellationToken ct)
    {
        await using var db = database.Open(Actor.System("owner check"));
        return await Owners.Active(db).AnyAsync(ct);
    }

    private static Error? Complaint(string email, string[] names, string password)
    {
        var complaints = new Complaints();
        if (!EmailAddress.IsValid(email)) complaints.Add(nameof(NewOwner.Email), "This is not an e-mail address. It looks like name@example.com.");
        if (names.Length == 0) complaints.Add(nameof(NewOwner.Name), "Say what the owner is called.");
        foreach (var name in names) complaints.Within(nameof(NewOwner.Name), name, NameLength);
        foreach (var text in PasswordRule.Complaints(password, [email, .. names, string.Join(" ", names)])) complaints.Add(nameof(NewOwner.Password), text);
        return complaints.Error;
    }
}

/// <summary>Somebody has an account with this address.</summary>
public sealed record AddressTaken(string Email) : ConflictError(
    $"{Email} has an account here already. Nothing was changed. An owner can give it the owner's role on the page Staff; or choose another address.");
