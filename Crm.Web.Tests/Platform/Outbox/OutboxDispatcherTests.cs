using Crm.Data;
using Crm.Data.Outbox;
using Crm.Data.Storage;
using Crm.Web.Platform.Live;
using Crm.Web.Platform.Outbox;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Platform.Outbox;

/// <summary>Sending: once by one node, again after a failure, never again after too many.</summary>
[Trait("contract", "M-249")]
public class OutboxDispatcherTests
{
    private static readonly CancellationToken Now = CancellationToken.None;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Theory, BothDatabases]
    public async Task What_was_sent_is_marked_and_its_secret_forgotten(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var outside = new FakeChannel();
        await shop.PostAsync("k");

        await shop.Node(outside).DispatchDueAsync(Now);
        await shop.Node(outside).DispatchDueAsync(Now);

        var came = Assert.Single(outside.Came);
        Assert.Equal(("k", 1, TestClock.Start), (came.Key, came.Attempt, came.PostedAt));
        Assert.Contains("token=abc", came.Body);
        var row = await shop.MessageAsync("k");
        Assert.Equal((OutboxState.Sent, "", 1, TestClock.Start), (row.State, row.Body, row.Attempts, row.SentAt));
        Assert.Equal((null, null, null), (row.LeasedBy, row.LeasedUntil, row.LastError));
    }

    [Theory, BothDatabases]
    public async Task Two_nodes_never_have_one_message_in_hand_at_once(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var keys = Enumerable.Range(0, 40).Select(n => $"k{n}").ToArray();
        await shop.PostAsync(keys);
        FakeChannel one = new(), other = new();
        // each waits for the other to have begun, so that both truly work side by side
        TaskCompletionSource oneBegan = new(), otherBegan = new();
        one.On = (_, ct) => { oneBegan.TrySetResult(); return otherBegan.Task.WaitAsync(Patience, ct); };
        other.On = (_, ct) => { otherBegan.TrySetResult(); return oneBegan.Task.WaitAsync(Patience, ct); };

        await Task.WhenAll(shop.Node(one).DispatchDueAsync(Now), shop.Node(other).DispatchDueAsync(Now));

        Assert.Equal(keys.Order(), one.Came.Concat(other.Came).Select(d => d.Key).Order());
        Assert.NotEmpty(one.Came);
        Assert.NotEmpty(other.Came);
    }

    [Theory, BothDatabases]
    public async Task No_more_are_under_way_at_once_than_allowed(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await shop.PostAsync([.. Enumerable.Range(0, 12).Select(n => $"k{n}")]);
        var (under, most) = (0, 0);
        var full = new TaskCompletionSource();
        var outside = new FakeChannel
        {
            On = async (_, ct) =>
            {
                var now = Interlocked.Increment(ref under);
                lock (full) most = Math.Max(most, now);
                if (now == 3) full.TrySetResult();
                await full.Task.WaitAsync(Patience, ct);
                Interlocked.Decrement(ref under);
            },
        };

        await shop.Node(outside, new() { ParallelSends = 3 }).DispatchDueAsync(Now);

        Assert.Equal((3, 12), (most, outside.Came.Count));
    }

    [Theory, BothDatabases]
    public async Task A_failure_is_tried_again_after_growing_pauses_and_at_last_given_up(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var outside = new FakeChannel { On = (_, _) => throw new IOException("the line is down") };
        var options = new OutboxOptions { MostAttempts = 3, FirstPauseSeconds = 100 };
        await shop.PostAsync("k");

        await shop.Node(outside, options).DispatchDueAsync(Now);
        var first = await shop.MessageAsync("k");
        Assert.Equal((OutboxState.Waiting, "the line is down", null), (first.State, first.LastError, first.LeasedBy));
        Assert.InRange(first.DueAt - shop.Clock.Now, TimeSpan.FromSeconds(80), TimeSpan.FromSeconds(120));
        await shop.Node(outside, options).DispatchDueAsync(Now);
        Assert.Single(outside.Came);

        shop.Clock.Advance(TimeSpan.FromSeconds(120));
        await shop.Node(outside, options).DispatchDueAsync(Now);
        var second = await shop.MessageAsync("k");
        Assert.InRange(second.DueAt - shop.Clock.Now, TimeSpan.FromSeconds(160), TimeSpan.FromSeconds(240));
        shop.Clock.Advance(TimeSpan.FromSeconds(240));
        await shop.Node(outside, options).DispatchDueAsync(Now);

        var last = await shop.MessageAsync("k");
        Assert.Equal((OutboxState.Dead, 3, "the line is down"), (last.State, last.Attempts, last.LastError));
        Assert.NotEqual("", last.Body);
        shop.Clock.Advance(TimeSpan.FromDays(1));
        await shop.Node(outside, options).DispatchDueAsync(Now);
        Assert.Equal([1, 2, 3], outside.Came.Select(d => d.Attempt));
    }

    [Theory, BothDatabases]
    public async Task What_is_refused_for_good_is_dead_at_once(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await shop.PostAsync("k");

        await shop.Node(new FakeChannel { On = (_, _) => throw new DeliveryRefusedException(new string('x', 2000)) }).DispatchDueAsync(Now);

        var row = await shop.MessageAsync("k");
        Assert.Equal((OutboxState.Dead, 1, OutboxMessage.ErrorLength), (row.State, row.Attempts, row.LastError!.Length));
    }

    [Theory, BothDatabases]
    public async Task A_dead_nodes_lease_is_taken_over_when_it_ends_and_not_before(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await shop.PostAsync("k");
        var dead = new OutboxLeases(shop.Database, Microsoft.Extensions.Options.Options.Create(new OutboxOptions()));
        var held = (await dead.TakeAsync("test", Now))!;
        var outside = new FakeChannel();

        await shop.Node(outside).DispatchDueAsync(Now);
        Assert.Empty(outside.Came);
        shop.Clock.Advance(new OutboxOptions().Lease);
        await shop.Node(outside).DispatchDueAsync(Now);
        await dead.RetryAsync(held, "late word of the dead", TimeSpan.Zero, Now);

        Assert.Equal(2, Assert.Single(outside.Came).Attempt);
        Assert.Equal((OutboxState.Sent, null), ((await shop.MessageAsync("k")).State, (await shop.MessageAsync("k")).LastError));
    }

    [Theory, BothDatabases]
    public async Task A_message_that_never_lets_a_node_live_is_given_up(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await shop.PostAsync("k");
        var options = new OutboxOptions { MostAttempts = 2 };
        var dying = new OutboxLeases(shop.Database, Microsoft.Extensions.Options.Options.Create(options));
        for (var at = 0; at < 2; at++)
        {
            Assert.NotNull(await dying.TakeAsync("test", Now));
            shop.Clock.Advance(options.Lease);
        }
        var outside = new FakeChannel();

        await shop.Node(outside, options).DispatchDueAsync(Now);

        Assert.Empty(outside.Came);
        Assert.Equal(OutboxState.Dead, (await shop.MessageAsync("k")).State);
    }

    [Theory, BothDatabases]
    public async Task A_channel_that_is_not_ready_keeps_its_messages_untried(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await shop.PostAsync("k");
        var outside = new FakeChannel { WhyNotReady = "no server is named" };

        await shop.Node(outside).DispatchDueAsync(Now);
        Assert.Equal((OutboxState.Waiting, 0), ((await shop.MessageAsync("k")).State, (await shop.MessageAsync("k")).Attempts));

        outside.WhyNotReady = null;
        await shop.Node(outside).DispatchDueAsync(Now);
        Assert.Single(outside.Came);
    }

    [Theory, BothDatabases]
    public async Task A_node_that_stops_gives_back_what_it_has_in_hand(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await shop.PostAsync("k");
        using var stop = new CancellationTokenSource();
        var outside = new FakeChannel { On = async (_, ct) => { await stop.CancelAsync(); ct.ThrowIfCancellationRequested(); } };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => shop.Node(outside).DispatchDueAsync(stop.Token));

        var row = await shop.MessageAsync("k");
        Assert.Equal((OutboxState.Waiting, 0, null), (row.State, row.Attempts, row.LeasedBy));
    }

    [Theory, BothDatabases]
    public async Task A_commit_wakes_the_dispatcher_and_so_does_the_poll(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var outside = new FakeChannel();
        var came = System.Threading.Channels.Channel.CreateUnbounded<string>();
        outside.On = async (delivery, ct) => await came.Writer.WriteAsync(delivery.Key, ct);
        var clock = new RingingClock(shop.Clock);
        await shop.PostAsync("later");
        var aMinuteOn = shop.Clock.Now.AddMinutes(1); // sooner than any lease ends
        await using (var db = shop.Open()) await db.OutboxMessages.ExecuteUpdateAsync(set => set.SetProperty(m => m.DueAt, aMinuteOn));
        using var node = shop.Node(outside, clock: clock);
        var listener = shop.Get<PostgresChangeListener>();
        await listener.StartAsync(Now);
        await listener.WaitUntilListeningAsync(Now);
        await node.StartAsync(Now);

        await clock.RingAsync();
        await shop.PostAsync("told");
        Assert.Equal("told", await came.Reader.ReadAsync().AsTask().WaitAsync(Patience));

        shop.Clock.Advance(TimeSpan.FromMinutes(1));
        await clock.RingAsync();
        Assert.Equal("later", await came.Reader.ReadAsync().AsTask().WaitAsync(Patience));

        await node.StopAsync(Now);
        await listener.StopAsync(Now);
    }

    [Theory, BothDatabases]
    public async Task One_that_hangs_does_not_hold_up_the_next(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        TaskCompletionSource hanging = new(), next = new();
        var outside = new FakeChannel
        {
            On = async (delivery, ct) =>
            {
                if (delivery.Key == "next") next.SetResult();
                else { hanging.SetResult(); await Task.Delay(Timeout.Infinite, ct); }
            },
        };
        var clock = new RingingClock(shop.Clock);
        await shop.PostAsync("hangs");
        using var node = shop.Node(outside, clock: clock);
        await node.StartAsync(Now);
        await clock.RingAsync();
        await hanging.Task.WaitAsync(Patience);

        await shop.PostAsync("next");
        await clock.RingAsync();
        await next.Task.WaitAsync(Patience);

        await node.StopAsync(Now);
        Assert.Equal((OutboxState.Waiting, 0), ((await shop.MessageAsync("hangs")).State, (await shop.MessageAsync("hangs")).Attempts));
    }

    [Theory, BothDatabases]
    public async Task Screens_hear_how_a_message_fared(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var listener = shop.Get<PostgresChangeListener>();
        await listener.StartAsync(Now);
        await listener.WaitUntilListeningAsync(Now);
        await shop.PostAsync("k");
        var heard = new TaskCompletionSource();
        var outside = new FakeChannel();
        using var screen = shop.Get<ChangeFeed>().Remember([ChangeKinds.Outbox], _ => { if (!outside.Came.IsEmpty) heard.TrySetResult(); });

        await shop.Node(outside).DispatchDueAsync(Now);

        await heard.Task.WaitAsync(Patience);
        await listener.StopAsync(Now);
    }

    [Theory]
    [InlineData(1, 0, 24)]
    [InlineData(1, 1, 36)]
    [InlineData(4, 0.5, 240)]
    [InlineData(40, 0.5, 14400)]
    public void Pauses_double_up_to_a_longest_and_spread(int attempt, double chance, int seconds) =>
        Assert.Equal(seconds, new OutboxOptions().PauseAfter(attempt, chance).TotalSeconds, 3);
}
