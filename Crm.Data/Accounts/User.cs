using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;

namespace Crm.Data.Accounts;

/// <summary>Somebody who can sign in: staff, or a customer who has an account.</summary>
public sealed class User : IdentityUser<Guid>, ILive
{
    public const int TimeZoneLength = 64;

    public User() => Id = Guid.CreateVersion7();

    public string FirstName { get; set; } = "";
    public string LastName { get; set; } = "";
    public bool IsActive { get; set; } = true;
    public DateTime JoinedAt { get; set; }

    [NotInAudit]
    public DateTime? LastSignInAt { get; set; }

    /// <summary>Rests in a row without a right password between them; each is longer than the one before.</summary>
    [NotInAudit]
    public int Lockouts { get; set; }

    /// <summary>The secret shared with the authenticator, encrypted; set before <see cref="IdentityUser{TKey}.TwoFactorEnabled"/> is.</summary>
    [NotInAudit]
    public string? AuthenticatorKey { get; set; }

    /// <summary>
    /// The time step of the last code that was taken: a code is good once (RFC 6238, 5.2). Before the second factor is on, that in
    /// which the secret was made.
    /// </summary>
    [NotInAudit]
    public long? AuthenticatorStep { get; set; }

    /// <summary>IANA name of the zone by whose clock its holder reads and plans; null is the shop's.</summary>
    public string? TimeZone { get; set; }

    /// <summary>When its holder asked for the account to be deleted.</summary>
    public DateTime? DeletionAskedAt { get; set; }

    /// <summary>The name as other people read it.</summary>
    public string DisplayName => NameOf(FirstName, LastName, UserName);

    public ChangeTopic Topic => new(ChangeKinds.User, Id);

    /// <summary>The display name of a row that was read without the entity.</summary>
    public static string NameOf(string firstName, string lastName, string? userName) =>
        $"{firstName} {lastName}".Trim() is { Length: > 0 } name ? name : userName ?? "";

    /// <summary>Takes on a new password; every session that began under the old one ends.</summary>
    public void SetPassword(string hash)
    {
        PasswordHash = hash;
        EndSessions();
    }

    /// <summary>Rests the account: no password is accepted until then.</summary>
    public void LockUntil(DateTime end) => (LockoutEnd, AccessFailedCount, Lockouts) = (new DateTimeOffset(end), 0, Lockouts + 1);

    /// <summary>Takes on a secret that is good once a code of it was given.</summary>
    /// <param name="step">The time step now.</param>
    public void PrepareSecondFactor(string key, long step) => (AuthenticatorKey, AuthenticatorStep) = (key, step);

    /// <summary>From now on a code is asked for beside the password.</summary>
    /// <param name="step">The time step of the code that proved that the authenticator works.</param>
    public void TurnOnSecondFactor(long step) => (TwoFactorEnabled, AuthenticatorStep) = (true, step);

    /// <summary>The password alone lets in again; the authenticator's secret is forgotten.</summary>
    public void TurnOffSecondFactor() => (TwoFactorEnabled, AuthenticatorKey, AuthenticatorStep) = (false, null, null);

    /// <summary>Ends every session of the account; the password stays. A secret that one of them was shown and nobody confirmed is forgotten.</summary>
    public void EndSessions()
    {
        if (!TwoFactorEnabled) TurnOffSecondFactor();
        (SecurityStamp, ConcurrencyStamp) = (NewStamp(), NewStamp());
    }

    /// <summary>Something that belongs to the account changed, such as its role: open screens and sessions look again.</summary>
    public void MarkChanged() => ConcurrencyStamp = NewStamp();

    private static string NewStamp() => Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
}
