using Crm.Web.Platform.Hosting;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace Crm.Web.Platform.Web;

/// <summary>What stands between the network and the application: whom it believes, which names it answers to, https, foreign pages.</summary>
public static class EdgeFeature
{
    private const string Everybody = "*";
    private static readonly string[] Itself = ["localhost", "127.0.0.1", "[::1]"];

    public static IServiceCollection AddEdge(this IServiceCollection services)
    {
        services.AddSettings<ProxyOptions>("Proxy");
        services.AddSettings<CorsOriginOptions>("Cors");
        services.AddSettings<EmbedOptions>("Embed");
        services.AddHsts(hsts => (hsts.MaxAge, hsts.IncludeSubDomains) = (TimeSpan.FromDays(365), true));
        services.AddCors();
        services.AddSingleton<IStartupFilter, HeadRequests>().AddSingleton<StaleForms>();
        services.AddOptions<ForwardedHeadersOptions>().Configure<IOptions<ProxyOptions>>(Believe);
        services.AddOptions<Microsoft.AspNetCore.Cors.Infrastructure.CorsOptions>().Configure<IOptions<CorsOriginOptions>, IHostEnvironment>((cors, origins, environment) =>
            cors.AddDefaultPolicy(policy => policy.WithOrigins(origins.Value.In(environment)).AllowAnyHeader().AllowAnyMethod().WithExposedHeaders("Link", "Retry-After").SetPreflightMaxAge(TimeSpan.FromHours(1))));
        services.AddOptions<HostFilteringOptions>().PostConfigure<IOptions<PublicAddressOptions>, IHostEnvironment>(AnswerToOwnName);
        return services;
    }

    /// <summary>First of all.</summary>
    public static WebApplication UseEdge(this WebApplication app)
    {
        if (app.Services.GetRequiredService<IOptions<ProxyOptions>>().Value.Known.Length > 0) app.UseForwardedHeaders();
        if (app.Environment.IsDevelopment()) return app;
        app.UseHsts();
        app.UseMiddleware<HttpsOnly>();
        return app;
    }

    private static void Believe(ForwardedHeadersOptions forwarded, IOptions<ProxyOptions> proxy)
    {
        forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        forwarded.ForwardLimit = null;
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        foreach (var network in proxy.Value.Networks) forwarded.KnownIPNetworks.Add(network);
    }

    // A request that names another host could poison what is made of the name.
    private static void AnswerToOwnName(HostFilteringOptions hosts, IOptions<PublicAddressOptions> address, IHostEnvironment environment)
    {
        if (!environment.IsProduction() || !Uri.TryCreate(address.Value.PublicAddress, UriKind.Absolute, out var own)) return;
        if (hosts.AllowedHosts is null or [] or [Everybody]) hosts.AllowedHosts = [own.Host, .. Itself];
    }
}
