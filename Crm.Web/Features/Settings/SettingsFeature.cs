using Crm.Web.Features.Settings.Clocks;
using Crm.Web.Features.Settings.Pipeline;
using Crm.Web.Features.Settings.Views;

namespace Crm.Web.Features.Settings;

/// <summary>Registers the shop's settings.</summary>
public static class SettingsFeature
{
    public static IServiceCollection AddSettings(this IServiceCollection services) => services
        .AddSingleton<Shop>()
        .AddSingleton<Zones>()
        .AddScoped<OwnClock>()
        .AddSingleton<ShopPaper>()
        .AddScoped<SavedViewService>()
        .AddScoped<PipelineService>();
}
