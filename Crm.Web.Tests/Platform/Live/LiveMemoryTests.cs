using Crm.Data.Live;
using Crm.Data.Storage;
using Crm.Web.Platform.Live;
using Crm.Web.Tests.Ground;

namespace Crm.Web.Tests.Platform.Live;

public sealed class LiveMemoryTests
{
    private static readonly TimeSpan MostAge = TimeSpan.FromSeconds(30);
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly Guid[] Ids = [.. Enumerable.Range(1, 9).Select(i => new Guid(i, 0, 0, new byte[8]))];

    private readonly TestClock clock = TestClock.At(TestClock.Start);
    private int reads;

    [Fact]
    public async Task What_is_known_is_not_read_again_until_it_is_forgotten_or_old()
    {
        var memory = Memory();
        Assert.Equal("1", await memory.RecallAsync(Ids[0], ReadAsync, None));
        Assert.Equal("1", await memory.RecallAsync(Ids[0], ReadAsync, None));
        Assert.Equal("2", await memory.RecallAsync(Ids[1], ReadAsync, None));

        memory.Forget(Ids[0]);
        Assert.Equal("3", await memory.RecallAsync(Ids[0], ReadAsync, None));
        Assert.Equal("2", memory.Recall(Ids[1]));
        clock.Advance(MostAge - TimeSpan.FromTicks(1));
        Assert.Equal("3", memory.Recall(Ids[0]));
        clock.Advance(TimeSpan.FromTicks(1));
        Assert.Null(memory.Recall(Ids[0]));
        Assert.Equal("4", await memory.RecallAsync(Ids[0], ReadAsync, None));
    }

    [Fact]
    public async Task What_was_read_before_a_change_is_handed_out_but_never_kept_after_it()
    {
        var memory = Memory();
        var reading = new TaskCompletionSource<string?>();
        var asked = memory.RecallAsync(Ids[0], _ => reading.Task, None);
        memory.Forget(Ids[0]);
        reading.SetResult("before");

        Assert.Equal("before", await asked);
        Assert.Null(memory.Recall(Ids[0]));
        Assert.Equal("1", await memory.RecallAsync(Ids[0], ReadAsync, None));
    }

    [Fact]
    public void A_ticket_is_worthless_after_any_change_and_takes_nothing_away()
    {
        var memory = Memory();
        var early = memory.Begin();
        memory.Forget(Ids[5]);
        memory.Keep(Ids[0], "new", memory.Begin());
        memory.Keep(Ids[0], "old", early);
        memory.Keep(Ids[0], null, early);

        Assert.Equal("new", memory.Recall(Ids[0]));
    }

    [Fact]
    public void Its_age_counts_from_before_it_was_read()
    {
        var memory = Memory();
        var ticket = memory.Begin();
        clock.Advance(MostAge);
        memory.Keep(Ids[0], "slow", ticket);

        Assert.Null(memory.Recall(Ids[0]));
    }

    [Fact]
    public async Task What_is_not_there_is_asked_for_each_time_and_replaces_what_was()
    {
        var memory = Memory();
        await memory.RecallAsync(Ids[0], ReadAsync, None);
        Assert.Null(await memory.RenewAsync(Ids[0], _ => Task.FromResult<string?>(null), None));

        Assert.Null(memory.Recall(Ids[0]));
    }

    [Fact]
    public void An_empty_id_forgets_all_and_so_does_one_too_many()
    {
        var memory = Memory();
        memory.Keep(Ids[0], "a", memory.Begin());
        memory.Keep(Ids[1], "b", memory.Begin());
        memory.Forget(Guid.Empty);
        Assert.All(Ids, id => Assert.Null(memory.Recall(id)));

        foreach (var id in Ids[..4]) memory.Keep(id, "c", memory.Begin());
        Assert.Equal([Ids[3]], Ids.Where(id => memory.Recall(id) is not null));
    }

    [Fact]
    public async Task Who_asks_while_it_is_read_gets_the_same_reading_also_when_the_first_leaves()
    {
        var (memory, reading, reads) = (Memory(), new TaskCompletionSource<string?>(), 0);
        using var leaving = new CancellationTokenSource();
        var first = memory.ShareAsync(Ids[0], ReadOnceAsync, null, leaving.Token);
        var second = memory.ShareAsync(Ids[0], ReadOnceAsync, null, None);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        reading.SetResult("read");

        Assert.Equal("read", await second);
        Assert.Equal("read", await memory.ShareAsync(Ids[0], ReadOnceAsync, null, None));
        Assert.Equal(1, reads);

        Task<string?> ReadOnceAsync()
        {
            Interlocked.Increment(ref reads);
            return reading.Task;
        }
    }

    [Fact]
    public async Task Who_asks_after_a_change_never_gets_a_reading_from_before_it()
    {
        var (memory, before, other) = (Memory(), new TaskCompletionSource<string?>(), new TaskCompletionSource<string?>());
        var (early, aside) = (memory.ShareAsync(Ids[0], () => before.Task, null, None), memory.ShareAsync(Ids[1], () => other.Task, null, None));
        memory.Forget(Ids[0]);
        var late = memory.ShareAsync(Ids[0], () => Task.FromResult<string?>("after"), null, None);
        Assert.Equal("after", await late);
        before.SetResult("before");
        other.SetResult("other");

        Assert.Equal(("before", "other"), (await early, await aside));
        Assert.Equal(("after", "other"), (memory.Recall(Ids[0]), memory.Recall(Ids[1])));
    }

    [Fact]
    public async Task A_reading_that_failed_is_tried_anew_and_one_that_must_not_last_is_not_kept()
    {
        var memory = Memory();
        await Assert.ThrowsAsync<TimeoutException>(() => memory.ShareAsync(Ids[0], () => throw new TimeoutException(), null, None));
        Assert.Equal("now", await memory.ShareAsync(Ids[0], () => Task.FromResult<string?>("now"), lasts: _ => false, None));
        Assert.Null(memory.Recall(Ids[0]));
        Assert.Null(await memory.ShareAsync(Ids[0], () => Task.FromResult<string?>(null), null, None));
        Assert.Equal("then", await memory.ShareAsync(Ids[0], () => Task.FromResult<string?>("then"), null, None));
        Assert.Equal("then", memory.Recall(Ids[0]));
    }

    private LiveMemory<string> Memory() => new(new Hearing(new CrmDatabase(DatabaseKind.Sqlite, "Data Source=:memory:", clock, NoChangeSink.Instance)), clock, MostAge, mostKept: 3);

    private Task<string?> ReadAsync(CancellationToken ct) => Task.FromResult<string?>((++reads).ToString(System.Globalization.CultureInfo.InvariantCulture));
}
