using Crm.Web.Platform.Api;

namespace Crm.Web.Features.Accounts.Api;

/// <summary>What the API offers, and whether the application lives, for whoever watches it.</summary>
static class ServiceEndpoints
{
    private const string Service = "ecommerce-api";

    public static void MapServiceEndpoints(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz/", () => ApiJson.Ok(new ServiceAnswer("healthy", Service))).AllowAnonymous().WithTags("Service").WithSummary("The process answers").Gives<ServiceAnswer>();
        routes.MapGet("/ready/", ReadyAsync).AllowAnonymous().WithTags("Service").WithSummary("The database answers").Gives<ReadyAnswer>().Refuses<NotReadyAnswer>(503);
        routes.MapGet("/startup/", StartedAsync).AllowAnonymous().WithTags("Service").WithSummary("The application has started").Gives<ServiceAnswer>().Refuses<NotReadyAnswer>(503);
        routes.MapGet("/api/", Root).AllowAnonymous().WithTags("Service").WithSummary("Where everything is").Gives<RootAnswer>();
        routes.MapGet("/api/v1/", Root).AllowAnonymous().WithTags("Service").WithSummary("Where everything is").Gives<RootAnswer>();
    }

    /// <summary>What the start page says to a program.</summary>
    public static IResult Welcome() => ApiJson.Ok(new { message = "E-Commerce API is running", docs_url = "/api/docs/", api_v1 = "/api/v1/" });

    private static async Task<IResult> ReadyAsync(DatabasePulse pulse, CancellationToken ct) => await pulse.BeatsAsync(ct)
        ? ApiJson.Ok(new ReadyAnswer("ready", "connected", Service))
        : ApiJson.Of(new NotReadyAnswer("not ready", "The database does not answer."), StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> StartedAsync(DatabasePulse pulse, CancellationToken ct) => await pulse.BeatsAsync(ct)
        ? ApiJson.Ok(new ServiceAnswer("started", Service))
        : ApiJson.Of(new NotReadyAnswer("starting", "The database does not answer."), StatusCodes.Status503ServiceUnavailable);

    private static IResult Root(HttpRequest request)
    {
        string At(string path) => ApiLinks.To(request, path);
        return ApiJson.Ok(new RootAnswer(
            "E-Commerce API v1",
            new RootAddresses(
                At("/api/v1/auth/"), At("/api/v1/products/"), At("/api/v1/cart/"), At("/api/v1/orders/"), At("/api/v1/payments/"), At("/api/docs/"), At("/api/schema/")),
            Interactions: At("/api/interactions/"), Users: At("/api/users/"), Customers: At("/api/customers/"), Opportunities: At("/api/opportunities/")));
    }
}
