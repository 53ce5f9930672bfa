using Crm.Data;
using Crm.Data.Catalogue;
using Crm.Data.Storage;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Data;

public sealed class CleanTextTests
{
    [Theory]
    [InlineData("a\0b", "ab")]
    [InlineData("a\u0007\u001b[0m\u0085b", "a[0mb")]
    [InlineData("one\r\ntwo\tthree", "one\r\ntwo\tthree")]
    [InlineData("Ọláyínká Nkẹ́chi", "Ọláyínká Nkẹ́chi")]
    [InlineData("Zed \u202Enew\u2066", "Zed new")]
    [InlineData("مرحبا 👩\u200D🍳", "مرحبا 👩\u200D🍳")]
    public void Only_what_no_database_keeps_and_nobody_writes_goes(string typed, string kept)
    {
        Assert.Equal(kept, CleanText.Of(typed));
        Assert.Equal(typed == kept, CleanText.IsClean(typed));
    }

    [Fact]
    public void Half_a_character_goes_and_a_whole_one_stays()
    {
        Assert.Equal("\ud83c\udf46 ", CleanText.Of("\ud83c\udf46 \ud83c"));
        Assert.Equal("", CleanText.Of("\udf46\ud83c"));
        Assert.True(CleanText.IsClean("\ud83c\udf46"));
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData(" \0 ", null)]
    [InlineData("\u200B\u202E \u2060", null)]
    [InlineData("\0 Achieng ", "Achieng")]
    public void What_was_typed_counts_without_it(string? typed, string? counts) => Assert.Equal(counts, CleanText.Typed(typed));

    [Fact]
    public void A_cut_never_leaves_half_a_character()
    {
        Assert.Equal("ab", CleanText.Cut("ab\ud83c\udf46", 3));
        Assert.Equal("ab\ud83c\udf46", CleanText.Cut("ab\ud83c\udf46c", 4));
    }

    [Theory, BothDatabases]
    public async Task Whoever_saves_a_text_saves_it_clean_in_the_record_the_trail_and_the_index(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await using (var db = shop.Open())
        {
            var customer = await db.Customers.SingleAsync(c => c.Id == TestPeople.CustomerA.CustomerId);
            customer.SetTastes("no\0 nuts \ud83c", "okra\u0001\nplantain");
            customer.Rename("Ach\0ieng", "\ud83cOtieno");
            db.Categories.Add(new Category { Name = "Ya\0ms", Slug = "yams\0" });
            await db.SaveChangesAsync();
        }

        await using var read = shop.Open();
        var stored = await read.Customers.SingleAsync(c => c.Id == TestPeople.CustomerA.CustomerId);
        Assert.Equal(("no nuts ", "okra\nplantain", "Achieng Otieno"), (stored.DietNote, stored.FavouriteNote, stored.Name));
        Assert.Equal("Yams", (await read.Categories.SingleAsync(c => c.Slug == "yams")).Name);
        Assert.Equal("Achieng Otieno", (await read.SearchEntries.SingleAsync(e => e.EntityId == stored.Id)).Title);
    }

    [Theory, BothDatabases]
    public async Task A_name_that_folding_makes_longer_than_its_column_is_cut_between_characters(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await using var db = shop.Open();
        var product = new Product { Sku = "LONG-1" };
        product.Describe(string.Concat(Enumerable.Repeat("\ufdfa", Product.NameLength)), null, null, null);
        var customer = await db.Customers.SingleAsync(c => c.Id == TestPeople.CustomerA.CustomerId);
        customer.Rename(string.Concat(Enumerable.Repeat("\ud83c\udf46", 50)), "x" + string.Concat(Enumerable.Repeat("\ufdfa", 6)));
        db.Products.Add(product);

        await db.SaveChangesAsync();

        Assert.InRange(product.SortName.Length, 390, Product.NameLength * 2);
        Assert.True(CleanText.IsClean(customer.SortName));
    }

    [Theory, BothDatabases]
    public async Task A_search_for_odd_characters_finds_nothing_and_breaks_nothing(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await using var db = shop.Open();

        Assert.Empty(await Crm.Data.Search.SearchIndex.FindAsync(db, "zz\0qq \ud83c \u0001", ["customer"], 5, default));
    }
}
