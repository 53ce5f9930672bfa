using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Crm.Web.Features.Accounts.Sessions;

/// <summary>
/// Checks the cookie of every request against the account as it is now: a closed account or a changed password ends the
/// session, a changed role counts at once. The cookie itself is not written again, so that its hours do not grow.
/// </summary>
sealed class SessionCookieEvents(AccountStates accounts) : CookieAuthenticationEvents
{
    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        var session = context.Principal ?? new ClaimsPrincipal();
        var account = SessionClaims.UserId(session) is { } id ? await accounts.RecallAsync(id, context.HttpContext.RequestAborted) : null;
        if (!SessionClaims.Stands(session, account))
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(context.Scheme.Name);
        }
        else if (!SessionClaims.SaysTheSame(session, account!))
        {
            context.ReplacePrincipal(SessionClaims.Renew(session, account!));
        }
    }
}
