namespace Crm.Web.Platform.Api;

/// <summary>Absolute addresses in answers.</summary>
public static class ApiLinks
{
    /// <summary>The address that was asked, without its query.</summary>
    public static string Here(HttpRequest request) => To(request, request.Path);

    /// <summary>A path of this application, as the caller reaches it.</summary>
    public static string To(HttpRequest request, PathString path) => $"{request.Scheme}://{request.Host}{request.PathBase}{path}";
}
