namespace Crm.Web.Features.Accounts.Sessions;

/// <summary>Puts what a browser says of itself into words that its owner knows: "Firefox on Android".</summary>
static class DeviceName
{
    // The first that is found counts: nearly every browser also claims to be Safari, and several to be Chrome.
    private static readonly (string Mark, string Name)[] Browsers =
    [
        ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser/", "Samsung Internet"), ("Vivaldi/", "Vivaldi"), ("YaBrowser/", "Yandex Browser"),
        ("FxiOS/", "Firefox"), ("Firefox/", "Firefox"), ("CriOS/", "Chrome"), ("HeadlessChrome/", "Chrome"), ("Chromium/", "Chromium"), ("Chrome/", "Chrome"),
        ("Safari/", "Safari"), ("curl/", "curl"), ("PostmanRuntime/", "Postman"), ("okhttp/", "An app"), ("Dart/", "An app"),
    ];

    private static readonly (string Mark, string Name)[] Systems =
    [
        ("iPad", "iPad"), ("iPhone", "iPhone"), ("Android", "Android"), ("Windows", "Windows"), ("CrOS", "ChromeOS"), ("Mac OS X", "Mac"), ("Linux", "Linux"),
    ];

    /// <summary>Null when it says nothing.</summary>
    public static string? Of(string userAgent)
    {
        if (string.IsNullOrWhiteSpace(userAgent)) return null;
        var system = Find(Systems, userAgent);
        var browser = Find(Browsers, userAgent) ?? (system is null ? "An unknown program" : "A browser");
        return system is null ? browser : $"{browser} on {system}";
    }

    private static string? Find((string Mark, string Name)[] known, string userAgent) =>
        known.FirstOrDefault(k => userAgent.Contains(k.Mark, StringComparison.Ordinal)).Name;
}
