using System.Security.Cryptography;
using Crm.Data.Storage;
using Crm.Web.Platform.Hosting;
using Crm.Web.Platform.Storage;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Options;

namespace Crm.Web.Tests.Platform.Storage;

/// <summary>The keys of the shop in its database: encrypted by a key that does not lie there.</summary>
public sealed class StoredKeysTests
{
    private static readonly CancellationToken Now = CancellationToken.None;
    private static readonly string Key = Convert.ToBase64String(SHA256.HashData("one"u8));
    private static readonly string Other = Convert.ToBase64String(SHA256.HashData("other"u8));

    [Theory, BothDatabases]
    public async Task With_a_key_the_database_alone_opens_nothing(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        byte[] secret;
        await using (var node = await NodeAsync(shop, Key)) secret = await node.GetRequiredService<SharedSecrets>().GetAsync("test", 32, Now);

        var xml = await XmlAsync(shop);
        Assert.Contains("sealedKey", xml);
        Assert.DoesNotContain("masterKey", xml);
        await using var again = await NodeAsync(shop, Key);
        Assert.Equal(secret, await again.GetRequiredService<SharedSecrets>().GetAsync("test", 32, Now));
    }

    [Theory, BothDatabases]
    public async Task Keys_that_lay_open_stay_readable_and_are_encrypted_at_the_next_start(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        byte[] secret;
        await using (var before = await NodeAsync(shop)) secret = await before.GetRequiredService<SharedSecrets>().GetAsync("test", 32, Now);
        Assert.Contains("masterKey", await XmlAsync(shop));

        await using var node = await NodeAsync(shop, Key);

        Assert.Equal(secret, await node.GetRequiredService<SharedSecrets>().GetAsync("test", 32, Now));
        Assert.DoesNotContain("masterKey", await XmlAsync(shop));
        Assert.Single(await KeysAsync(shop));
    }

    [Theory, BothDatabases]
    public async Task A_changed_key_takes_over_what_the_former_one_opens(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        byte[] secret;
        await using (var before = await NodeAsync(shop, Key)) secret = await before.GetRequiredService<SharedSecrets>().GetAsync("test", 32, Now);

        await using (await NodeAsync(shop, Other, former: Key)) { }

        await using var after = await NodeAsync(shop, Other);
        Assert.Equal(secret, await after.GetRequiredService<SharedSecrets>().GetAsync("test", 32, Now));
    }

    [Theory, BothDatabases]
    public async Task A_key_that_does_not_fit_stops_the_start(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await using (var node = await NodeAsync(shop, Key)) await node.GetRequiredService<SharedSecrets>().GetAsync("test", 32, Now);
        var before = await XmlAsync(shop);

        var wrong = await Assert.ThrowsAsync<StartException>(() => NodeAsync(shop, Other));
        Assert.StartsWith("Protection:Key does not open the keys in the database.", wrong.Message);
        var none = await Assert.ThrowsAsync<StartException>(() => NodeAsync(shop));
        Assert.StartsWith("the keys in the database are encrypted and no Protection:Key is set.", none.Message);
        Assert.Equal(before, await XmlAsync(shop));
    }

    [Theory]
    [InlineData("Key", "not base64")]
    [InlineData("Key", "c2hvcnQ=")]
    [InlineData("FormerKey", "c2hvcnQ=")]
    public void What_is_no_key_is_refused(string name, string value)
    {
        using var node = Services(null, [new($"Protection:{name}", value)]);
        var refused = Assert.Throws<OptionsValidationException>(() => node.GetRequiredService<IOptions<ProtectionOptions>>().Value);
        Assert.StartsWith($"Protection:{name}: must be 32", Assert.Single(refused.Failures));
    }

    [Theory]
    [InlineData("Production", false, true)]
    [InlineData("Production", true, false)]
    [InlineData("Development", false, false)]
    public async Task Production_without_a_key_is_warned(string environment, bool hasKey, bool isWarned)
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        var keys = new StoredKeys(shop.Database, new KeySeal(Options.Create(new ProtectionOptions { Key = hasKey ? Key : "" })), new HostingEnvironment { EnvironmentName = environment });
        Assert.Equal(isWarned, keys.Warning?.Contains("CRM__Protection__Key") == true);
    }

    /// <summary>A start as far as the keys are concerned.</summary>
    private static async Task<ServiceProvider> NodeAsync(TestShop shop, string key = "", string former = "")
    {
        var node = Services(shop, [new("Protection:Key", key), new("Protection:FormerKey", former)]);
        await node.GetRequiredService<StoredKeys>().PrepareAsync(Now);
        return node;
    }

    private static ServiceProvider Services(TestShop? shop, KeyValuePair<string, string?>[] settings)
    {
        var services = new ServiceCollection().AddLogging()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
            .AddSingleton<IHostEnvironment>(new HostingEnvironment { EnvironmentName = "Testing" }).AddDatabase();
        if (shop is not null) services.AddSingleton(shop.Database);
        return services.BuildServiceProvider();
    }

    private static async Task<List<string>> KeysAsync(TestShop shop)
    {
        await using var db = shop.Open();
        return await db.DataProtectionKeys.Where(k => k.Name.StartsWith("key-")).Select(k => k.Xml).ToListAsync();
    }

    private static async Task<string> XmlAsync(TestShop shop) => string.Join('\n', await KeysAsync(shop));
}
