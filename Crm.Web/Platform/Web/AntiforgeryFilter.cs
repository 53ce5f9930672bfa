using Microsoft.AspNetCore.Antiforgery;

namespace Crm.Web.Platform.Web;

/// <summary>Antiforgery for endpoints that take a post without reading a form; forms have it anyway.</summary>
public static class AntiforgeryFilter
{
    /// <summary>Answers 400 to a post that does not carry the token of this browser.</summary>
    public static RouteHandlerBuilder RequireAntiforgery(this RouteHandlerBuilder endpoint) =>
        endpoint.WithMetadata(new RequireAntiforgeryTokenAttribute()).AddEndpointFilter(async (context, next) =>
            context.HttpContext.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: true }
                ? await next(context)
                : TypedResults.BadRequest());
}
