using Crm.Data.Accounts;

namespace Crm.Web.Features.Accounts.Passwords;

/// <summary>What a password is checked against.</summary>
/// <param name="Stamp">The account's security stamp: another password, another stamp.</param>
/// <param name="HasFailures">Wrong answers were counted, which the next right one makes forgotten.</param>
sealed record StoredPassword(Guid UserId, string? Hash, string? Stamp, DateTimeOffset? LockoutEnd, bool HasFailures, bool TwoFactorEnabled)
{
    public static StoredPassword Of(User user) =>
        new(user.Id, user.PasswordHash, user.SecurityStamp, user.LockoutEnd, user.AccessFailedCount > 0 || user.Lockouts > 0, user.TwoFactorEnabled);
}
