using System.Globalization;
using Crm.Web.Platform.Hosting;

namespace Crm.Web.Platform.Limits;

/// <summary>Registers the limits on how often something may be asked for.</summary>
public static class LimitsFeature
{
    public static IServiceCollection AddLimits(this IServiceCollection services)
    {
        services.AddSettings<RateLimitOptions>("RateLimits").Validate<IHostEnvironment>(
            (limits, environment) => limits.Enabled || !environment.IsProduction(), "RateLimits:Enabled: limits cannot be switched off in Production.");
        return services.AddSingleton<RateLimits>();
    }

    /// <summary>Says it in the answer's status, for whoever reads no page.</summary>
    public static void Refuse(this HttpContext context, TooManyRequests refusal)
    {
        context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        context.Response.Headers.RetryAfter = refusal.RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
    }
}
