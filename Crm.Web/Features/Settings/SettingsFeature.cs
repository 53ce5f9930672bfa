using Crm.Web.Features.Settings.Pipeline;

namespace Crm.Web.Features.Settings;

/// <summary>Registers the shop's settings.</summary>
public static class SettingsFeature
{
    public static IServiceCollection AddSettings(this IServiceCollection services) => services
        .AddSingleton<Shop>()
        .AddSingleton<ShopPaper>()
        .AddScoped<PipelineService>();
}
