using System.Collections.Concurrent;

namespace Crm.Web.Platform.Paging;

/// <summary>A row's place in an ordered list.</summary>
/// <param name="Key">Its value in the column that orders the list.</param>
public sealed record ListMark(object Key, Guid Id);

/// <summary>What is known of one list of one moment.</summary>
/// <param name="budget">Of the pages that are kept.</param>
public sealed class KnownList(RowBudget budget)
{
    /// <summary>Enough that no page is far from one.</summary>
    public const int MostMarks = 2_000;

    private readonly Lock guard = new();
    private readonly SortedList<int, ListMark> marks = [];
    private readonly ConcurrentDictionary<(int Offset, int Size), object> pages = new();
    private Task? survey;
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
            if (marks.Count < MostMarks * 2) marks[offset] = mark;
        }
    }

    /// <summary>A page that was read before, or null.</summary>
    public List<T>? Find<T>(int offset, int size) => pages.GetValueOrDefault((offset, size)) as List<T>;

    /// <summary>Keeps a page, while there is room.</summary>
    public void Keep<T>(int offset, int size, List<T> rows)
    {
        if (budget.Take(rows.Count)) pages[(offset, size)] = rows;
    }

    /// <summary>Does the work, or waits for somebody who is at it already.</summary>
    public async Task AloneAsync(Func<CancellationToken, Task> work, CancellationToken ct)
    {
        TaskCompletionSource? mine = null;
        Task? others;
        lock (guard)
        {
            others = survey;
            if (others is null) survey = (mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
        if (mine is null)
        {
            await others!.WaitAsync(ct);
            return;
        }
        try
        {
            await work(ct);
        }
        finally
        {
            lock (guard) survey = null;
            mine.SetResult();
        }
    }
}
