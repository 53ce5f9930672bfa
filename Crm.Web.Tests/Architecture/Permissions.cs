using System.Reflection;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;

namespace Crm.Web.Tests.Architecture;

/// <summary>Rule 6: every page and every endpoint says who may use it, by a policy or by allowing everybody out loud.</summary>
public static class Permissions
{
    // The framework's own: its script, its circuits, its files; they carry no data of the shop.
    // The last one serves the same files as the others while developing.
    private static readonly string[] FrameworkPaths = ["_framework", "_blazor", "_content", "{**path:file}"];

    /// <summary>Of routable components.</summary>
    public static IEnumerable<string> Violations(IEnumerable<Type> types) =>
        from type in types
        where type.GetCustomAttributes<RouteAttribute>().Any()
        where !type.GetCustomAttributes().Any(a => a is IAuthorizeData or IAllowAnonymous)
        select $"{type.FullName} does not say who may open it: @attribute [Authorize(…)] or [AllowAnonymous].";

    /// <summary>Of mapped endpoints; feed it the app's <see cref="EndpointDataSource"/>.</summary>
    public static IEnumerable<string> Violations(EndpointDataSource endpoints) =>
        from endpoint in endpoints.Endpoints.OfType<RouteEndpoint>()
        where !FrameworkPaths.Contains(endpoint.RoutePattern.RawText?.TrimStart('/').Split('/')[0])
        where !endpoint.Metadata.Any(m => m is IAuthorizeData or IAllowAnonymous or AuthorizationPolicy || IsStaticFile(m))
        select $"{endpoint.DisplayName} does not say who may call it: RequireAuthorization(…) or AllowAnonymous().";

    private static bool IsStaticFile(object metadata) => metadata.GetType().FullName == "Microsoft.AspNetCore.StaticAssets.StaticAssetDescriptor";
}
