using Crm.Web.Platform.Access;
using Crm.Web.Platform.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Crm.Web.Features.Accounts.Sessions;

/// <summary>The buttons of the list of sessions.</summary>
static class SessionEndpoints
{
    public static void MapSessionEndpoints(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/account/sessions/end", EndAsync).RequireAuthorization(Policies.SignedIn);
        routes.MapPost("/account/sessions/end-others", EndOthersAsync).RequireAuthorization(Policies.SignedIn).RequireAntiforgery();
    }

    private static async Task<RedirectHttpResult> EndAsync([FromForm] Guid id, SessionService sessions, CancellationToken ct) =>
        Back((await sessions.EndAsync(id, ct)).Error is null ? "one" : "gone");

    private static async Task<RedirectHttpResult> EndOthersAsync(SessionService sessions, CancellationToken ct) =>
        Back((await sessions.EndOthersAsync(ct)).Error is null ? "others" : "gone");

    private static RedirectHttpResult Back(string done) => TypedResults.LocalRedirect($"/account/sessions?done={done}");
}
