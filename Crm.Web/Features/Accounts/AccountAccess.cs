using Crm.Data;
using Crm.Data.Accounts;
using Crm.Web.Features.Accounts.Sessions;
using Crm.Web.Features.Accounts.Tokens;
using Crm.Web.Platform.Results;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Accounts;

/// <summary>
/// What becomes of somebody's access, whichever page or program the owner says it by. Works in the write of the caller, who has asked for
/// the right and keeps the last owner (<see cref="Owner.Owners"/>).
/// </summary>
public sealed class AccountAccess(SessionRegister register, OneTimeTokens tokens)
{
    /// <summary>Switches the account off: it is signed out everywhere, and neither password nor link lets it in.</summary>
    public async Task SwitchOffAsync(CrmDbContext db, User user, CancellationToken ct)
    {
        user.IsActive = false;
        await tokens.EndAllAsync(db, user.Id, ct);
        await EndSessionsAsync(db, user, ct);
    }

    /// <summary>Signs the account out everywhere, and refuses what was begun before.</summary>
    public Task EndSessionsAsync(CrmDbContext db, User user, CancellationToken ct)
    {
        user.EndSessions();
        return register.EndAllAsync(db, user.Id, except: null, ct);
    }

    /// <summary>Gives a role in place of those that are named; others stay.</summary>
    /// <returns>Whether they had another one.</returns>
    public async Task<bool> GiveRoleAsync(CrmDbContext db, User user, string role, IReadOnlyCollection<string> inPlaceOf, CancellationToken ct)
    {
        var replaced = await db.Roles.Where(r => inPlaceOf.Contains(r.Name!)).ToListAsync(ct); // loaded whole: the audit trail takes their names
        var (wanted, ids) = (replaced.Single(r => r.Name == role).Id, replaced.ConvertAll(r => r.Id));
        var held = await db.UserRoles.Where(h => h.UserId == user.Id && ids.Contains(h.RoleId)).ToListAsync(ct);
        if (held is [var only] && only.RoleId == wanted) return false;
        db.UserRoles.RemoveRange(held.Where(h => h.RoleId != wanted));
        if (held.All(h => h.RoleId != wanted)) db.UserRoles.Add(new IdentityUserRole<Guid> { UserId = user.Id, RoleId = wanted });
        user.MarkChanged();
        return true;
    }
}

/// <summary>The shop would be without anybody who may do everything.</summary>
/// <param name="Field">By which it would come about; empty where there is no form.</param>
public sealed record LastOwner(string Field = "") : InvalidError(Field, "This is the last active owner. Make somebody else an owner first.");

/// <summary>Nobody takes their own access away, by a slip or by a stolen session.</summary>
/// <param name="Field">As of <see cref="LastOwner"/>.</param>
public sealed record OwnAccess(string Field = "") : InvalidError(Field, "You cannot do this to your own account. Another owner can.");
