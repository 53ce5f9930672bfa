using Microsoft.AspNetCore.Antiforgery;

namespace Crm.Web.Platform.Web;

/// <summary>Takes a post only when it carries the token that the shop's own page gave to this browser.</summary>
public static class FormProtection
{
    /// <summary>
    /// After sign-in was looked at: checks the token where the address asks for it, and answers 400 before anything else runs. Pages
    /// would otherwise answer with an empty page, and endpoints that read no form would not answer at all.
    /// </summary>
    public static WebApplication UseFormProtection(this WebApplication app)
    {
        app.UseAntiforgery();
        app.Use((context, next) =>
        {
            if (context.Features.Get<IAntiforgeryValidationFeature>() is not { IsValid: false }) return next(context);
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            // The page that puts this into words passes here again, and is not what was refused.
            context.Features.Set<IAntiforgeryValidationFeature>(null);
            return Task.CompletedTask;
        });
        return app;
    }

    /// <summary>Asks for the token at an address that takes a post without reading a form; forms ask for it anyway.</summary>
    public static RouteHandlerBuilder RequireAntiforgery(this RouteHandlerBuilder endpoint) =>
        endpoint.WithMetadata(new RequireAntiforgeryTokenAttribute());
}
