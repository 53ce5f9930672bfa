using Crm.Web.Platform.Access;

namespace Crm.Web.Platform.Jobs;

/// <summary>Runs one job as the application itself, in a scope of its own.</summary>
public sealed partial class JobRunner(IServiceScopeFactory scopes, IEnumerable<JobPlan> plans, ILogger<JobRunner> logger)
{
    private readonly IReadOnlyDictionary<string, JobPlan> plans = plans.ToDictionary(p => p.Name);

    /// <summary>What the rooms registered, by name.</summary>
    public IEnumerable<JobPlan> Plans => plans.Values.OrderBy(p => p.Name, StringComparer.Ordinal);

    public bool Knows(string name) => plans.ContainsKey(name);

    /// <returns>What was done, in the job's words.</returns>
    public async Task<string> RunAsync(string name, CancellationToken ct)
    {
        var plan = plans[name];
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().BecomeSystem($"job: {name}");
        try
        {
            return await ((IBackgroundJob)scope.ServiceProvider.GetRequiredService(plan.Type)).RunAsync(ct);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // The edge: the scheduler keeps the sentence, the log keeps the stack.
            LogFailed(failure, name);
            throw;
        }
    }

    [LoggerMessage(LogLevel.Error, "The job {Name} failed")]
    private partial void LogFailed(Exception failure, string name);
}
