using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Quartz;

namespace Crm.Web.Platform.Jobs;

/// <summary>The recurring jobs as the owner sees them. The owner alone.</summary>
public sealed class JobBoard(JobScheduler scheduler, JobRunner runner, CurrentActor actor)
{
    /// <summary>Every job of the shop by name; without times where none run on this node.</summary>
    public async Task<Result<JobList>> ListAsync(CancellationToken ct)
    {
        if (actor.UnlessOwner() is { } refusal) return refusal;
        if (scheduler.Running is not { } running) return new JobList(false, [.. runner.Plans.Select(p => new JobRow(p.Name, p.Purpose))]);

        var next = (await running.Scheduler.QueryTriggers(new TriggerQuery(), ct)).Items.Where(t => t.Key.Group == JobTable.Group)
            .GroupBy(t => t.JobKey.Name).ToDictionary(g => g.Key, g => g.Min(t => t.NextFireTimeUtc));
        var runs = (await running.History.QueryJobRunStatuses(new JobRunStatusQuery { SchedulerName = QuartzStore.SchedulerName }, ct)).Items.ToDictionary(r => r.Job.Name);
        var atWork = (await running.Scheduler.QueryFireInstances(new FireInstanceQuery(), ct)).Items.Select(f => f.JobKey?.Name).ToHashSet();
        return new JobList(true, [.. runner.Plans.Select(plan => Row(plan, next.GetValueOrDefault(plan.Name), runs.GetValueOrDefault(plan.Name), atWork.Contains(plan.Name)))]);
    }

    /// <summary>Has a job run as soon as a node has a hand free; one that is at work already runs once more afterwards.</summary>
    /// <returns>Done, or <see cref="JobNotFound"/>, <see cref="NoJobsHere"/>.</returns>
    public async Task<Result<Done>> RunNowAsync(string name, CancellationToken ct)
    {
        if (actor.UnlessOwner() is { } refusal) return refusal;
        if (!runner.Knows(name)) return new JobNotFound();
        if (scheduler.Running is not { } running) return new NoJobsHere();
        await running.Scheduler.TriggerJob(JobTable.KeyOf(name), new JobDataMap(), ct);
        return default(Done);
    }

    private static JobRow Row(JobPlan plan, DateTimeOffset? next, JobRunStatus? run, bool isRunning) => new(plan.Name, plan.Purpose)
    {
        NextAt = next?.UtcDateTime,
        LastAt = run?.LastFiredAtUtc.UtcDateTime,
        LastTook = run?.LastDuration,
        LastResult = run?.LastSummary,
        LastFailed = run?.LastResult is JobRunResult.Failed,
        Error = run?.LastResult is JobRunResult.Failed ? run.LastFailureMessage : null,
        Runs = run?.RunCount ?? 0,
        Failures = run?.FailureCount ?? 0,
        IsRunning = isRunning,
    };
}

/// <param name="RunsHere">Whether this node has a scheduler.</param>
public sealed record JobList(bool RunsHere, IReadOnlyList<JobRow> Rows);

/// <summary>One recurring job and how it fares; instants are UTC.</summary>
public sealed record JobRow(string Name, string Purpose)
{
    public DateTime? NextAt { get; init; }
    public DateTime? LastAt { get; init; }
    public TimeSpan? LastTook { get; init; }

    /// <summary>What the last run did, in its own words.</summary>
    public string? LastResult { get; init; }
    public bool LastFailed { get; init; }

    /// <summary>Why the last run failed, if it did.</summary>
    public string? Error { get; init; }
    public long Runs { get; init; }
    public long Failures { get; init; }
    public bool IsRunning { get; init; }
}

/// <summary>Nobody registered a job of this name.</summary>
public sealed record JobNotFound() : NotFoundError("There is no such job.");

/// <summary>Jobs are switched off here, or did not start.</summary>
public sealed record NoJobsHere() : ConflictError("Jobs do not run on this server: see the setting Jobs:Enabled and the log.");
