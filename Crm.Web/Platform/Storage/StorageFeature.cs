using Crm.Web.Platform.Hosting;
using Microsoft.Extensions.Options;

namespace Crm.Web.Platform.Storage;

/// <summary>Registers where the shop keeps its data and makes sure that it can.</summary>
public static class StorageFeature
{
    /// <summary>The options of the sections Storage and Demo.</summary>
    public static IServiceCollection AddStorage(this IServiceCollection services)
    {
        services.AddSettings<StorageOptions>("Storage");
        services.AddSettings<DemoOptions>("Demo").Validate<IHostEnvironment>(
            (demo, environment) => !(environment.IsProduction() && demo.WantedIn(environment)),
            "Demo:Enabled: demo data and its known passwords are refused in Production.");
        return services;
    }

    /// <summary>Makes the data folder and proves that files can be written there.</summary>
    /// <exception cref="StartException">The folder cannot be made or written.</exception>
    public static void PrepareStorage(this IServiceProvider services)
    {
        var folder = services.GetRequiredService<IOptions<StorageOptions>>().Value.Folder;
        if (File.Exists(folder)) throw new StartException($"the data folder {folder} is a file. Choose another with --data DIR.");
        var probe = Path.Combine(folder, $".writable-{Environment.ProcessId}");
        try
        {
            Directory.CreateDirectory(folder);
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"the data folder {folder} cannot be {(Directory.Exists(folder) ? "written" : "made")}{Reason(e)}. Choose another with --data DIR.", e);
        }
    }

    /// <summary>For commands that only read: a mistyped folder must not look like a shop without trade.</summary>
    /// <exception cref="StartException">No shop was ever opened there.</exception>
    public static void RequireShop(this IServiceProvider services)
    {
        var storage = services.GetRequiredService<IOptions<StorageOptions>>().Value;
        if (!storage.UsesPostgres && !File.Exists(Path.Combine(storage.Folder, DatabaseFeature.SqliteFileName)))
            throw new StartException($"there is no shop in {storage.Folder} yet. Open it once with ./run, or choose another folder with --data DIR.");
    }

    private static string Reason(Exception e) => e is UnauthorizedAccessException ? ": it is read-only for this user" : "";
}
