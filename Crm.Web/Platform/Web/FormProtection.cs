using Microsoft.AspNetCore.Antiforgery;

namespace Crm.Web.Platform.Web;

/// <summary>Takes a post only when it carries the token that the shop's own page gave to this browser.</summary>
public static class FormProtection
{
    /// <summary>
    /// After sign-in was looked at: checks the token where the address asks for it, before anything else runs. A form of the shop's own page
    /// that came too late leads back to it (<see cref="StaleForms"/>), any other is answered 400. Pages would otherwise answer with an
    /// empty page, and endpoints that read no form would not answer at all.
    /// </summary>
    public static WebApplication UseFormProtection(this WebApplication app)
    {
        var stale = app.Services.GetRequiredService<StaleForms>();
        app.UseAntiforgery();
        app.Use(async (context, next) =>
        {
            if (context.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false })
            {
                // Nothing goes on to the form's own page. The page that puts a refusal into words passes here again, and is not what was refused.
                context.Features.Set<IAntiforgeryValidationFeature>(null);
                if (!stale.TryLeadBack(context)) context.Response.StatusCode = StatusCodes.Status400BadRequest;
                return;
            }
            await next(context);
            // The page has no form of that name now: it was sent once more, by loading an answer again; or the page led elsewhere before it looked.
            if (context.Response is { StatusCode: StatusCodes.Status400BadRequest, HasStarted: false } && HttpMethods.IsPost(context.Request.Method) && StaleForms.IsPage(context)) stale.LeadBack(context);
        });
        return app;
    }

    /// <summary>Asks for the token at an address that takes a post without reading a form; forms ask for it anyway.</summary>
    public static RouteHandlerBuilder RequireAntiforgery(this RouteHandlerBuilder endpoint) =>
        endpoint.WithMetadata(new RequireAntiforgeryTokenAttribute());
}
