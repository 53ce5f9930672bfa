using Crm.Web.Platform.Api;
using Microsoft.Extensions.Options;

namespace Crm.Web.Platform.Web;

/// <summary>
/// Where people reach the shop by https (Web:PublicAddress), nothing is told over plain http: a page leads to its address there, a
/// program is refused, so that it does not go on sending its token in the clear. Health checks come from inside and pass.
/// </summary>
public sealed class HttpsOnly(RequestDelegate next, IOptions<PublicAddressOptions> address)
{
    private readonly string? home = address.Value.PublicAddress is { } known && known.StartsWith("https://", StringComparison.OrdinalIgnoreCase) ? known.TrimEnd('/') : null;

    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (home is null || request.IsHttps || ApiPaths.IsHealth(request)) return next(context);
        if (ApiPaths.IsApi(request)) return ApiErrors.Detail(StatusCodes.Status403Forbidden, "This API is served over HTTPS only.").ExecuteAsync(context);
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        }
        context.Response.Redirect($"{home}{request.Path}{request.QueryString}", permanent: true, preserveMethod: true);
        return Task.CompletedTask;
    }
}
