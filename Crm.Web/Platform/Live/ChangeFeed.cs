using System.Collections.Concurrent;
using Crm.Data;
using Crm.Data.Live;

namespace Crm.Web.Platform.Live;

/// <summary>
/// Brings what was committed, on this node or another, to the screens that show it. A topic with an empty id means
/// "many of this kind": look again.
/// </summary>
public sealed partial class ChangeFeed(ILogger<ChangeFeed> logger) : IChangeSink
{
    private readonly ConcurrentDictionary<Guid, Subscription> subscriptions = new();
    private readonly ConcurrentDictionary<Guid, Memory> memories = new();

    /// <summary>Calls back, on a thread of its own, for every commit that touches one of the kinds; dispose to stop.</summary>
    public IDisposable Subscribe(IReadOnlyCollection<string> kinds, Func<IReadOnlyList<ChangeTopic>, Task> onChange)
    {
        var subscription = new Subscription(Guid.CreateVersion7(), kinds, onChange, this);
        subscriptions[subscription.Id] = subscription;
        return subscription;
    }

    /// <summary>
    /// Calls back before any screen is told, on the publishing thread: for what is kept in memory and must not outlive a change.
    /// The callback only forgets; it neither waits nor throws.
    /// </summary>
    public IDisposable Remember(IReadOnlyCollection<string> kinds, Action<IReadOnlyList<ChangeTopic>> forget)
    {
        var memory = new Memory(Guid.CreateVersion7(), kinds, forget, this);
        memories[memory.Id] = memory;
        return memory;
    }

    public void Publish(IReadOnlyCollection<ChangeTopic> topics)
    {
        Forget(topics);
        foreach (var subscription in subscriptions.Values)
        {
            var wanted = topics.Where(t => subscription.Kinds.Contains(t.Kind)).ToList();
            if (wanted.Count > 0) _ = Task.Run(() => DeliverAsync(subscription, wanted));
        }
    }

    public void Forget(IReadOnlyCollection<ChangeTopic> topics)
    {
        foreach (var memory in memories.Values)
        {
            var stale = topics.Where(t => memory.Kinds.Contains(t.Kind)).ToList();
            if (stale.Count > 0) memory.Forget(stale);
        }
    }

    /// <summary>After a gap in listening nobody knows what was missed: every screen looks again.</summary>
    public void PublishEverything() =>
        Publish([.. subscriptions.Values.SelectMany(s => s.Kinds).Concat(memories.Values.SelectMany(m => m.Kinds)).Distinct().Select(kind => new ChangeTopic(kind, Guid.Empty))]);

    private async Task DeliverAsync(Subscription subscription, List<ChangeTopic> topics)
    {
        try
        {
            await subscription.OnChange(topics);
        }
        catch (ObjectDisposedException)
        {
            subscription.Dispose();
        }
        catch (Exception failure)
        {
            // The edge of the feed: one broken screen must not keep the others from hearing.
            LogDeliveryFailed(failure);
        }
    }

    [LoggerMessage(LogLevel.Warning, "A live update could not be shown on one screen")]
    private partial void LogDeliveryFailed(Exception failure);

    private sealed record Subscription(Guid Id, IReadOnlyCollection<string> Kinds, Func<IReadOnlyList<ChangeTopic>, Task> OnChange, ChangeFeed Feed) : IDisposable
    {
        public void Dispose() => Feed.subscriptions.TryRemove(Id, out _);
    }
    private sealed record Memory(Guid Id, IReadOnlyCollection<string> Kinds, Action<IReadOnlyList<ChangeTopic>> Forget, ChangeFeed Feed) : IDisposable
    {
        public void Dispose() => Feed.memories.TryRemove(Id, out _);
    }
}
