namespace Crm.E2E.Ground;

/// <summary>Where the product stands that the journeys walk through.</summary>
static class House
{
    public static readonly string Root = FindRoot();

    /// <summary>The application, built in the same configuration as this assembly.</summary>
    public static string App => Path.Combine(Root, "Crm.Web", "bin", Configuration, "net10.0", "Crm.Web.dll");

    /// <summary>Pictures and traces of a run.</summary>
    public static string Artifacts => Directory.CreateDirectory(Path.Combine(Root, "artifacts", "e2e")).FullName;

    private static string Configuration => new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Crm.sln"))) return folder.FullName;
        throw new InvalidOperationException("Crm.sln was not found above the tests.");
    }
}
