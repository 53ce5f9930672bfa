using Crm.Data;
using Crm.Web.Features.Leads.Opportunities;
using Crm.Web.Platform.Live;

namespace Crm.Web.Features.Leads;

/// <summary>
/// The leads that were looked at just now, as their panel shows them, for everybody who opens the same one or hears of its change: a
/// dozen queries once instead of for each screen. Forgotten with every change. It asks nobody for a right, so who reads from it does.
/// </summary>
public sealed class LeadMemory : IDisposable
{
    private const int MostKept = 1000;
    private static readonly TimeSpan MostAge = TimeSpan.FromMinutes(1);

    // what is due or late changes without news
    private static readonly TimeSpan MostAgeOfFigures = TimeSpan.FromSeconds(2);

    private readonly IDisposable subscription;
    private long turns;

    public LeadMemory(TimeProvider clock, ChangeFeed feed, Hearing hearing)
    {
        Details = new(hearing, clock, MostAge, MostKept);
        Timelines = new(hearing, clock, MostAge, MostKept);
        Stages = new(hearing, clock, MostAge, mostKept: 1);
        Deals = new(hearing, clock, MostAge, MostKept);
        Figures = new(hearing, clock, MostAgeOfFigures, mostKept: 1);
        subscription = feed.Remember([ChangeKinds.Lead, ChangeKinds.User, ChangeKinds.Setting, ChangeKinds.Opportunity], Forget);
    }

    internal LiveMemory<LeadDetail> Details { get; }

    /// <summary>The newest lines of all kinds, as people see them who see everybody's leads and opportunities; only for these.</summary>
    internal LiveMemory<TimelinePart> Timelines { get; }

    /// <summary>The stages of opportunities, under an empty id.</summary>
    internal LiveMemory<IReadOnlyList<StageRow>> Stages { get; }

    /// <summary>The opportunities of a lead, as people see them who see everybody's leads and the customers; only for these.</summary>
    internal LiveMemory<IReadOnlyList<OpportunityRow>> Deals { get; }

    /// <summary>How many leads there are of each kind and of whom, under an empty id.</summary>
    internal LiveMemory<LeadFigures> Figures { get; }

    /// <summary>Counts up with every reading and every move, so that a screen can tell which of two it heard of is the later.</summary>
    internal long NextTurn() => Interlocked.Increment(ref turns);

    public void Dispose() => subscription.Dispose();

    // Names of colleagues and the shop's money stand in what is kept; an opportunity does not say whose lead's timeline it is on.
    private void Forget(IReadOnlyList<ChangeTopic> topics)
    {
        foreach (var (kind, id) in topics)
        {
            var stale = kind == ChangeKinds.Lead ? id : Guid.Empty;
            Timelines.Forget(stale);
            Deals.Forget(stale);
            if (kind == ChangeKinds.Lead) Figures.Forget(Guid.Empty);
            if (kind == ChangeKinds.Opportunity) Stages.Forget(stale);
            else Details.Forget(stale);
        }
    }
}
