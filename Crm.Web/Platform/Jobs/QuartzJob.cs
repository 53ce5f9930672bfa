using Quartz;

namespace Crm.Web.Platform.Jobs;

/// <summary>What Quartz knows of every job: its name, by which <see cref="JobRunner"/> runs it.</summary>
[DisallowConcurrentExecution]
sealed class QuartzJob(JobRunner runner) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
        context.Result = JobRunReport.Succeeded(await runner.RunAsync(context.JobDetail.Key.Name, cancellationToken));
}
