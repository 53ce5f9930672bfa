using Crm.Data.Outbox;
using Crm.Web.Platform.Live;
using Crm.Web.Platform.Outbox;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Crm.Web.Tests.Platform.Outbox;

/// <summary>Dispatchers of test shops: each call is a node of its own.</summary>
static class Sending
{
    public static OutboxDispatcher Node(this TestShop shop, IOutboxChannel channel, OutboxOptions? options = null, TimeProvider? clock = null)
    {
        var wrapped = Options.Create(options ?? new OutboxOptions());
        return new OutboxDispatcher(new OutboxLeases(shop.Database, wrapped), [channel], shop.Get<ChangeFeed>(), clock ?? shop.Clock, wrapped, NullLogger<OutboxDispatcher>.Instance);
    }

    public static async Task PostAsync(this TestShop shop, params string[] keys)
    {
        await using var db = shop.Open();
        foreach (var key in keys) shop.Get<OutboxWriter>().Post(db, "test", key, new { Secret = "https://shop/x?token=abc" });
        await db.SaveChangesAsync();
    }

    public static async Task<OutboxMessage> MessageAsync(this TestShop shop, string key)
    {
        await using var db = shop.Open();
        return await db.OutboxMessages.AsNoTracking().SingleAsync(m => m.Key == key);
    }
}

/// <summary>The shop's clock with timers that ring when a test says so.</summary>
sealed class RingingClock(TimeProvider shop) : TimeProvider
{
    private readonly TaskCompletionSource<Action> timer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override DateTimeOffset GetUtcNow() => shop.GetUtcNow();

    /// <summary>Rings the repeating timer, once there is one.</summary>
    public async Task RingAsync() => (await timer.Task)();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (period > TimeSpan.Zero) timer.TrySetResult(() => callback(state));
        return new Silent();
    }

    private sealed class Silent : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;
        public void Dispose() { }
        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
