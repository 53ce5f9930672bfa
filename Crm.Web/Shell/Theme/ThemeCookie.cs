namespace Crm.Web.Shell.Theme;

/// <summary>The person's wish for light or dark, kept in a cookie so that the server draws the first page right.</summary>
public static class ThemeCookie
{
    /// <summary>Name of the cookie.</summary>
    public const string Name = "theme";

    /// <summary>light or dark; null follows the system.</summary>
    public static string? Read(HttpRequest request) =>
        request.Cookies[Name] is "light" or "dark" ? request.Cookies[Name] : null;

    /// <summary>Keeps the wish for a year; anything but light or dark forgets it.</summary>
    public static void Write(HttpContext context, string? wish)
    {
        if (wish is not ("light" or "dark"))
        {
            context.Response.Cookies.Delete(Name);
            return;
        }
        context.Response.Cookies.Append(Name, wish, new()
        {
            HttpOnly = true,
            IsEssential = true,
            MaxAge = TimeSpan.FromDays(365),
            SameSite = SameSiteMode.Lax,
            Secure = context.Request.IsHttps,
        });
    }
}
