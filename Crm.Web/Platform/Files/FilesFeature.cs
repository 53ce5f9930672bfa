using Crm.Web.Platform.Jobs;

namespace Crm.Web.Platform.Files;

/// <summary>Registers uploads: keeping, checking, serving and clearing away.</summary>
public static class FilesFeature
{
    public static IServiceCollection AddFiles(this IServiceCollection services) => services
        .AddScoped<IFileStore, DatabaseFiles>()
        .AddJob<FileSweep>("Clear unused files", "Removes files that nothing has pointed to for a month, so that deletions could be taken back.", "0 50 3 * * ?");

    public static WebApplication MapFiles(this WebApplication app)
    {
        FileEndpoints.Map(app);
        return app;
    }
}
