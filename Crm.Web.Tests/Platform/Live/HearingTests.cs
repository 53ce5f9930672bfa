using Crm.Data;
using Crm.Data.Storage;
using Crm.Web.Platform.Live;
using Crm.Web.Tests.Ground;

namespace Crm.Web.Tests.Platform.Live;

public sealed class HearingTests
{
    private static readonly CancellationToken Now = CancellationToken.None;

    [Theory, BothDatabases]
    public async Task News_count_as_heard_only_while_the_listener_hears_the_server(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var (hearing, listener, alone) = (shop.Get<Hearing>(), shop.Get<PostgresChangeListener>(), kind is DatabaseKind.Sqlite);
        Assert.Equal(alone, hearing.IsUp);

        var forgotten = 0;
        using var memory = shop.Get<ChangeFeed>().Remember([ChangeKinds.User], topics => forgotten += topics.Count(t => t.Id == Guid.Empty));
        await listener.StartAsync(Now);
        await listener.WaitUntilListeningAsync(Now);
        Assert.Equal(alone ? 0 : 1, forgotten);

        await listener.StopAsync(Now);
        Assert.Equal(alone, hearing.IsUp);
    }

    [Theory, BothDatabases]
    public async Task A_server_that_has_not_answered_lately_is_not_believed(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var hearing = shop.Get<Hearing>();
        hearing.Prove(TimeSpan.FromSeconds(10));
        Assert.True(hearing.IsUp);
        shop.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(kind is DatabaseKind.Sqlite, hearing.IsUp);
    }
}
