using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Crm.Web.Features.Accounts.Sessions;

/// <summary>
/// Checks the cookie of every request against the account as it is now: a session that was ended, a closed account or a
/// changed password ends it, a changed role counts at once. The cookie itself is not written again, so that its hours do not grow.
/// </summary>
sealed class SessionCookieEvents(AccountStates accounts, SessionSightings sightings) : CookieAuthenticationEvents
{
    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        var session = context.Principal ?? new ClaimsPrincipal();
        var account = await accounts.RecallAsync(session, context.HttpContext.RequestAborted);
        if (!SessionClaims.Stands(session, account))
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(context.Scheme.Name);
            return;
        }
        if (!SessionClaims.SaysTheSame(session, account!))
        {
            context.ReplacePrincipal(SessionClaims.Renew(session, account!));
        }
        await sightings.NoteAsync(SessionClaims.SessionId(session)!.Value, context.HttpContext.RequestAborted);
    }
}
