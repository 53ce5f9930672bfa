using Crm.Web.Platform.Hosting;

namespace Crm.Web.Platform.Outbox;

/// <summary>Registers the outbox: posting into it and sending from it.</summary>
public static class OutboxFeature
{
    public static IServiceCollection AddOutbox(this IServiceCollection services)
    {
        services.AddSettings<OutboxOptions>("Outbox");
        services.AddSingleton<OutboxWriter>().AddSingleton<OutboxLeases>().AddSingleton<OutboxDispatcher>().AddScoped<OutboxBoard>();
        services.AddHostedService(s => s.GetRequiredService<OutboxDispatcher>());
        return services;
    }
}
