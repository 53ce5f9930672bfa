using System.Collections.Concurrent;

namespace Crm.Web.Platform.Live;

/// <summary>
/// Keeps what was read from the database, by id, until it changes. Asking takes no lock. What was read before a change is never kept after
/// it: whoever reads takes a <see cref="Ticket"/> first, and any forgetting since makes it worthless. Nothing is kept for what is not there.
/// </summary>
/// <param name="mostAge">For a node that missed the news of a change.</param>
/// <param name="mostKept">With more than these it begins anew.</param>
public sealed class LiveMemory<T>(Hearing hearing, TimeProvider clock, TimeSpan mostAge, int mostKept) where T : class
{
    private readonly ConcurrentDictionary<Guid, Kept> kept = new();
    private readonly Lock guard = new();
    private long forgettings;

    /// <summary>What is kept and fresh enough, or null; null also while this node may miss the news of a change.</summary>
    public T? Recall(Guid id) => hearing.IsUp && kept.TryGetValue(id, out var known) && clock.GetUtcNow() - known.ReadAt < mostAge ? known.Value : null;

    /// <summary>What is kept and fresh enough, or else what is read now.</summary>
    public async Task<T?> RecallAsync(Guid id, Func<CancellationToken, Task<T?>> read, CancellationToken ct) => Recall(id) ?? await RenewAsync(id, read, ct);

    /// <summary>What is read now, in place of what was kept.</summary>
    public async Task<T?> RenewAsync(Guid id, Func<CancellationToken, Task<T?>> read, CancellationToken ct)
    {
        var ticket = Begin();
        var value = await read(ct);
        Keep(id, value, ticket);
        return value;
    }

    /// <summary>To be called before reading what is to be kept.</summary>
    public Ticket Begin() => new(Interlocked.Read(ref forgettings), clock.GetUtcNow());

    /// <summary>Keeps what was read since the ticket was taken, unless anything was forgotten since. Null forgets what was kept.</summary>
    public void Keep(Guid id, T? value, Ticket ticket)
    {
        lock (guard)
        {
            if (ticket.Forgettings != forgettings) return;
            if (value is null)
            {
                kept.TryRemove(id, out _);
                return;
            }
            if (kept.Count >= mostKept) kept.Clear();
            kept[id] = new Kept(value, ticket.At);
        }
    }

    /// <summary>An empty id forgets all, as in <see cref="ChangeFeed"/>.</summary>
    public void Forget(Guid id)
    {
        lock (guard)
        {
            Interlocked.Increment(ref forgettings);
            if (id == Guid.Empty) kept.Clear();
            else kept.TryRemove(id, out _);
        }
    }

    /// <summary>The moment before a reading.</summary>
    public readonly record struct Ticket(long Forgettings, DateTimeOffset At);

    private sealed record Kept(T Value, DateTimeOffset ReadAt);
}
