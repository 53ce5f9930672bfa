using Crm.Data;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Api;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Accounts.Sessions;

/// <summary>Keeps the cookie of the browser whose request this is in step with its session.</summary>
public sealed class SessionKeeper(
    CurrentActor actor, IDbContextFactory<CrmDbContext> contexts, SessionRegister register, AccountStates accounts, IHttpContextAccessor http)
{
    /// <summary>Writes the cookie of a session that was just begun and committed.</summary>
    /// <param name="method">How they proved who they are, one of <see cref="SignInMethods"/>.</param>
    public Task HandOutAsync(AccountFace account, Guid sessionId, string method, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        return Context.SignInAsync(IdentityConstants.ApplicationScheme, SessionClaims.Of(account, sessionId, method), new() { IsPersistent = true });
    }

    /// <summary>
    /// After an account took on another password and its other sessions were ended: keeps this browser, if it is
    /// one, signed in for the hours that it has left.
    /// </summary>
    public async Task RenewAsync(Guid userId, CancellationToken ct)
    {
        if (http.HttpContext is not { } context || ApiPaths.IsApi(context.Request)) return;
        var here = await context.AuthenticateAsync(IdentityConstants.ApplicationScheme);
        if (here.Principal is { } session && await accounts.ReadAsync(userId, ct) is { } account)
            await context.SignInAsync(IdentityConstants.ApplicationScheme, SessionClaims.Renew(session, account), here.Properties);
    }

    /// <summary>Ends the session and takes the cookie back.</summary>
    public async Task EndAsync(CancellationToken ct)
    {
        if (actor.SessionId is { } sessionId)
        {
            await using var db = await contexts.CreateDbContextAsync(ct);
            await register.EndAsync(db, sessionId, ct);
            await db.SaveChangesAsync(ct);
        }
        await Context.SignOutAsync(IdentityConstants.ApplicationScheme);
    }

    private HttpContext Context => http.HttpContext ?? throw new InvalidOperationException("A cookie needs a request to travel with.");
}
