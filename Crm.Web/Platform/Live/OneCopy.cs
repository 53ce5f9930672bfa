using System.Collections.Concurrent;

namespace Crm.Web.Platform.Live;

/// <summary>
/// Keeps equal values as one object: what a thousand screens show is in memory once. Nobody sees more by it than they have read
/// themselves, and nothing grows old in it, because a value that differs is another value.
/// </summary>
/// <param name="mostKept">With more than these it begins anew; screens keep what they hold.</param>
public sealed class OneCopy<T>(int mostKept) where T : class
{
    private readonly ConcurrentDictionary<T, T> kept = new();

    /// <summary>The one that is kept already, or this one.</summary>
    public T Of(T value)
    {
        if (kept.TryGetValue(value, out var known)) return known;
        if (kept.Count >= mostKept) kept.Clear();
        return kept.GetOrAdd(value, value);
    }
}
