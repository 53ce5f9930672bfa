using Crm.Web.Platform.Api;
using Crm.Web.Platform.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;

namespace Crm.Web.Features.Accounts.Bearer;

/// <summary>Registers the tokens of programs, and which door asks for what: the API for a token, everything else for the cookie.</summary>
static class TokensFeature
{
    private const string ByPath = "ByPath";

    public static IServiceCollection AddTokens(this IServiceCollection services)
    {
        services.AddSettings<TokensOptions>("Tokens");
        services.AddSingleton<TokenKey>().AddSingleton<TokenDesk>();
        services.AddScoped<ApiSessions>();
        return services;
    }

    /// <summary>The scheme that chooses: a cookie opens nothing of the API, so no other site's page can use one there.</summary>
    public static AuthenticationBuilder AddAuthenticationByPath(this IServiceCollection services) => services.AddAuthentication(ByPath)
        .AddPolicyScheme(ByPath, null, scheme => scheme.ForwardDefaultSelector = context =>
            ApiPaths.IsApi(context.Request) ? BearerHandler.SchemeName : IdentityConstants.ApplicationScheme)
        .AddScheme<AuthenticationSchemeOptions, BearerHandler>(BearerHandler.SchemeName, null);
}
