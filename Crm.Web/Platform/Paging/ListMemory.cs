using System.Collections.Concurrent;
using Crm.Data;
using Crm.Web.Platform.Live;

namespace Crm.Web.Platform.Paging;

/// <summary>
/// What is known of the lists that programs page through by number: how many rows there are, behind which rows pages begin, and the pages
/// that were read. All of a kind is forgotten on any change of that kind, on this node before the change is answered, and after
/// <see cref="MostAge"/> anyway. It asks nobody for a right: the key says whose list it is.
/// </summary>
public sealed class ListMemory : IDisposable
{
    /// <summary>For lists of rows of every kind, such as the audit log's.</summary>
    public const string Everything = "everything";

    public static readonly TimeSpan MostAge = TimeSpan.FromSeconds(30);

    /// <summary>Of <see cref="Everything"/>: a row that is no record of its own kind changes without news.</summary>
    public static readonly TimeSpan MostAgeOfEverything = TimeSpan.FromSeconds(2);

    private const int MostLists = 500;

    private static readonly string[] Kinds =
    [
        ChangeKinds.Lead, ChangeKinds.Opportunity, ChangeKinds.Customer, ChangeKinds.Product, ChangeKinds.Order, ChangeKinds.Import, ChangeKinds.Setting, ChangeKinds.User,
        ChangeKinds.Notice, ChangeKinds.View, ChangeKinds.Bulk,
    ];

    private readonly ConcurrentDictionary<string, Generation> generations = new();
    private readonly Hearing hearing;
    private readonly TimeProvider clock;
    private readonly IDisposable subscription;

    public ListMemory(Hearing hearing, TimeProvider clock, ChangeFeed feed)
    {
        (this.hearing, this.clock) = (hearing, clock);
        subscription = feed.Remember(Kinds, Forget);
    }

    /// <summary>
    /// What is known of a list as it stands now; nothing while this node may miss the news of a change. Whoever finds something out tells it to this very object: when something changed in
    /// between, nobody asks it any more.
    /// </summary>
    /// <param name="kind">One of <see cref="ChangeKinds"/>, or <see cref="Everything"/>.</param>
    public KnownList Of(string kind, string key)
    {
        if (!hearing.IsUp) return new KnownList(new RowBudget());
        var now = clock.GetUtcNow();
        var generation = generations.GetOrAdd(kind, _ => new Generation(now));
        if (now - generation.Begun > (kind == Everything ? MostAgeOfEverything : MostAge) || generation.Lists.Count >= MostLists)
            generations[kind] = generation = new Generation(now);
        return generation.Lists.GetOrAdd(key, _ => new KnownList(generation.Rows));
    }

    public void Dispose() => subscription.Dispose();

    private void Forget(IReadOnlyList<ChangeTopic> topics)
    {
        foreach (var kind in topics.Select(t => t.Kind).Distinct()) generations.TryRemove(kind, out _);
        generations.TryRemove(Everything, out _);
    }

    private sealed record Generation(DateTimeOffset Begun)
    {
        public ConcurrentDictionary<string, KnownList> Lists { get; } = new();
        public RowBudget Rows { get; } = new();
    }
}

/// <summary>How many rows all lists of a kind keep together.</summary>
public sealed class RowBudget
{
    private int left = 40_000;

    public bool Take(int rows) => Interlocked.Add(ref left, -rows) >= 0;
}
