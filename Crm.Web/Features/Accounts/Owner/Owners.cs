using Crm.Data;
using Crm.Data.Accounts;
using Crm.Data.Storage;
using Crm.Web.Platform.Access;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Accounts.Owner;

/// <summary>Keeps the shop from losing its last owner, whoever takes a role or an account away, and from wherever.</summary>
static class Owners
{
    private const long Lock = 0x4F57_4E52;

    /// <summary>One at a time counts the owners, or two could demote each other at the same moment; on SQLite the single writer does already.</summary>
    /// <param name="db">In a write of the caller's, which holds the lock until its end.</param>
    public static Task LockAsync(CrmDbContext db, CancellationToken ct) => db.Kind is DatabaseKind.Postgres
        ? db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({Lock})", ct)
        : Task.CompletedTask;

    /// <summary>Who can sign in as owner.</summary>
    public static IQueryable<User> Active(CrmDbContext db) =>
        db.Users.Where(u => u.IsActive && u.PasswordHash != null && db.UserRoles.Any(h => h.UserId == u.Id && db.Roles.Any(r => r.Id == h.RoleId && r.Name == Roles.Owner)));

    /// <summary>Whether nobody else could sign in as owner.</summary>
    public static async Task<bool> IsLastAsync(CrmDbContext db, Guid userId, CancellationToken ct)
    {
        var owners = Active(db);
        return await owners.AnyAsync(u => u.Id == userId, ct) && !await owners.AnyAsync(u => u.Id != userId, ct);
    }
}
