namespace Crm.Web.Platform.Commands;

/// <summary>
/// Which <c>--key=value</c> words are settings rather than options: everything with a section (<c>--Storage:Postgres=…</c>),
/// and the web host's own keys, which the in-process test host passes on this way.
/// </summary>
internal static class HostSettings
{
    private static readonly HashSet<string> Keys = new(StringComparer.OrdinalIgnoreCase)
    {
        HostDefaults.ApplicationKey, HostDefaults.EnvironmentKey, HostDefaults.ContentRootKey,
        WebHostDefaults.CaptureStartupErrorsKey, WebHostDefaults.DetailedErrorsKey, WebHostDefaults.HttpPortsKey,
        WebHostDefaults.HttpsPortsKey, WebHostDefaults.HostingStartupAssembliesKey, WebHostDefaults.HostingStartupExcludeAssembliesKey,
        WebHostDefaults.PreferHostingUrlsKey, WebHostDefaults.PreventHostingStartupKey, WebHostDefaults.ServerUrlsKey,
        WebHostDefaults.ShutdownTimeoutKey, WebHostDefaults.StaticWebAssetsKey, WebHostDefaults.SuppressStatusMessagesKey,
        WebHostDefaults.WebRootKey, "https_port", "forwardedHeaders_enabled",
    };

    public static bool Knows(string key) => key.Contains(':', StringComparison.Ordinal) || Keys.Contains(key);
}
