using Crm.Web.Platform.Commands;

namespace Crm.Web.Platform.Hosting;

/// <summary>The options that every command takes which opens the shop's data, and the settings they stand for.</summary>
public static class AppArguments
{
    /// <summary>Forbids demo data; only serving offers it.</summary>
    public const string NoDemo = "--no-demo";

    private const string Data = "--data";
    private const string Postgres = "--postgres";

    /// <summary>For a command's own table.</summary>
    public static IReadOnlyList<CommandOption> Options { get; } =
    [
        new(Data, "DIR", "Keep the shop's files in this folder instead of data."),
        new(Postgres, "CONNECTION", "Use this PostgreSQL database instead of a file: \"Host=…;Database=…;Username=…;Password=…\"."),
    ];

    /// <summary>What was typed, as settings; typed ones win over every file and the environment.</summary>
    public static IReadOnlyDictionary<string, string?> ToSettings(CommandArguments arguments)
    {
        var settings = new Dictionary<string, string?>(arguments.Settings, StringComparer.OrdinalIgnoreCase);
        if (arguments.FullPath(Data) is { } folder) settings["Storage:DataDirectory"] = folder;
        if (arguments.Text(Postgres) is { } connection) settings["Storage:Postgres"] = connection;
        if (arguments.Has(NoDemo)) settings["Demo:Enabled"] = "false";
        return settings;
    }
}
