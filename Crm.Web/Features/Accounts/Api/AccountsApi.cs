using Crm.Web.Features.Accounts.Users;

namespace Crm.Web.Features.Accounts.Api;

/// <summary>Registers and maps what programs may ask of accounts, in the dialects of four earlier systems.</summary>
static class AccountsApi
{
    public static IServiceCollection AddAccountsApi(this IServiceCollection services) => services
        .AddScoped<ApiSignIn>()
        .AddScoped<OwnAccount>()
        .AddSingleton<ShopperMemory>().AddScoped<ShopperQueries>()
        .AddScoped<StoreAccount>()
        .AddScoped<UserService>()
        .AddSingleton<DatabasePulse>();

    public static void MapAccountsApi(this IEndpointRouteBuilder routes)
    {
        routes.MapTokenEndpoints();
        routes.MapStaffAuthEndpoints();
        routes.MapShopperEndpoints();
        routes.MapStoreAuthEndpoints();
        routes.MapUserEndpoints();
        routes.MapServiceEndpoints();
    }
}
