namespace Crm.Web.Platform.Paging;

/// <summary>
/// Reads a list again that somebody has paged through, without taking away what is on their screen: what was shown stays shown,
/// and what is new stands above it.
/// </summary>
public static class ShownRows
{
    /// <summary>As many rows as any list reads at once.</summary>
    public const int Most = 1000;

    /// <summary>How many rows to ask for: a page at first, later all that are shown and a page of new ones.</summary>
    public static int ToRead(int shown, int pageSize) => shown == 0 ? pageSize : Math.Clamp(shown + pageSize, pageSize, Most);

    /// <summary>Of the rows that were read: down to the last one that was on screen, and no fewer than before.</summary>
    /// <param name="more">Whether more rows followed those that were read.</param>
    public static (List<T> Rows, bool HasMore) Keep<T>(IReadOnlyList<T> read, bool more, IReadOnlyList<T> shown, int pageSize, Func<T, object> key)
    {
        var last = shown.Count == 0 ? -1 : read.Select(key).ToList().LastIndexOf(key(shown[^1]));
        var count = Math.Min(read.Count, Math.Max(Math.Max(shown.Count, pageSize), last + 1));
        return ([.. read.Take(count)], more || count < read.Count);
    }
}
