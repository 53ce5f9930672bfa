using System.Collections.Concurrent;
using Crm.Data;
using Crm.Web.Platform.Live;

namespace Crm.Web.Features.Leads.Api;

/// <summary>
/// Figures of the desk, reckoned once for all who ask at the same time: forgotten on any change of a lead or its parts, on this node
/// before the change is answered, and after <see cref="MostAge"/> anyway. It asks nobody for a right: the key says whose they are.
/// </summary>
sealed class StatsMemory : IDisposable
{
    /// <summary>An answer may be made of parts that are as old themselves: twice this, and the time of reckoning, stay below the two seconds that are promised.</summary>
    public static readonly TimeSpan MostAge = TimeSpan.FromSeconds(0.75);

    private const int MostKept = 5_000;

    private readonly TimeProvider clock;
    private readonly IDisposable subscription;
    private ConcurrentDictionary<object, Kept> kept = new();

    public StatsMemory(TimeProvider clock, ChangeFeed feed)
    {
        this.clock = clock;
        subscription = feed.Remember([ChangeKinds.Lead, ChangeKinds.User], _ => Volatile.Write(ref kept, new()));
    }

    /// <summary>What is known under the key, or what is read now; whoever asks meanwhile waits for the same.</summary>
    internal async Task<T> RecallAsync<T>(object key, Func<Task<T>> read) where T : class
    {
        var (now, generation) = (clock.GetUtcNow(), Volatile.Read(ref kept));
        if (generation.Count > MostKept) generation.Clear();
        var found = generation.AddOrUpdate(key, Begin, (_, known) => now - known.Begun < MostAge ? known : Begin(key));
        try
        {
            return (T)await found.Value.Value;
        }
        catch
        {
            generation.TryRemove(KeyValuePair.Create(key, found));
            throw;
        }

        Kept Begin(object _) => new(now, new Lazy<Task<object>>(async () => await read()));
    }

    public void Dispose() => subscription.Dispose();

    private sealed record Kept(DateTimeOffset Begun, Lazy<Task<object>> Value);
}
