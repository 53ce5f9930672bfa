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
        var probe = Path.Combine(folder, $".writable-{Environment.ProcessId}");
        try
        {
            Directory.CreateDirectory(folder);
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"the data folder {folder} cannot be written: {e.Message} Choose another with --data DIR.", e);
        }
    }
}
