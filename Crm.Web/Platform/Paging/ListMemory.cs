using System.Collections.Concurrent;
using Crm.Data;
using Crm.Web.Platform.Live;

namespace Crm.Web.Platform.Paging;

/// <summary>
/// What is known of the lists that programs page through by number: how many rows there are, and behind which rows pages begin. All of
/// a kind is forgotten on any change of that kind, on this node before the change is answered, and after <see cref="MostAge"/> anyway.
/// It holds no row, and asks nobody for a right: the key says whose list it is.
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
    private readonly TimeProvider clock;
    private readonly IDisposable subscription;

    public ListMemory(TimeProvider clock, ChangeFeed feed)
    {
        this.clock = clock;
        subscription = feed.Remember(Kinds, Forget);
    }

    /// <summary>
    /// What is known of a list as it stands now. Whoever finds something out tells it to this very object: when something changed in
    /// between, nobody asks it any more.
    /// </summary>
    /// <param name="kind">One of <see cref="ChangeKinds"/>, or <see cref="Everything"/>.</param>
    public KnownList Of(string kind, string key)
    {
        var now = clock.GetUtcNow();
        var generation = generations.GetOrAdd(kind, _ => new Generation(now));
        if (now - generation.Begun > (kind == Everything ? MostAgeOfEverything : MostAge) || generation.Lists.Count >= MostLists)
            generations[kind] = generation = new Generation(now);
        return generation.Lists.GetOrAdd(key, _ => new KnownList());
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
    }
}

/// <summary>One list of one moment.</summary>
public sealed class KnownList
{
    private const int MostMarks = 2_000;

    private readonly Lock guard = new();
    private readonly SortedList<int, ListMark> marks = [];
    private int count = -1;

    /// <summary>How many rows there are; null when nobody has counted yet.</summary>
    public int? Count
    {
        get => Volatile.Read(ref count) is >= 0 and var known ? known : null;
        set => Volatile.Write(ref count, value ?? -1);
    }

    /// <summary>The nearest known row at or before so many rows from the beginning, and how many it is behind.</summary>
    public (int Offset, ListMark? Mark) Nearest(int offset)
    {
        lock (guard)
        {
            var (low, high) = (0, marks.Count);
            while (low < high)
            {
                var middle = (low + high) / 2;
                if (marks.Keys[middle] <= offset) low = middle + 1;
                else high = middle;
            }
            return low == 0 ? (0, null) : (marks.Keys[low - 1], marks.Values[low - 1]);
        }
    }

    /// <summary>So many rows from the beginning a page begins right behind this row.</summary>
    public void Learn(int offset, ListMark mark)
    {
        lock (guard)
        {
            if (marks.Count < MostMarks) marks[offset] = mark;
        }
    }
}

/// <summary>A row's place in an ordered list.</summary>
/// <param name="Key">Its value in the column that orders the list.</param>
public sealed record ListMark(object Key, Guid Id);
