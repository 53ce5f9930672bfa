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

    private LiveMemory<string> Memory() => new(new Hearing(new CrmDatabase(DatabaseKind.Sqlite, "Data Source=:memory:", clock, NoChangeSink.Instance)), clock, MostAge, mostKept: 3);

    private Task<string?> ReadAsync(CancellationToken ct) => Task.FromResult<string?>((++reads).ToString(System.Globalization.CultureInfo.InvariantCulture));
}
