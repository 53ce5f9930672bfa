namespace Crm.Web.Platform.Api;

/// <summary>The ground that every room's endpoints for programs stand on.</summary>
public static class ApiFeature
{
    public static IServiceCollection AddApi(this IServiceCollection services) =>
        services.ConfigureHttpJsonOptions(json => ApiJson.Shape(json.SerializerOptions)).AddApiDescription();

    /// <summary>Around everything that answers a program: JSON whatever happens.</summary>
    public static WebApplication UseApiAnswers(this WebApplication app)
    {
        app.UseMiddleware<ApiAnswers>();
        return app;
    }

    /// <summary>After sign-in was looked at: the limits.</summary>
    public static WebApplication UseApiLimits(this WebApplication app)
    {
        app.UseMiddleware<ApiLimits>();
        return app;
    }

    /// <summary>A group of addresses for programs: a body that could not be read is refused before its endpoint runs.</summary>
    public static RouteGroupBuilder MapApi(this IEndpointRouteBuilder routes, string prefix)
    {
        var group = routes.MapGroup(prefix);
        group.AddEndpointFilter((context, next) =>
            context.Arguments.OfType<ApiBody>().FirstOrDefault()?.Refusal is { } refusal ? ValueTask.FromResult<object?>(refusal) : next(context));
        group.TellUsualRefusals();
        return group;
    }
}
