namespace Crm.Web.Platform.Web;

/// <summary>Where to go after signing in, signing out or choosing: never to another host, whatever the address bar was given.</summary>
public static class ReturnUrl
{
    /// <summary>The path when it is one of this host, else the start page.</summary>
    public static string Safe(string? url) => IsLocal(url) ? url! : "/";

    /// <summary>
    /// True for a path on this host: one leading slash, nowhere two together (dots between them are dropped on the way), no back slash
    /// anywhere (browsers read it as a slash), no control character (browsers drop it).
    /// </summary>
    public static bool IsLocal(string? url) =>
        url is ['/', ..] && !url.Contains('\\') && !url.Any(char.IsControl) && Path(url).Split('/') is ["", .. var parts]
        && parts.SkipLast(1).All(p => p is not ("" or "." or "..")) && parts is not [.., "." or ".."];

    // with what is written in it by its number, as servers and browsers read it
    private static string Path(string url) => Uri.UnescapeDataString(url.Split('?', '#')[0]);
}
