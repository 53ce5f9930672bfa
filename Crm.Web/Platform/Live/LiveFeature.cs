using Crm.Data.Live;

namespace Crm.Web.Platform.Live;

/// <summary>Registers the change feed and its listener.</summary>
public static class LiveFeature
{
    public static IServiceCollection AddLive(this IServiceCollection services)
    {
        services.AddSingleton<ChangeFeed>();
        services.AddSingleton<IChangeSink>(s => s.GetRequiredService<ChangeFeed>());
        services.AddSingleton<Hearing>().AddSingleton<PostgresChangeListener>();
        services.AddHostedService(s => s.GetRequiredService<PostgresChangeListener>());
        return services;
    }
}
