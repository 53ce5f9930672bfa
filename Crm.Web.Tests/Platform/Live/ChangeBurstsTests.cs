using Crm.Data;
using Crm.Web.Platform.Live;

namespace Crm.Web.Tests.Platform.Live;

public sealed class ChangeBurstsTests
{
    private static readonly Guid[] Ids = [.. Enumerable.Range(0, 9).Select(i => new Guid(i + 1, 0, 0, new byte[8]))];

    [Fact]
    public async Task What_comes_while_somebody_looks_is_looked_at_together_afterwards()
    {
        var looks = new List<string>();
        var release = new TaskCompletionSource();
        var bursts = new ChangeBursts(TimeProvider.System, TimeSpan.FromMilliseconds(1), async ids =>
        {
            looks.Add(string.Join(',', ids.Select(id => Array.IndexOf(Ids, id)).Order()));
            if (looks.Count == 1) await release.Task;
        });

        var first = bursts.OnChangeAsync([Lead(0)], CancellationToken.None);
        await bursts.OnChangeAsync([Lead(1), Lead(2)], CancellationToken.None);
        await bursts.OnChangeAsync([Lead(2), Lead(3)], CancellationToken.None);
        release.SetResult();
        await first;
        await bursts.OnChangeAsync([Lead(4)], CancellationToken.None);

        Assert.Equal(["0", "1,2,3", "4"], looks);
    }

    [Fact]
    public async Task What_a_failed_look_did_not_show_is_shown_with_the_next()
    {
        var looks = new List<string>();
        var bursts = new ChangeBursts(TimeProvider.System, TimeSpan.Zero, ids =>
        {
            looks.Add(string.Join(',', ids.Select(id => Array.IndexOf(Ids, id)).Order()));
            return looks.Count == 1 ? throw new InvalidOperationException() : Task.CompletedTask;
        });

        await Assert.ThrowsAsync<InvalidOperationException>(() => bursts.OnChangeAsync([Lead(0)], CancellationToken.None));
        await bursts.OnChangeAsync([Lead(1)], CancellationToken.None);

        Assert.Equal(["0", "0,1"], looks);
    }

    [Fact]
    public async Task Leaving_the_screen_ends_the_rest()
    {
        using var leaving = new CancellationTokenSource();
        var bursts = new ChangeBursts(TimeProvider.System, TimeSpan.FromHours(1), _ => Task.CompletedTask);

        var looking = bursts.OnChangeAsync([Lead(0)], leaving.Token);
        Assert.False(looking.IsCompleted);
        await leaving.CancelAsync();

        await looking;
    }

    private static ChangeTopic Lead(int index) => new(ChangeKinds.Lead, Ids[index]);
}
