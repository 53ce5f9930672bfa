using Crm.Web.Platform.Commands;
using Crm.Web.Platform.Hosting;
using Microsoft.AspNetCore.TestHost;

namespace Crm.Web.Tests.Shell;

/// <summary>The whole application as it runs in Production, on an empty database, asked in memory; <c>/boom</c> always fails.</summary>
public sealed class OpenShop : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private WebApplication app = null!;

    public HttpClient Http { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        var blueprint = new AppBlueprint(
            addServices: builder => builder.Services.AddCrm(),
            prepare: (services, ct) => services.PrepareCrmAsync(ct),
            open: (_, _) => Task.CompletedTask,
            map: web => web.MapCrm());
        var settings = new Dictionary<string, string?>
        {
            ["applicationName"] = "Crm.Web", ["environment"] = "Production", ["Storage:DataDirectory"] = folder.Path,
        };
        app = blueprint.Build(new CommandArguments([], new Dictionary<string, string>(), settings), builder => builder.WebHost.UseTestServer());
        await blueprint.PrepareAsync(app.Services, CancellationToken.None);
        blueprint.Map(app);
        app.MapGet("/boom", string () => throw new InvalidOperationException("a secret")).AllowAnonymous();
        await app.StartAsync(CancellationToken.None);
        Http = app.GetTestClient();
    }

    public async Task DisposeAsync()
    {
        Http.Dispose();
        await app.DisposeAsync();
        folder.Dispose();
    }
}
