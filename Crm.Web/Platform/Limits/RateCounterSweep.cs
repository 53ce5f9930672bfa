using Crm.Data;
using Crm.Web.Platform.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Platform.Limits;

/// <summary>Forgets counters whose window is long over; no limit counts over more than a day.</summary>
sealed class RateCounterSweep(IDbContextFactory<CrmDbContext> contexts, TimeProvider clock) : IBackgroundJob
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(2);

    public async Task<string> RunAsync(CancellationToken ct)
    {
        var before = (clock.GetUtcNow().UtcDateTime - Kept).Ticks;
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var write = await db.BeginWriteAsync(ct);
        var gone = await db.RateCounters.Where(c => c.WindowStart < before).ExecuteDeleteAsync(ct);
        await write.CommitAsync(ct);
        return $"{gone:N0} counters removed.";
    }
}

/// <summary>Registers <see cref="RateCounterSweep"/>.</summary>
public static class RateCounterSweepJob
{
    public static IServiceCollection AddRateCounterSweep(this IServiceCollection services) =>
        services.AddJob<RateCounterSweep>("Clear used-up limits", "Forgets how often addresses tried to sign in or register, once it no longer matters.", "0 40 * * * ?");
}
