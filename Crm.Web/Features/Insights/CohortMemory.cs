using Crm.Data;
using Crm.Web.Platform.Live;

namespace Crm.Web.Features.Insights;

/// <summary>
/// The cohorts of each source, the dearest question of the dashboard: asked again when orders changed, not for every change and every
/// screen, and never older than a minute. It asks nobody for a right.
/// </summary>
public sealed class CohortMemory : IDisposable
{
    private static readonly TimeSpan MostAge = TimeSpan.FromMinutes(1);

    private readonly Dictionary<TradeSource, LiveMemory<IReadOnlyList<Cohort>>> bySource;
    private readonly IDisposable subscription;

    public CohortMemory(TimeProvider clock, ChangeFeed feed, Hearing hearing)
    {
        bySource = TradeSource.All.ToDictionary(source => source, _ => new LiveMemory<IReadOnlyList<Cohort>>(hearing, clock, MostAge, mostKept: 1));
        subscription = feed.Remember([ChangeKinds.Order], _ =>
        {
            foreach (var memory in bySource.Values) memory.Forget(Guid.Empty);
        });
    }

    internal LiveMemory<IReadOnlyList<Cohort>> Of(TradeSource source) => bySource[source];

    public void Dispose() => subscription.Dispose();
}
