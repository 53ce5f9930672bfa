using Crm.Data.Outbox;
using Crm.Data.Storage;
using Crm.Web.Platform.Outbox;
using Crm.Web.Tests.Ground;

namespace Crm.Web.Tests.Platform.Outbox;

/// <summary>What has grown too old is not sent, and keeps no secret.</summary>
[Trait("contract", "M-249")]
public class OutboxAgeTests
{
    private static readonly CancellationToken Now = CancellationToken.None;

    [Theory, BothDatabases]
    public async Task A_message_is_never_sent_after_its_end(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await shop.PostAsync("k");
        var outside = new FakeChannel { On = (_, _) => throw new IOException("busy"), End = TestClock.Start.AddMinutes(60) };
        await shop.Node(outside).DispatchDueAsync(Now);
        Assert.Single(outside.Came);

        shop.Clock.Advance(TimeSpan.FromMinutes(60));
        await shop.Node(outside).DispatchDueAsync(Now);

        Assert.Single(outside.Came);
        var row = await shop.MessageAsync("k");
        Assert.Equal((OutboxState.Dead, "Its link no longer works.", ""), (row.State, row.LastError, row.Body));
        Assert.Null((await shop.As(TestPeople.Owner).Get<OutboxBoard>().TryAgainAsync(row.Id, Now)).Error);
        await shop.Node(outside).DispatchDueAsync(Now);
        Assert.Single(outside.Came);
    }

    [Theory, BothDatabases]
    public async Task What_waited_for_a_week_is_sent_only_when_the_owner_says_so(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await shop.PostAsync("k");
        var outside = new FakeChannel();
        shop.Clock.Advance(TimeSpan.FromDays(7));

        await shop.Node(outside).DispatchDueAsync(Now);
        Assert.Empty(outside.Came);
        var row = await shop.MessageAsync("k");
        Assert.Equal((OutboxState.Dead, "It waited for more than 7 days."), (row.State, row.LastError));

        Assert.Null((await shop.As(TestPeople.Owner).Get<OutboxBoard>().TryAgainAsync(row.Id, Now)).Error);
        await shop.Node(outside).DispatchDueAsync(Now);
        Assert.Contains("token=abc", Assert.Single(outside.Came).Body);
    }
}
