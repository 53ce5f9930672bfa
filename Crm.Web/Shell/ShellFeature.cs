using System.IO.Compression;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.BlazorScript;
using Crm.Web.Platform.Web;
using Crm.Web.Shell.Theme;
using Crm.Web.Ui;
using Crm.Web.Ui.Forms;
using Crm.Web.Ui.Overlays;
using Microsoft.AspNetCore.ResponseCompression;

namespace Crm.Web.Shell;

/// <summary>The body of the application: document, layouts, navigation, error pages, Blazor itself and what protects it.</summary>
public static class ShellFeature
{
    /// <summary>Registers components, circuits, policies, compression and what the shared components need.</summary>
    public static IServiceCollection AddShell(this IServiceCollection services)
    {
        services.AddOptions<Brand>().BindConfiguration("Brand").ValidateDataAnnotations().ValidateOnStart();
        services.AddRazorComponents().AddInteractiveServerComponents().AddHubOptions(hub =>
        {
            // a frozen connection is noticed by the browser within 15 s; a resting tab may keep silent for a minute
            hub.KeepAliveInterval = TimeSpan.FromSeconds(5);
            hub.ClientTimeoutInterval = TimeSpan.FromSeconds(90);
        });
        services.AddCascadingAuthenticationState();
        services.AddAccessPolicies();
        services.AddCascadingValue(_ => new CurrencyFormat("CAD", "$"));
        services.AddScoped<Toasts>().AddScoped<Drafts>();
        services.AddSingleton<BlazorScriptFile>();
        // BREACH needs cross-site requests with cookies, which SameSite=Lax refuses; tokens differ in every answer
        services.AddResponseCompression(options => options.EnableForHttps = true);
        services.Configure<BrotliCompressionProviderOptions>(options => options.Level = CompressionLevel.Fastest);
        return services;
    }

    /// <summary>First in the pipeline, before sign-in is looked at: headers, compression, words for bare refusals and failures.</summary>
    public static WebApplication UseShell(this WebApplication app)
    {
        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<CircuitOrigin>();
        app.UseResponseCompression();
        if (!app.Environment.IsDevelopment()) app.UseExceptionHandler("/error", createScopeForErrors: true);
        app.UseWhen(context => !context.Request.Path.StartsWithSegments("/api"),
            pages => pages.UseStatusCodePagesWithReExecute("/problem/{0}", createScopeForStatusCodePages: true));
        return app;
    }

    /// <summary>Maps static files, the script, the theme form and every page.</summary>
    public static WebApplication MapShell(this WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous();
        app.MapBlazorScript();
        app.MapTheme();
        // asked by a browser whose circuit hangs: does the shop answer at all?
        app.MapMethods("/alive", [HttpMethods.Get, HttpMethods.Head], () => Results.NoContent()).AllowAnonymous();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null);
        return app;
    }
}
