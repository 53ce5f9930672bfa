namespace Crm.Web.Platform.Outbox;

/// <summary>Registers the outbox: posting into it and sending from it.</summary>
public static class OutboxFeature
{
    public static IServiceCollection AddOutbox(this IServiceCollection services)
    {
        services.AddSingleton<OutboxWriter>();
        return services;
    }
}
