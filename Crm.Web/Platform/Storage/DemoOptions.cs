namespace Crm.Web.Platform.Storage;

/// <summary>Whether an empty shop is filled with demo data. Section <c>Demo</c>.</summary>
public sealed class DemoOptions
{
    /// <summary>Unset means yes in Development and no elsewhere; true is refused in Production.</summary>
    public bool? Enabled { get; set; }

    /// <summary>The answer for this environment.</summary>
    public bool WantedIn(IHostEnvironment environment) => Enabled ?? environment.IsDevelopment();
}
