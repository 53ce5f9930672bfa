using Crm.Web.Features.Accounts.Api;
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

    /// <summary>A program that asks for JSON, and for no page, is told where the API is.</summary>
    private static IResult Home(CurrentActor actor, HttpRequest request) => WantsJson(request) ? ServiceEndpoints.Welcome() : TypedResults.LocalRedirect(
        actor.IsStaff ? "/today" : actor.IsCustomer ? "/me" : SessionCookie.SignInPath);

    private static bool WantsJson(HttpRequest request) =>
        request.Headers.Accept.ToString() is var accept && accept.Contains("json", StringComparison.OrdinalIgnoreCase) && !accept.Contains("html", StringComparison.OrdinalIgnoreCase);

    private static async Task<RedirectHttpResult> SignOutAsync(SessionKeeper sessions, CancellationToken ct)
    {
        await sessions.EndAsync(ct);
        return TypedResults.LocalRedirect($"{SessionCookie.SignInPath}?bye=1");
    }
}
