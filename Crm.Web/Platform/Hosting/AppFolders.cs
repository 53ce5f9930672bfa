namespace Crm.Web.Platform.Hosting;

/// <summary>Where the app finds the person's own files, wherever it was built or started.</summary>
public static class AppFolders
{
    /// <summary>
    /// The folder of the settings file and of <c>data</c>: the checkout's top when the app runs from one, else the app's own folder.
    /// </summary>
    public static string Home { get; } = Checkout(AppContext.BaseDirectory) ?? AppContext.BaseDirectory;

    private static string? Checkout(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "Crm.sln"))) return at.FullName;
        return null;
    }
}
