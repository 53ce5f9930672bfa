namespace Crm.Web.Platform.Jobs;

/// <summary>
/// Work that nobody waits for, done again and again as the application itself. A node that dies may leave it half done and another
/// does it once more, so doing it twice must be as good as once.
/// </summary>
public interface IBackgroundJob
{
    /// <returns>What was done, in words for the owner: "12 sent messages removed."</returns>
    Task<string> RunAsync(CancellationToken ct);
}

/// <summary>A recurring job, as its room registered it.</summary>
/// <param name="Name">Its words in lists, and what the scheduler knows it by.</param>
/// <param name="Purpose">What it is for, in a sentence that the owner reads.</param>
/// <param name="Cron">Seconds first, by UTC: "0 30 7 * * ?" is half past seven.</param>
/// <param name="Type">The <see cref="IBackgroundJob"/>; a scope of its own for each run.</param>
public sealed record JobPlan(string Name, string Purpose, string Cron, Type Type);

/// <summary>Registers recurring jobs.</summary>
public static class JobRegistration
{
    public static IServiceCollection AddJob<TJob>(this IServiceCollection services, string name, string purpose, string cron)
        where TJob : class, IBackgroundJob =>
        services.AddScoped<TJob>().AddSingleton(new JobPlan(name, purpose, cron, typeof(TJob)));
}
