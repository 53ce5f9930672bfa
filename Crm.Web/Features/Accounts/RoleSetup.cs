using Crm.Data.Accounts;
using Crm.Data.Storage;
using Crm.Web.Platform.Access;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Accounts;

/// <summary>Makes sure that the four roles stand in the database, demo or not.</summary>
sealed class RoleSetup(CrmDatabase database)
{
    /// <summary>Adds those that are missing; two nodes may start at the same moment.</summary>
    public async Task EnsureAsync(CancellationToken ct)
    {
        await using var db = database.Open(Actor.System("roles"));
        var there = await db.Roles.Select(r => r.Name!).ToListAsync(ct);
        db.Roles.AddRange(Roles.All.Except(there).Select(name => new Role(name)));
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException failure) when (CrmDatabase.IsUniqueViolation(failure))
        {
            // The other node was quicker.
        }
    }
}
