using Microsoft.AspNetCore.Mvc;

namespace Crm.Web.Shell.Theme;

/// <summary>Takes the theme form.</summary>
public static class ThemeEndpoint
{
    /// <summary>Maps <c>POST /theme</c>: keeps the wish and leads back to the page it came from.</summary>
    public static void MapTheme(this IEndpointRouteBuilder routes) => routes.MapPost("/theme", Choose).AllowAnonymous();

    private static IResult Choose(HttpContext context, [FromForm] string? theme, [FromForm] string? returnUrl)
    {
        ThemeCookie.Write(context, theme);
        return Results.LocalRedirect(IsLocal(returnUrl) ? returnUrl! : "/");
    }

    /// <summary>True for a path on this host: one leading slash, no second, no back slash, no control character.</summary>
    internal static bool IsLocal(string? url) =>
        url is ['/', ..] and not ['/', '/' or '\\', ..] && !url.Any(char.IsControl);
}
