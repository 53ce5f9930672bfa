using Crm.Data;
using Crm.Data.Accounts;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Accounts.Sessions;

/// <summary>Begins and ends the session of the browser whose request this is.</summary>
public sealed class SessionKeeper(SignInManager<User> identity, IDbContextFactory<CrmDbContext> contexts, AccountStates accounts, IHttpContextAccessor http)
{
    /// <summary>Writes the cookie; who they are was proved before.</summary>
    public async Task BeginAsync(Guid userId, CancellationToken ct) => await identity.SignInAsync(await UserAsync(userId, ct), isPersistent: true);

    /// <summary>
    /// After all sessions of an account were ended: forgets what was known of it, and keeps this browser, if it is one, signed in.
    /// </summary>
    public async Task RenewAsync(Guid userId, CancellationToken ct)
    {
        accounts.Forget(userId);
        if (http.HttpContext is not null) await identity.RefreshSignInAsync(await UserAsync(userId, ct));
    }

    /// <summary>Takes the cookie back.</summary>
    public Task EndAsync(CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        return identity.SignOutAsync();
    }

    private async Task<User> UserAsync(Guid userId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Users.AsNoTracking().SingleAsync(u => u.Id == userId, ct);
    }
}
