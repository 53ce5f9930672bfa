using Microsoft.AspNetCore.Components.Server.Circuits;

namespace Crm.Web.Platform.Access;

/// <summary>Registers who is acting, and the policies.</summary>
public static class AccessFeature
{
    public static IServiceCollection AddAccess(this IServiceCollection services)
    {
        services.AddScoped<CurrentActor>();
        services.AddSingleton<Rights>();
        services.AddSingleton<StaffDirectory>();
        services.AddHttpContextAccessor();
        services.AddScoped<CircuitHandler, ActorCircuitHandler>();
        services.AddCascadingAuthenticationState();
        return services.AddAccessPolicies();
    }

    /// <summary>After authentication: fills <see cref="CurrentActor"/> for a request.</summary>
    public static WebApplication UseCurrentActor(this WebApplication app)
    {
        app.Use((context, next) =>
        {
            context.RequestServices.GetRequiredService<CurrentActor>().Become(context.User, context.Connection.RemoteIpAddress?.ToString());
            return next(context);
        });
        return app;
    }
}
