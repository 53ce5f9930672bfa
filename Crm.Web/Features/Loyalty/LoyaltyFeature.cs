namespace Crm.Web.Features.Loyalty;

/// <summary>Registers the points' room.</summary>
public static class LoyaltyFeature
{
    public static IServiceCollection AddLoyalty(this IServiceCollection services) => services
        .AddScoped<LoyaltyLedger>()
        .AddScoped<LoyaltyQueries>();
}
