using System.Threading.Channels;
using Crm.Data;
using Crm.Data.Bulk;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Live;
using Microsoft.Extensions.Options;

namespace Crm.Web.Platform.Bulk;

/// <summary>
/// Works runs off, one after the other on each node: woken by every start, on any node, and by looking every few seconds for what a dead
/// node left.
/// </summary>
public sealed partial class BulkWorker(
    IServiceScopeFactory scopes, StaffDirectory staff, BulkLeases leases, ChangeFeed feed, TimeProvider clock, IOptions<BulkOptions> options, ILogger<BulkWorker> logger) : BackgroundService
{
    private readonly BulkBatches batches = new(scopes, staff, leases, options);

    // one waiting signal is enough: it stands for all that came since
    private readonly Channel<bool> wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Works until nothing waits any more.</summary>
    public async Task WorkDueAsync(CancellationToken ct)
    {
        while (await leases.TakeAsync(ct) is { } hold) await RunAsync(hold, int.MaxValue, ct);
    }

    /// <summary>Works on what waits longest for so many batches, and then falls silent like a node that dies.</summary>
    internal async Task DieAfterAsync(int most, CancellationToken ct)
    {
        if (await leases.TakeAsync(ct) is { } hold) await RunAsync(hold, most, ct);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Enabled) return;
        using var told = feed.Subscribe([ChangeKinds.Bulk], _ => { wake.Writer.TryWrite(true); return Task.CompletedTask; });
        await using var timer = clock.CreateTimer(_ => wake.Writer.TryWrite(true), null, TimeSpan.Zero, TimeSpan.FromSeconds(options.Value.PollSeconds));
        await foreach (var _ in wake.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await WorkDueAsync(stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                // The edge: a database that is away for a while comes back, and the next look finds what waits.
                LogLookFailed(failure);
            }
        }
    }

    private async Task RunAsync(BulkHold hold, int most, CancellationToken ct)
    {
        try
        {
            for (var batch = 0; batch < most; batch++)
            {
                var step = await batches.NextAsync(hold, ct);
                if (step is BulkStep.GoOn) continue;
                if (Ending(step) is var (state, message)) await leases.EndAsync(hold.RunId, state, message, ct);
                return;
            }
        }
        catch (Exception failure)
        {
            // The edge of the worker: a run that fails ends and says so, and the next one begins.
            if (ct.IsCancellationRequested)
            {
                await leases.GiveBackAsync(hold.RunId, CancellationToken.None);
                return;
            }
            LogFailed(hold.RunId, failure);
            await leases.EndAsync(hold.RunId, BulkState.Failed, "It stopped at a fault. What was done stays and can be undone; start again for the rest.", ct);
        }
    }

    private static (BulkState State, string? Message)? Ending(BulkStep step) => step switch
    {
        BulkStep.GoOn or BulkStep.Lost => null,
        BulkStep.Finished => (BulkState.Finished, null),
        BulkStep.Stopped => (BulkState.Cancelled, "Stopped. What was done stays and can be undone."),
        BulkStep.NotAllowed => (BulkState.Failed, "Whoever started this may not do it any more."),
    };

    [LoggerMessage(LogLevel.Warning, "Looking for bulk changes failed; trying again")]
    private partial void LogLookFailed(Exception failure);

    [LoggerMessage(LogLevel.Error, "Bulk change {RunId} failed")]
    private partial void LogFailed(Guid runId, Exception failure);
}
