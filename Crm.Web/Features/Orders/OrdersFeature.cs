namespace Crm.Web.Features.Orders;

/// <summary>Registers the orders' room.</summary>
public static class OrdersFeature
{
    public static IServiceCollection AddOrders(this IServiceCollection services) => services
        .AddScoped<PastOrders>()
        .AddScoped<OrderQueries>();
}
