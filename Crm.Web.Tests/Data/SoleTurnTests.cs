using Crm.Data.Live;
using Crm.Data.Storage;
using Crm.Web.Tests.Ground;

namespace Crm.Web.Tests.Data;

public sealed class SoleTurnTests
{
    [Theory, BothDatabases]
    public async Task Only_one_has_the_turn_and_whoever_comes_after_it_can_take_it(DatabaseKind kind)
    {
        var connection = await TestDatabases.MakeAsync(kind);
        await using (var one = new CrmDatabase(kind, connection, TestClock.At(TestClock.Start), NoChangeSink.Instance))
        await using (var other = new CrmDatabase(kind, connection, TestClock.At(TestClock.Start), NoChangeSink.Instance))
        {
            for (var round = 0; round < 3; round++)
            {
                await using var first = await SoleTurn.TryTakeAsync(one, "import", default);
                Assert.NotNull(first);
                Assert.Null(await SoleTurn.TryTakeAsync(other, "import", default));
                Assert.Null(await SoleTurn.TryTakeAsync(one, "import", default));
                await using var unlike = await SoleTurn.TryTakeAsync(other, "night", default);
                Assert.NotNull(unlike);
            }
        }
        await TestDatabases.DropAsync(kind, connection);
    }
}
