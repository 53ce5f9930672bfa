using System.IO.Compression;
using Crm.Web.Features.Settings;
using Crm.Web.Platform.BlazorScript;
using Crm.Web.Platform.Hosting;
using Crm.Web.Platform.Web;
using Crm.Web.Shell.Bell;
using Crm.Web.Shell.Theme;
using Crm.Web.Ui;
using Crm.Web.Ui.Forms;
using Crm.Web.Ui.Overlays;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.ResponseCompression;

namespace Crm.Web.Shell;

/// <summary>The body of the application: document, layouts, navigation, error pages, Blazor itself and what protects it.</summary>
public static class ShellFeature
{
    /// <summary>What a browser may send at once, in bytes; every text field has a limit far below it.</summary>
    public const int LongestMessage = 128 * 1024;

    /// <summary>Registers components, circuits, compression and what the shared components need.</summary>
    public static IServiceCollection AddShell(this IServiceCollection services)
    {
        services.AddSettings<Brand>("Brand");
        services.AddRazorComponents().AddInteractiveServerComponents().AddHubOptions(hub =>
        {
            // a frozen connection is noticed by the browser within 15 s; a resting tab may keep silent for a minute
            hub.KeepAliveInterval = TimeSpan.FromSeconds(5);
            hub.ClientTimeoutInterval = TimeSpan.FromSeconds(90);
            // a message that is longer cuts the line; the longest field is 10,000 characters, of which one may take four bytes
            hub.MaximumReceiveMessageSize = LongestMessage;
        });
        services.AddLeanJson();
        services.AddCascadingValue(s => s.GetRequiredService<Shop>().Currency);
        services.AddCascadingValue(s => new ShopName(s.GetRequiredService<Shop>().Settings.Name));
        services.AddScoped<Toasts>().AddScoped<Drafts>().AddScoped<AddressBar>().AddScoped<Inbox>();
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
        app.UseStatusCodePagesWithReExecute("/problem/{0}", createScopeForStatusCodePages: true);
        app.Use(DrawProblem);
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

    /// <summary>
    /// Words are for people: programs that call the API get the bare status. A problem page is always read, never posted to,
    /// whatever was refused: the refused form must not be checked a second time.
    /// </summary>
    private static Task DrawProblem(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<IStatusCodeReExecuteFeature>() is not null || context.Features.Get<IExceptionHandlerFeature>() is not null)
            context.Request.Method = HttpMethods.Get;
        else if (context.Request.Path.StartsWithSegments("/api") && context.Features.Get<IStatusCodePagesFeature>() is { } pages)
            pages.Enabled = false;
        return next(context);
    }
}
