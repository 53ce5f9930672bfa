using Crm.Web.Features.Customers.List;

namespace Crm.Web.Features.Customers;

/// <summary>Registers the customers' room.</summary>
public static class CustomersFeature
{
    public static IServiceCollection AddCustomers(this IServiceCollection services) => services
        .AddScoped<CustomerIntake>()
        .AddScoped<CustomerService>()
        .AddScoped<CustomerQueries>();
}
