using Crm.Data.Seed;
using Crm.Data.Storage;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Data.Seed;

/// <summary>One seeded shop of each kind for all tests that only look: seeding is the slow part.</summary>
public sealed class SeededShops : IAsyncLifetime
{
    public const string Name = "seeded shops";

    private readonly Dictionary<DatabaseKind, Lazy<Task<TestShop>>> shops =
        Enum.GetValues<DatabaseKind>().ToDictionary(kind => kind, kind => new Lazy<Task<TestShop>>(() => SeedAsync(kind)));

    public Task<TestShop> OpenAsync(DatabaseKind kind) => shops[kind].Value;

    /// <summary>A shop as it is on its first day: without customers, and without the people whom every test database knows.</summary>
    public static async Task EmptyAsync(CrmDatabase database)
    {
        await using var db = database.Open(Actor.System("test"));
        await db.Customers.ExecuteDeleteAsync();
        await db.Users.ExecuteDeleteAsync();
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var shop in shops.Values.Where(s => s.IsValueCreated)) await (await shop.Value).DisposeAsync();
    }

    private static async Task<TestShop> SeedAsync(DatabaseKind kind)
    {
        var shop = await TestShop.OpenAsync(kind);
        await EmptyAsync(shop.Database);
        Assert.True(await DemoSeed.RunAsync(shop.Database, CancellationToken.None));
        return shop;
    }
}

/// <summary>Tests that look at the seeded shops.</summary>
[CollectionDefinition(SeededShops.Name)]
public sealed class SeededShopsGroup : ICollectionFixture<SeededShops>;
