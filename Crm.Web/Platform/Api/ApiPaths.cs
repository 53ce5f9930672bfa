namespace Crm.Web.Platform.Api;

/// <summary>Which requests are those of programs: they get JSON whatever happens, and never a cookie, a page or another address.</summary>
public static class ApiPaths
{
    public const string Root = "/api";

    /// <summary>Whoever watches the application asks these, as often as they like.</summary>
    public static readonly string[] Health = ["/healthz", "/ready", "/startup"];

    private const string CustomersHealth = Root + "/customers/health";
    private static readonly string[] Documents = [Root + "/docs", Root + "/schema"];

    public static bool IsApi(HttpRequest request) => request.Path.StartsWithSegments(Root);

    /// <summary>True for the API and for health checks.</summary>
    public static bool IsForPrograms(HttpRequest request) => IsApi(request) || IsHealth(request);

    public static bool IsHealth(HttpRequest request) => Health.Any(path => request.Path.StartsWithSegments(path)) || request.Path.StartsWithSegments(CustomersHealth);

    /// <summary>Whether the API's description tells of this path, which begins without a slash.</summary>
    public static bool IsDescribed(string path) => path == "api" || path.StartsWith("api/", StringComparison.Ordinal) || Health.Any(health => path.Trim('/') == health[1..]);

    /// <summary>Whether it counts against the limits: health checks and the API's description do not.</summary>
    public static bool IsLimited(HttpRequest request) =>
        IsApi(request) && !IsHealth(request) && !Documents.Any(path => request.Path.StartsWithSegments(path));
}
