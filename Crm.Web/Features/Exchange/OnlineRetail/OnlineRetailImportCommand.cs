using Crm.Data.Exchange;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Commands;
using Crm.Web.Platform.Hosting;

namespace Crm.Web.Features.Exchange.OnlineRetail;

/// <summary><c>./run import online-retail FILE</c>: reads the UCI Online Retail file into the shop from the command line.</summary>
public sealed class OnlineRetailImportCommand(AppBlueprint blueprint) : ICommand
{
    /// <inheritdoc/>
    public string Name => "import online-retail";

    /// <inheritdoc/>
    public string Summary => "Read the UCI Online Retail file (CSV or gzip) in as customers, products, orders, returns and points.";

    /// <inheritdoc/>
    public IReadOnlyList<string> Operands => ["FILE"];

    /// <inheritdoc/>
    public IReadOnlyList<CommandOption> Options => AppArguments.Options;

    /// <inheritdoc/>
    public Task<int> RunAsync(CommandArguments arguments, CancellationToken ct)
    {
        var path = Path.GetFullPath(arguments.Operands[0]);
        return blueprint.RunOnceAsync(arguments, (services, stop) => ImportAsync(services, path, stop), ct);
    }

    private static async Task<int> ImportAsync(IServiceProvider services, string path, CancellationToken ct)
    {
        services.GetRequiredService<CurrentActor>().BecomeSystem("Import from the command line");
        using var progress = new ConsoleProgress(Console.Error, isTerminal: !Console.IsErrorRedirected);
        var import = services.GetRequiredService<OnlineRetailImport>();
        var result = await import.RunAsync(path, Path.GetFileName(path), progress, ct);
        progress.Dispose();
        if (result.Failed(out var refusal, out var outcome)) throw new StartException(refusal.Message);
        if (outcome.State is ImportState.Cancelled) return Stopped(outcome);
        await Console.Out.WriteAsync(ImportSummary.Of(outcome).AsMemory(), CancellationToken.None);
        return 0;
    }

    private static int Stopped(ImportOutcome outcome)
    {
        Console.Error.WriteLine($"run: {char.ToLowerInvariant(outcome.Message[0])}{outcome.Message[1..]}");
        return CommandLine.Stopped;
    }
}
