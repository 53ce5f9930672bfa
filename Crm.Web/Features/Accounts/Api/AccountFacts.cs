using Crm.Data;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Accounts.Api;

/// <summary>An account as its holder may read it.</summary>
/// <param name="Phone">E.164.</param>
/// <param name="IsVerified">The e-mail address was proved.</param>
public sealed record AccountFacts(
    Guid Id, string UserName, string Email, string FirstName, string LastName, string? Phone, bool IsVerified, DateTime JoinedAt, DateTime? LastSignInAt,
    IReadOnlyList<string> Roles);

/// <summary>Reads accounts for the room's own services, which have asked for the right.</summary>
static class AccountFactsQueries
{
    /// <summary>Null for an account that is gone.</summary>
    public static Task<AccountFacts?> FindAsync(CrmDbContext db, Guid userId, CancellationToken ct) =>
        db.Users.Where(u => u.Id == userId).WithRoles(db)
            .Select(h => new AccountFacts(h.User.Id, h.User.UserName ?? "", h.User.Email ?? "", h.User.FirstName, h.User.LastName, h.User.PhoneNumber, h.User.EmailConfirmed,
                h.User.JoinedAt, h.User.LastSignInAt, h.Roles))
            .SingleOrDefaultAsync(ct);
}
