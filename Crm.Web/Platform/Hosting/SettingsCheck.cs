namespace Crm.Web.Platform.Hosting;

/// <summary>Refuses settings that nobody reads: a misspelt one would otherwise be ignored without a word.</summary>
public static class SettingsCheck
{
    /// <summary>Environment variables with this prefix are settings: <c>CRM__Storage__Postgres</c> is <c>Storage:Postgres</c>.</summary>
    public const string EnvironmentPrefix = "CRM__";

    private static readonly HashSet<string> Frameworks = new(StringComparer.OrdinalIgnoreCase) { "Logging", "AllowedHosts", "Kestrel" };

    /// <summary>Compares all sections' keys, and the sections named in the environment, with what is registered.</summary>
    /// <exception cref="StartException">The first that nobody reads.</exception>
    public static void Run(IConfiguration configuration, IEnumerable<SettingsSection> sections)
    {
        var known = sections.ToLookup(s => s.Name, s => s.Options, StringComparer.OrdinalIgnoreCase);
        var environment = new ConfigurationBuilder().AddEnvironmentVariables(EnvironmentPrefix).Build();
        foreach (var section in environment.GetChildren().Where(s => !known.Contains(s.Key) && !Frameworks.Contains(s.Key)))
            throw new StartException($"there is no setting {section.Key}: see {EnvironmentPrefix}{section.Key}… in the environment.");

        foreach (var section in known)
            foreach (var key in configuration.GetSection(section.Key).GetChildren().Select(c => c.Key))
                if (!section.Any(options => options.GetProperties().Any(p => p.CanWrite && p.Name.Equals(key, StringComparison.OrdinalIgnoreCase))))
                    throw new StartException($"there is no setting {section.Key}:{key}.");
    }
}
