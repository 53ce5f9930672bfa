using Crm.Web.Platform.Api;

namespace Crm.Web.Features.Accounts.Api;

/// <summary>What the API offers, and whether the application lives, for whoever watches it.</summary>
static class ServiceEndpoints
{
    private const string Service = "ecommerce-api";

    public static void MapServiceEndpoints(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz/", () => ApiJson.Ok(new { status = "healthy", service = Service })).AllowAnonymous().WithTags("Service").WithSummary("The process answers");
        routes.MapGet("/ready/", ReadyAsync).AllowAnonymous().WithTags("Service").WithSummary("The database answers");
        routes.MapGet("/startup/", StartedAsync).AllowAnonymous().WithTags("Service").WithSummary("The application has started");
        routes.MapGet("/api/", Root).AllowAnonymous().WithTags("Service").WithSummary("Where everything is");
        routes.MapGet("/api/v1/", Root).AllowAnonymous().WithTags("Service").WithSummary("Where everything is");
    }

    /// <summary>What the start page says to a program.</summary>
    public static IResult Welcome() => ApiJson.Ok(new { message = "E-Commerce API is running", docs_url = "/api/docs/", api_v1 = "/api/v1/" });

    private static async Task<IResult> ReadyAsync(DatabasePulse pulse, CancellationToken ct) => await pulse.BeatsAsync(ct)
        ? ApiJson.Ok(new { status = "ready", database = "connected", service = Service })
        : ApiJson.Of(new { status = "not ready", error = "The database does not answer." }, StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> StartedAsync(DatabasePulse pulse, CancellationToken ct) => await pulse.BeatsAsync(ct)
        ? ApiJson.Ok(new { status = "started", service = Service })
        : ApiJson.Of(new { status = "starting", error = "The database does not answer." }, StatusCodes.Status503ServiceUnavailable);

    private static IResult Root(HttpRequest request)
    {
        string At(string path) => ApiLinks.To(request, path);
        return ApiJson.Ok(new
        {
            message = "E-Commerce API v1",
            endpoints = new
            {
                authentication = At("/api/v1/auth/"), products = At("/api/v1/products/"), cart = At("/api/v1/cart/"), orders = At("/api/v1/orders/"),
                payments = At("/api/v1/payments/"), documentation = At("/api/docs/"), schema = At("/api/schema/"),
            },
            interactions = At("/api/interactions/"), users = At("/api/users/"), customers = At("/api/customers/"), opportunities = At("/api/opportunities/"),
        });
    }
}
