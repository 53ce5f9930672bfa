using Quartz;

namespace Crm.Web.Platform.Jobs;

/// <summary>Makes the scheduler's table follow what the rooms registered: new jobs in, changed times changed, dropped jobs out.</summary>
static class JobTable
{
    /// <summary>Of the jobs and their planned times; what somebody starts by hand is of another.</summary>
    public const string Group = "shop";

    public static JobKey KeyOf(string name) => new(name, Group);

    public static async Task FollowAsync(IScheduler scheduler, IReadOnlyCollection<JobPlan> plans, CancellationToken ct)
    {
        foreach (var plan in plans)
        {
            // what stands as it should keeps its place in time: a time missed while the shop was closed is then made up for
            if (await scheduler.GetTrigger(TriggerOf(plan.Name), ct) is ICronTrigger known && known.CronExpressionString == plan.Cron) continue;
            await scheduler.ScheduleJob(JobOf(plan), [Trigger(plan)], new ScheduleJobOptions { Replace = true }, ct);
        }
        var stored = (await scheduler.QueryJobs(new JobQuery(), ct)).Items.Select(j => j.Key).Where(k => k.Group == Group);
        foreach (var dropped in stored.Where(k => plans.All(p => p.Name != k.Name)).ToList()) await scheduler.DeleteJob(dropped, ct);
    }

    private static TriggerKey TriggerOf(string name) => new(name, Group);

    private static IJobDetail JobOf(JobPlan plan) =>
        JobBuilder.Create<QuartzJob>().WithIdentity(KeyOf(plan.Name)).WithDescription(plan.Purpose).StoreDurably().RequestRecovery(true).Build();

    private static ITrigger Trigger(JobPlan plan) =>
        TriggerBuilder.Create().WithIdentity(TriggerOf(plan.Name)).ForJob(KeyOf(plan.Name))
            .WithSchedule(CronScheduleBuilder.Create(plan.Cron).InTimeZone(TimeZoneInfo.Utc).WithMisfireInstruction(CronTriggerMisfireInstruction.FireAndProceed))
            .Build();
}
