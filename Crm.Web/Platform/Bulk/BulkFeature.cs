using Crm.Web.Platform.Hosting;
using Crm.Web.Platform.Undo;

namespace Crm.Web.Platform.Bulk;

/// <summary>Registers changes to many rows; each room adds its kinds.</summary>
public static class BulkFeature
{
    public static IServiceCollection AddBulk(this IServiceCollection services)
    {
        services.AddSettings<BulkOptions>("Bulk");
        services.AddScoped<BulkRuns>().AddSingleton<BulkLeases>().AddSingleton<BulkWorker>().AddScoped<IBulkKind, UndoBulk>();
        services.AddHostedService(s => s.GetRequiredService<BulkWorker>());
        return services;
    }
}
