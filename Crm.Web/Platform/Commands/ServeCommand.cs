using Crm.Web.Platform.Hosting;

namespace Crm.Web.Platform.Commands;

/// <summary>Opens the shop in the browser until somebody stops it: what <c>./run</c> does when nothing else is asked.</summary>
public sealed class ServeCommand(AppBlueprint blueprint) : ICommand
{
    /// <summary>Where the shop opens when nobody says otherwise.</summary>
    public const int DefaultPort = 5080;

    private const string Port = "--port";

    /// <inheritdoc/>
    public string Name => "serve";

    /// <inheritdoc/>
    public string Summary => "Open the shop in the browser (what ./run alone does).";

    /// <inheritdoc/>
    public IReadOnlyList<CommandOption> Options { get; } =
    [
        new(Port, "N", $"Listen on http://localhost:N instead of {DefaultPort}."),
        .. AppArguments.Options,
        new(AppArguments.NoDemo, null, "Start empty: no demo customers, orders and sign-ins."),
    ];

    /// <inheritdoc/>
    public async Task<int> RunAsync(CommandArguments arguments, CancellationToken ct)
    {
        var port = arguments.Number(Port, 1, 65535);
        await using var app = blueprint.Build(arguments, builder => Listen(builder, port));
        await blueprint.PrepareAsync(app.Services, ct);
        await blueprint.OpenAsync(app.Services, ct);
        blueprint.Map(app);

        await app.StartAsync(ct);
        app.Services.GetRequiredService<StartBanner>().Print(Console.Out, app);
        await app.WaitForShutdownAsync(ct);
        return 0;
    }

    private static void Listen(WebApplicationBuilder builder, int? port)
    {
        var told = new[] { WebHostDefaults.ServerUrlsKey, WebHostDefaults.HttpPortsKey, WebHostDefaults.HttpsPortsKey, "Kestrel:Endpoints" };
        if (port is null && told.Any(key => builder.Configuration.GetSection(key).Exists())) return;
        builder.WebHost.UseUrls($"http://localhost:{port ?? DefaultPort}");
    }
}
