using System.Security.Claims;
using Crm.Web.Platform.Limits;

namespace Crm.Web.Platform.Api;

/// <summary>Counts calls of the API: by account for whoever has a good token, by address for everybody else.</summary>
public sealed class ApiLimits(RequestDelegate next, RateLimits limits)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (ApiPaths.IsLimited(context.Request))
        {
            var user = context.User.FindFirstValue(ClaimTypes.NameIdentifier);
            var refusal = user is null
                ? await limits.TakeAsync(RateLimit.Anonymous, RateLimits.Address(context.Connection.RemoteIpAddress), context.RequestAborted)
                : await limits.TakeAsync(RateLimit.SignedIn, user, context.RequestAborted);
            if (refusal is not null)
            {
                await ApiErrors.TooOften(refusal).ExecuteAsync(context);
                return;
            }
        }
        await next(context);
    }
}
