using Crm.Data;
using Crm.Data.Customers;
using Crm.Data.Search;
using Crm.Data.Storage;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Data;

public sealed class SearchIndexTests
{
    [Theory, BothDatabases, Trait("contract", "M-163")]
    public async Task Finds_by_accent_free_word_prefix_phone_and_near_word(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var nkechi = await AddAsync(shop, "Nkẹ́chi", "Okafor", "+254722123456");
        await AddAsync(shop, "Wanjirũ", "Kamau", "+254733999000");

        await using var db = shop.Open();
        foreach (var text in new[] { "nkechi", "NKE", "okafor nk", "254722123", "Nkechii", "okaffor" })
        {
            var hits = await SearchIndex.FindAsync(db, text, [ChangeKinds.Customer], 10, CancellationToken.None);
            Assert.True(hits.Count == 1 && hits[0].Id == nkechi, $"'{text}' found {hits.Count}");
        }
        Assert.Empty(await SearchIndex.FindAsync(db, "zzzzqqq", [ChangeKinds.Customer], 10, CancellationToken.None));
    }

    [Theory, BothDatabases]
    public async Task A_number_is_found_as_it_is_or_not_at_all(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var imported = await AddAsync(shop, "Customer", "17850", "+254722123456");
        await AddAsync(shop, "Okafor", "17855", null);

        await using var db = shop.Open();
        foreach (var (text, found) in new[] { ("17850", 1), ("17851", 0), ("27850", 0), ("customre 17850", 1), ("customre 17851", 0), ("254722123457", 0), ("A17850", 0) })
        {
            var hits = await SearchIndex.FindAsync(db, text, [ChangeKinds.Customer], 10, CancellationToken.None);
            Assert.True(hits.Count == found && hits.All(h => h.Id == imported), $"'{text}' found {hits.Count}");
            Assert.Equal(hits.Count, await (await SearchIndex.IdsAsync(db, ChangeKinds.Customer, text, default)).CountAsync());
        }
    }

    [Fact]
    public async Task Swapped_letters_at_the_beginning_are_found_too()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        var id = await AddAsync(shop, "Wanjirũ", "Kamau", null);

        await using var db = shop.Open();

        Assert.Equal(id, Assert.Single(await SearchIndex.FindAsync(db, "wnajiru", [ChangeKinds.Customer], 10, default)).Id);
    }

    [Theory, BothDatabases]
    public async Task Follows_a_new_name_and_forgets_the_old_one(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var id = await AddAsync(shop, "Folake", "Adeyemi", null);
        await using (var db = shop.Open())
        {
            (await db.Customers.SingleAsync(c => c.Id == id)).Rename("Folake", "Balogun");
            await db.SaveChangesAsync();
        }

        await using var read = shop.Open();
        Assert.Single(await SearchIndex.FindAsync(read, "balogun", [ChangeKinds.Customer], 10, CancellationToken.None));
        Assert.Empty(await SearchIndex.FindAsync(read, "adeyemi", [ChangeKinds.Customer], 10, CancellationToken.None));
    }

    [Theory]
    [InlineData("\"; DROP TABLE x --")]
    [InlineData("a:* & | !")]
    [InlineData("NEAR(AND OR) *")]
    [InlineData("\0\u200b%_'")]
    public async Task Rubbish_finds_nothing_and_breaks_nothing(string text)
    {
        foreach (var kind in Enum.GetValues<DatabaseKind>())
        {
            await using var shop = await TestShop.OpenAsync(kind);
            await using var db = shop.Open();
            Assert.NotNull(await SearchIndex.FindAsync(db, text, [ChangeKinds.Customer], 10, CancellationToken.None));
        }
    }

    [Fact]
    public async Task Sqlite_has_its_three_triggers()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        await using var db = shop.Open();

        var triggers = await db.Database.SqlQuery<string>($"SELECT name AS \"Value\" FROM sqlite_master WHERE type = 'trigger'").ToListAsync();

        Assert.Equal(["SearchEntries_Delete", "SearchEntries_Insert", "SearchEntries_Update"], triggers.Order());
    }

    private static async Task<Guid> AddAsync(TestShop shop, string first, string last, string? phone)
    {
        await using var db = shop.Open();
        var customer = new Customer { Number = await db.NextNumberAsync(NumberKind.Customer, CancellationToken.None), JoinedAt = shop.Clock.Now };
        customer.Rename(first, last);
        customer.SetPhone(phone);
        db.Customers.Add(customer);
        await db.SaveChangesAsync();
        return customer.Id;
    }
}
