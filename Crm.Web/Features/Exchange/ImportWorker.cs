using System.Security.Claims;
using System.Threading.Channels;
using Crm.Data.Storage;
using Crm.Web.Features.Exchange.OnlineRetail;
using Crm.Web.Platform.Access;

namespace Crm.Web.Features.Exchange;

/// <summary>Runs uploaded imports one after the other, whoever has left the page meanwhile; at the start it ends what a dead process left open.</summary>
public sealed partial class ImportWorker(IServiceScopeFactory scopes, CrmDatabase database, ImportUploads uploads, ILogger<ImportWorker> logger) : BackgroundService
{
    private readonly Channel<ImportJob> jobs = Channel.CreateBounded<ImportJob>(1);

    private int isBusy;

    /// <summary>Takes a job on; false while another one waits or is at work.</summary>
    public bool TryTake(ImportJob job) => Interlocked.CompareExchange(ref isBusy, 1, 0) == 0 && jobs.Writer.TryWrite(job);

    /// <summary>Done before the shop opens, so that no page shows a dead run as running.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await CloseAbandonedAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var job in jobs.Reader.ReadAllAsync(stoppingToken)) await RunAsync(job, stoppingToken);
    }

    private async Task CloseAbandonedAsync(CancellationToken ct)
    {
        try
        {
            await using var turn = await SoleTurn.TryTakeAsync(database, ImportRuns.Turn, ct);
            if (turn is null) return;
            uploads.Clear();
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CurrentActor>().BecomeSystem("imports");
            await scope.ServiceProvider.GetRequiredService<ImportRuns>().CloseAbandonedAsync(ct);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // The edge of the worker: the next import looks again.
            LogCloseFailed(failure);
        }
    }

    private async Task RunAsync(ImportJob job, CancellationToken ct)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CurrentActor>().Become(Owner(job), ip: null);
            var import = scope.ServiceProvider.GetRequiredService<OnlineRetailImport>();
            import.KeepsList = false;
            var result = await import.RunAsync(job.Path, job.FileName, new Beginning(job), ct);
            if (result.Failed(out var refusal, out _)) job.Refuse(refusal);
        }
        catch (Exception failure)
        {
            // The edge of the worker: a failed import must not keep the next from running.
            job.Fail(failure);
            LogImportFailed(failure);
        }
        finally
        {
            File.Delete(job.Path);
            Interlocked.Exchange(ref isBusy, 0);
        }
    }

    private static ClaimsPrincipal Owner(ImportJob job) => new(new ClaimsIdentity(
    [
        new Claim(ClaimTypes.Role, Roles.Owner),
        new Claim(ActorClaims.DisplayName, job.OwnerName),
        .. job.OwnerId is { } id ? [new Claim(ClaimTypes.NameIdentifier, id.ToString())] : Array.Empty<Claim>(),
    ], "import"));

    private sealed class Beginning(ImportJob job) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value) => job.Begin(value.RunId);
    }

    [LoggerMessage(LogLevel.Error, "An import failed")]
    private partial void LogImportFailed(Exception failure);

    [LoggerMessage(LogLevel.Warning, "Abandoned imports could not be closed")]
    private partial void LogCloseFailed(Exception failure);
}
