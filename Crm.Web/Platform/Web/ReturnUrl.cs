namespace Crm.Web.Platform.Web;

/// <summary>Where to go after signing in, signing out or choosing: never to another host, whatever the address bar was given.</summary>
public static class ReturnUrl
{
    /// <summary>The path when it is one of this host, else the start page.</summary>
    public static string Safe(string? url) => IsLocal(url) ? url! : "/";

    /// <summary>
    /// True for a path on this host: one leading slash, no second one, no back slash anywhere (browsers read it as a slash), no
    /// control character (browsers drop it).
    /// </summary>
    public static bool IsLocal(string? url) =>
        url is ['/', ..] and not ['/', '/', ..] && !url.Contains('\\') && !url.Any(char.IsControl);
}
