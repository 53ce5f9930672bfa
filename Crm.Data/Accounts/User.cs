using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;

namespace Crm.Data.Accounts;

/// <summary>Somebody who can sign in: staff, or a customer who has an account.</summary>
public sealed class User : IdentityUser<Guid>, ILive
{
    public User() => Id = Guid.CreateVersion7();

    public string FirstName { get; set; } = "";
    public string LastName { get; set; } = "";
    public bool IsActive { get; set; } = true;
    public DateTime JoinedAt { get; set; }

    [NotInAudit]
    public DateTime? LastSignInAt { get; set; }

    /// <summary>The name as other people read it.</summary>
    public string DisplayName => NameOf(FirstName, LastName, UserName);

    public ChangeTopic Topic => new(ChangeKinds.User, Id);

    /// <summary>The display name of a row that was read without the entity.</summary>
    public static string NameOf(string firstName, string lastName, string? userName) =>
        $"{firstName} {lastName}".Trim() is { Length: > 0 } name ? name : userName ?? "";

    /// <summary>Takes on a new password; every session that began under the old one ends.</summary>
    public void SetPassword(string hash) => (PasswordHash, SecurityStamp, ConcurrencyStamp) = (hash, NewStamp(), NewStamp());

    /// <summary>Rests the account: no password is accepted until then.</summary>
    public void LockUntil(DateTime end) => (LockoutEnd, AccessFailedCount) = (new DateTimeOffset(end), 0);

    private static string NewStamp() => Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
}
