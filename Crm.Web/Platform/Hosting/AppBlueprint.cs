using Crm.Web.Platform.Commands;
using Crm.Web.Platform.Storage;
using Microsoft.Extensions.Options;

namespace Crm.Web.Platform.Hosting;

/// <summary>
/// Builds the app the same way for every command: its settings, its services, what must stand before any work (folders,
/// database), and the pages and endpoints that only serving needs.
/// </summary>
public sealed class AppBlueprint(
    Action<WebApplicationBuilder> addServices,
    Func<IServiceProvider, CancellationToken, Task> prepare,
    Func<IServiceProvider, CancellationToken, Task> open,
    Action<WebApplication> map)
{
    private static readonly string[] TellOfFailedStarts = ["Microsoft.Extensions.Hosting.Internal.Host", "Microsoft.AspNetCore.Server.Kestrel"];

    /// <summary>The app with every setting checked, before anything is opened or listened to.</summary>
    public WebApplication Build(CommandArguments arguments, Action<WebApplicationBuilder>? configure = null)
    {
        var settings = AppArguments.ToSettings(arguments);
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = [.. arguments.Settings.Select(s => $"--{s.Key}={s.Value}"), "--hostBuilder:reloadConfigOnChange=false"],
            ContentRootPath = settings.ContainsKey(HostDefaults.ContentRootKey) ? null : AppContext.BaseDirectory,
        });
        AddSources(builder, settings);
        builder.WebHost.UseStaticWebAssets();
        builder.Services.AddSingleton<StartBanner>();
        addServices(builder);
        configure?.Invoke(builder);
        QuietFailedStarts(builder);

        var app = builder.Build();
        SettingsCheck.Run(app.Configuration, app.Services.GetServices<SettingsSection>());
        app.Services.GetService<IStartupValidator>()?.Validate();
        return app;
    }

    /// <summary>What must stand before any work: called once by every command, before it starts.</summary>
    public Task PrepareAsync(IServiceProvider services, CancellationToken ct) => prepare(services, ct);

    /// <summary>What must stand before the shop opens, beyond what every command needs.</summary>
    public Task OpenAsync(IServiceProvider services, CancellationToken ct) => open(services, ct);

    /// <summary>The pages and endpoints.</summary>
    public void Map(WebApplication app) => map(app);

    /// <summary>Builds the app without listening, does the work in one scope, and stops it on Ctrl+C.</summary>
    public Task<int> RunOnceAsync(CommandArguments arguments, Func<IServiceProvider, CancellationToken, Task<int>> work, CancellationToken ct) =>
        RunAsync(arguments, _ => { }, work, ct);

    /// <summary>The same for a command that only reads: it needs a shop that was opened before.</summary>
    public Task<int> ReadOnceAsync(CommandArguments arguments, Func<IServiceProvider, CancellationToken, Task<int>> work, CancellationToken ct) =>
        RunAsync(arguments, services => services.RequireShop(), work, ct);

    private async Task<int> RunAsync(CommandArguments arguments, Action<IServiceProvider> check, Func<IServiceProvider, CancellationToken, Task<int>> work, CancellationToken ct)
    {
        using var stop = new StopSignal(ct);
        await using var app = Build(arguments);
        check(app.Services);
        await PrepareAsync(app.Services, stop.Token);
        await using var scope = app.Services.CreateAsyncScope();
        return await work(scope.ServiceProvider, stop.Token);
    }

    private static void AddSources(WebApplicationBuilder builder, IReadOnlyDictionary<string, string?> typed) =>
        builder.Configuration
            .AddJsonFile(Path.Combine(AppFolders.Home, $"appsettings.{builder.Environment.EnvironmentName}.json"), optional: true, reloadOnChange: false)
            .AddEnvironmentVariables(SettingsCheck.EnvironmentPrefix)
            .AddInMemoryCollection(typed);

    // A start that fails is told once, by StartupFailure; the host and Kestrel would tell it again with a stack.
    private static void QuietFailedStarts(WebApplicationBuilder builder)
    {
        var started = false;
        builder.Services.AddHostedService(services => new WhenStarted(services.GetRequiredService<IHostApplicationLifetime>(), () => started = true));
        foreach (var category in TellOfFailedStarts)
            builder.Logging.AddFilter(category, level => started && level >= LogLevel.Warning);
    }

    private sealed class WhenStarted(IHostApplicationLifetime lifetime, Action act) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            lifetime.ApplicationStarted.Register(act);
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
