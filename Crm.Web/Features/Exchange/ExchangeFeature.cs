using Crm.Web.Features.Catalogue;
using Crm.Web.Features.Customers;
using Crm.Web.Features.Exchange.OnlineRetail;

namespace Crm.Web.Features.Exchange;

/// <summary>Registers what brings data in from files.</summary>
public static class ExchangeFeature
{
    public static IServiceCollection AddExchange(this IServiceCollection services) => services
        .AddScoped<ImportedCustomers>()
        .AddScoped<ImportedProducts>()
        .AddScoped<ImportRuns>()
        .AddScoped<ImportService>()
        .AddSingleton<ImportUploads>()
        .AddSingleton<ImportWorker>()
        .AddHostedService(s => s.GetRequiredService<ImportWorker>())
        .AddScoped<OnlineRetailBatch>()
        .AddScoped<OnlineRetailImport>();
}
