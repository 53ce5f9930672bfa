using Crm.Data.Live;
using Crm.Data.Seed;
using Crm.Data.Storage;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Data.Seed;

public sealed class KilledSeedTests
{
    [Theory, BothDatabases]
    public async Task A_seed_that_is_killed_on_its_way_leaves_nothing_behind(DatabaseKind kind)
    {
        var connection = await TestDatabases.MakeAsync(kind);
        await using (var database = new CrmDatabase(kind, connection, new DyingClock(asks: 4), NoChangeSink.Instance))
        {
            await SeededShops.EmptyAsync(database);

            await Assert.ThrowsAsync<OperationCanceledException>(() => DemoSeed.RunAsync(database, CancellationToken.None));

            await using var db = database.Open(Actor.System("test"));
            Assert.Equal((0, 0, 0, 0), (await db.Customers.CountAsync(), await db.Products.CountAsync(), await db.Orders.CountAsync(), await db.Users.CountAsync()));
        }
        await TestDatabases.DropAsync(kind, connection);
    }

    /// <summary>The seed asks the clock once for itself and once with every save; this one stops the work in between.</summary>
    private sealed class DyingClock(int asks) : TimeProvider
    {
        private int left = asks;

        public override DateTimeOffset GetUtcNow() => left-- > 0 ? new DateTimeOffset(TestClock.Start) : throw new OperationCanceledException();
    }
}
