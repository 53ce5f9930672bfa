using Crm.Web.Platform.Web;
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
        return Results.LocalRedirect(ReturnUrl.Safe(returnUrl));
    }
}
