namespace Crm.Web.Features.Orders;

/// <summary>Registers what writes orders and returns.</summary>
public static class OrdersFeature
{
    public static IServiceCollection AddOrders(this IServiceCollection services) => services.AddScoped<PastOrders>()
/// <summary>Registers the orders' room.</summary>
    public static IServiceCollection AddOrders(this IServiceCollection services) => services
        .AddScoped<OrderQueries>();
}
