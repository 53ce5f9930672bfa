using Crm.Web.Features.Customers.Portal.Profile;

namespace Crm.Web.Features.Customers.Portal;

/// <summary>Registers what stands behind a customer's own pages.</summary>
public static class PortalFeature
{
    public static IServiceCollection AddPortal(this IServiceCollection services) => services
        .AddScoped<OwnCustomer>()
        .AddScoped<PortalQueries>()
        .AddScoped<ProfileService>()
        .AddScoped<NotificationService>()
        .AddScoped<FavouriteService>();
}
