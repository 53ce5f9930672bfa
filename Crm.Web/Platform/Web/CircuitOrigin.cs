namespace Crm.Web.Platform.Web;

/// <summary>
/// Refuses a circuit to pages of other hosts: WebSockets know no same-origin rule, and cookies would ride along.
/// </summary>
public sealed class CircuitOrigin(RequestDelegate next)
{
    /// <summary>403 for <c>/_blazor</c> when the Origin header names another host than the one that was asked.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        if (!context.Request.Path.StartsWithSegments("/_blazor") || IsOwn(context.Request)) return next(context);
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    /// <summary>Whether the Origin header, if there is one, names the host that was asked.</summary>
    internal static bool IsOwn(HttpRequest request)
    {
        var origin = request.Headers.Origin;
        if (origin.Count == 0) return true;
        return origin.Count == 1
            && Uri.TryCreate(origin[0], UriKind.Absolute, out var uri)
            && uri.Scheme is "http" or "https"
            && string.Equals(uri.Authority, Authority(request, uri), StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The host that was asked, written as <see cref="Uri.Authority"/> writes it: without its scheme's usual port.</summary>
    private static string Authority(HttpRequest request, Uri origin) =>
        Uri.TryCreate($"{origin.Scheme}://{request.Host}", UriKind.Absolute, out var own) ? own.Authority : "";
}
