using Crm.Web.Features.Insights.Finder;
using Crm.Web.Features.Insights.Reports;

namespace Crm.Web.Features.Insights;

/// <summary>Registers what the shop knows about its trade and its desk.</summary>
public static class InsightsFeature
{
    public static IServiceCollection AddInsights(this IServiceCollection services) => services
        .AddScoped<FindQueries>()
        .AddScoped<TradeQueries>()
        .AddScoped<DeskQueries>()
        .AddScoped<FiguresReport>()
        .AddScoped<Dashboard>()
        .AddSingleton<CohortMemory>()
        .AddScoped<SalesReport>();

    public static WebApplication MapInsights(this WebApplication app) => app.MapReports();
}
