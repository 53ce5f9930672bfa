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
    private readonly Dictionary<Guid, Reading> readings = [];
    private readonly Lock guard = new();
    private long forgettings;

    /// <summary>What is kept and fresh enough, or null; null also while this node may miss the news of a change.</summary>
    public T? Recall(Guid id) => hearing.IsUp && kept.TryGetValue(id, out var known) && clock.GetUtcNow() - known.ReadAt < mostAge ? known.Value : null;

    /// <summary>What is kept and fresh enough, or else what is read now.</summary>
    public async Task<T?> RecallAsync(Guid id, Func<CancellationToken, Task<T?>> read, CancellationToken ct) => Recall(id) ?? await RenewAsync(id, read, ct);

    /// <summary>
    /// The same, read once for all who ask at the same time. Whoever leaves does not stop the reading, so it must ask for nobody's sake:
    /// with what it needs, and not who asks, decided before.
    /// </summary>
    /// <param name="lasts">Whether it may be kept, when not all of it is told of by the feed; null for always.</param>
    public Task<T?> ShareAsync(Guid id, Func<Task<T?>> read, Func<T, bool>? lasts, CancellationToken ct)
    {
        if (Recall(id) is { } known) return Task.FromResult<T?>(known);
        if (!hearing.IsUp) return read().WaitAsync(ct);
        Reading reading;
        lock (guard)
        {
            if (Recall(id) is { } meanwhile) return Task.FromResult<T?>(meanwhile);
            if (!readings.TryGetValue(id, out reading!))
            {
                readings[id] = reading = new Reading(clock.GetUtcNow());
                reading.Task = Task.Run(() => ReadAsync(id, reading, read, lasts), CancellationToken.None);
            }
        }
        return reading.Task.WaitAsync(ct);
    }

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
            Put(id, new Kept(value, ticket.At));
        }
    }

    /// <summary>An empty id forgets all, as in <see cref="ChangeFeed"/>.</summary>
    public void Forget(Guid id)
    {
        lock (guard)
        {
            Interlocked.Increment(ref forgettings);
            if (id == Guid.Empty)
            {
                kept.Clear();
                readings.Clear();
            }
            else
            {
                kept.TryRemove(id, out _);
                readings.Remove(id);
            }
        }
    }

    // What was forgotten while it was read is handed to those who asked before, and to nobody after.
    private async Task<T?> ReadAsync(Guid id, Reading reading, Func<Task<T?>> read, Func<T, bool>? lasts)
    {
        T? value = null;
        try
        {
            return value = await read();
        }
        finally
        {
            lock (guard)
            {
                if (readings.TryGetValue(id, out var current) && current == reading)
                {
                    readings.Remove(id);
                    if (value is not null && lasts?.Invoke(value) is not false) Put(id, new Kept(value, reading.At));
                }
            }
        }
    }

    private void Put(Guid id, Kept value)
    {
        if (kept.Count >= mostKept) kept.Clear();
        kept[id] = value;
    }

    /// <summary>The moment before a reading.</summary>
    public readonly record struct Ticket(long Forgettings, DateTimeOffset At);

    private sealed class Reading(DateTimeOffset at)
    {
        public DateTimeOffset At => at;
        public Task<T?> Task { get; set; } = null!;
    }

    private sealed record Kept(T Value, DateTimeOffset ReadAt);
}
