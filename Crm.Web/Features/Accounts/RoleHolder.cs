using Crm.Data;
using Crm.Data.Accounts;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Accounts;

/// <summary>An account with the names of its roles, inside of a query.</summary>
sealed class RoleHolder
{
    public required User User { get; init; }
    public required List<string> Roles { get; init; }
}

/// <summary>Reads accounts together with their roles.</summary>
static class RoleHolders
{
    /// <summary>To be projected on: of the account only what is asked for is read.</summary>
    public static IQueryable<RoleHolder> WithRoles(this IQueryable<User> users, CrmDbContext db) => users.AsNoTracking().Select(u => new RoleHolder
    {
        User = u,
        Roles = db.UserRoles.Where(held => held.UserId == u.Id).Join(db.Roles, held => held.RoleId, role => role.Id, (_, role) => role.Name!).ToList(),
    });
}
