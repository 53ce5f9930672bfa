using Crm.Data;
using Crm.Data.Accounts;
using Crm.Web.Features.Accounts.Api;
using Crm.Web.Features.Accounts.Passwords;
using Crm.Web.Features.Accounts.Sessions;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Accounts;

/// <summary>What a sign-in goes on with once the password was right: tokens, cookie and mail are made of it without asking again.</summary>
/// <param name="Facts">As its holder may read it; the last sign-in is the one before this.</param>
/// <param name="DeviceSeenAt">When it was last signed in to from this device; null for never, and where no device was asked about.</param>
public sealed record SignInAccount(AccountFacts Facts, string Stamp, bool IsActive, bool TwoFactorEnabled, DateTime? DeviceSeenAt)
    : AccountFace(Facts.Id, Facts.UserName, Facts.Email, User.NameOf(Facts.FirstName, Facts.LastName, Facts.UserName), Stamp, Facts.Roles);

/// <summary>
/// Reads an account for a sign-in, in one statement: everybody waits for it beside the hash, and statements share the cores with the
/// hashes. Compiled for that reason, once for each application, since a compiled query knows one database only.
/// </summary>
public sealed class SignInAccounts
{
    private static readonly byte[] NoDevice = [];

    // By e-mail before user name before phone number, should two accounts answer to the same words: three at most.
    private readonly Func<CrmDbContext, string, string?, byte[], IAsyncEnumerable<Row>> byName = EF.CompileAsyncQuery(
        (CrmDbContext db, string name, string? phone, byte[] device) => db.Users.AsNoTracking()
            .Where(u => u.NormalizedEmail == name || u.NormalizedUserName == name || (phone != null && u.PhoneNumber == phone))
            .Take(3)
            .Select(u => new Row
            {
                User = u,
                Roles = db.UserRoles.Where(held => held.UserId == u.Id).Join(db.Roles, held => held.RoleId, role => role.Id, (_, role) => role.Name!).ToList(),
                DeviceSeenAt = db.KnownDevices.Where(d => d.UserId == u.Id && d.Hash == device).Select(d => (DateTime?)d.LastSeenAt).FirstOrDefault(),
            }));

    /// <summary>Whoever the words name, with what their password is checked against; null for nobody.</summary>
    /// <param name="name">Normalised, as user names and addresses are stored.</param>
    /// <param name="phone">E.164, when the words are a number.</param>
    /// <param name="device">SHA-256 of what the browser or program is known by, where anybody asks.</param>
    internal async Task<(SignInAccount Account, StoredPassword Password)?> FindAsync(
        CrmDbContext db, string name, string? phone, byte[]? device, CancellationToken ct)
    {
        Row? best = null;
        await foreach (var row in byName(db, name, phone, device ?? NoDevice).WithCancellation(ct))
            if (best is null || Rank(row.User) < Rank(best.User)) best = row;
        return best is null ? null : (Of(best.User, best.Roles, best.DeviceSeenAt), StoredPassword.Of(best.User));

        int Rank(User user) => user.NormalizedEmail == name ? 0 : user.NormalizedUserName == name ? 1 : 2;
    }

    /// <summary>An account by its id, for whoever proved themselves otherwise than by a password. Null for one that is gone.</summary>
    public static async Task<SignInAccount?> ReadAsync(CrmDbContext db, Guid userId, CancellationToken ct) =>
        await db.Users.Where(u => u.Id == userId).WithRoles(db).SingleOrDefaultAsync(ct) is { } holder ? Of(holder.User, holder.Roles, null) : null;

    private static SignInAccount Of(User user, List<string> roles, DateTime? deviceSeenAt) => new(
        new AccountFacts(user.Id, user.UserName ?? "", user.Email ?? "", user.FirstName, user.LastName, user.PhoneNumber, user.EmailConfirmed, user.JoinedAt, user.LastSignInAt,
            [.. roles.Order(StringComparer.Ordinal)]),
        user.SecurityStamp ?? "", user.IsActive, user.TwoFactorEnabled, deviceSeenAt);

    private sealed class Row
    {
        public required User User { get; init; }
        public required List<string> Roles { get; init; }
        public DateTime? DeviceSeenAt { get; init; }
    }
}
