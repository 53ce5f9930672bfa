using Microsoft.Extensions.Options;
using Quartz;
using Quartz.Extensibility;

namespace Crm.Web.Platform.Jobs;

/// <summary>Keeps the scheduler running while the shop is open; it begins after the shop has, so that nobody waits for it.</summary>
public sealed partial class JobScheduler : BackgroundService
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    private readonly QuartzStore store;
    private readonly JobRunner runner;
    private readonly IHostApplicationLifetime? lifetime;
    private readonly TimeProvider clock;
    private readonly IOptions<JobsOptions> options;
    private readonly ILogger<JobScheduler> logger;
    private ServiceProvider? quartz;
    private RunningJobs? running;

    public JobScheduler(IServiceProvider services, JobRunner runner, TimeProvider clock, IOptions<JobsOptions> options, ILogger<JobScheduler> logger)
    {
        store = ActivatorUtilities.CreateInstance<QuartzStore>(services);
        lifetime = services.GetService<IHostApplicationLifetime>();
        (this.runner, this.clock, this.options, this.logger) = (runner, clock, options, logger);
    }

    /// <summary>The scheduler and its history; null while none runs on this node.</summary>
    internal RunningJobs? Running => Volatile.Read(ref running);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Enabled) return;
        await OpenedAsync(stoppingToken);
        for (var pause = FirstPause; !await TryBeginAsync(pause, stoppingToken); pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
            await Task.Delay(pause, clock, stoppingToken);
    }

    /// <summary>Builds the scheduler, tells it the jobs and lets it run.</summary>
    internal async Task BeginAsync(CancellationToken ct)
    {
        var built = await store.BuildAsync(ct);
        IScheduler? scheduler = null;
        try
        {
            scheduler = await built.GetRequiredService<ISchedulerFactory>().GetScheduler(ct);
            await JobTable.FollowAsync(scheduler, [.. runner.Plans], ct);
            await scheduler.Start(ct);
        }
        catch
        {
            if (scheduler is not null) await scheduler.Shutdown(waitForJobsToComplete: false, CancellationToken.None);
            await built.DisposeAsync();
            throw;
        }
        quartz = built;
        Volatile.Write(ref running, new RunningJobs(scheduler, built.GetRequiredService<IExecutionHistoryStore>()));
    }

    private async Task<bool> TryBeginAsync(TimeSpan pause, CancellationToken ct)
    {
        try
        {
            await BeginAsync(ct);
            return true;
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            // The edge: a database that is away for a while comes back; until then the owner's page says that no job runs.
            LogNotStarted(failure, pause.TotalSeconds);
            return false;
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (Interlocked.Exchange(ref running, null) is { } was) await was.Scheduler.Shutdown(waitForJobsToComplete: true, cancellationToken);
        if (Interlocked.Exchange(ref quartz, null) is { } built) await built.DisposeAsync();
    }

    private async Task OpenedAsync(CancellationToken ct)
    {
        if (lifetime is null) return;
        var opened = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var _ = lifetime.ApplicationStarted.Register(opened.SetResult);
        await opened.Task.WaitAsync(ct);
        await Task.Delay(TimeSpan.FromSeconds(options.Value.StartAfterSeconds), clock, ct);
    }

    [LoggerMessage(LogLevel.Error, "The scheduler of jobs did not start, so no recurring job runs on this node; trying again in {Seconds} seconds")]
    private partial void LogNotStarted(Exception failure, double seconds);
}

/// <summary>A scheduler at work.</summary>
sealed record RunningJobs(IScheduler Scheduler, IExecutionHistoryStore History);
