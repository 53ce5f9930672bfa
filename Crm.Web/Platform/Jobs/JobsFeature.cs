using Crm.Web.Platform.Hosting;
using Crm.Web.Platform.Outbox;

namespace Crm.Web.Platform.Jobs;

/// <summary>Registers the scheduler, and the jobs that are the platform's own; rooms add theirs with <c>AddJob</c>.</summary>
public static class JobsFeature
{
    public static IServiceCollection AddJobs(this IServiceCollection services)
    {
        services.AddSettings<JobsOptions>("Jobs");
        services.AddSingleton<JobRunner>().AddSingleton<JobScheduler>().AddScoped<JobBoard>();
        services.AddHostedService(s => s.GetRequiredService<JobScheduler>());
        return services.AddJob<OutboxSweep>("Clear sent messages", "Ends messages that are too old to be sent, and forgets those that were sent, or given up, a month ago.", "0 50 * * * ?");
    }
}
