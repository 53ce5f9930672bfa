using Crm.Web.Features.Accounts.Sessions;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Crm.Web.Features.Accounts;

/// <summary>The start page, which is another for each role, and signing out.</summary>
static class AccountsEndpoints
{
    public static void MapAccountEndpoints(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", Home).AllowAnonymous();
        routes.MapPost("/account/sign-out", SignOutAsync).AllowAnonymous().RequireAntiforgery();
    }

    private static RedirectHttpResult Home(CurrentActor actor) => TypedResults.LocalRedirect(
        actor.IsStaff ? "/today" : actor.IsCustomer ? "/me" : SessionCookie.SignInPath);

    private static async Task<RedirectHttpResult> SignOutAsync(SessionKeeper sessions, CancellationToken ct)
    {
        await sessions.EndAsync(ct);
        return TypedResults.LocalRedirect($"{SessionCookie.SignInPath}?bye=1");
    }
}
