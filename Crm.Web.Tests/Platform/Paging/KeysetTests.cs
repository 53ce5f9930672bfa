using Crm.Data.Customers;
using Crm.Data.Storage;
using Crm.Web.Platform.Paging;
using Crm.Web.Tests.Features.Customers;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Platform.Paging;

public sealed class KeysetTests
{
    private static readonly Keyset<Customer> ByCount = Keyset<Customer>.By(c => c.OrderCount);
    private static readonly Keyset<Customer> ByLastOrder = Keyset<Customer>.By(c => c.LastOrderAt);
    private static readonly Keyset<Customer> ByCity = Keyset<Customer>.By(c => c.City);

    [Theory, BothDatabases, Trait("contract", "M-164"), Trait("contract", "M-165")]
    public async Task Walking_gives_every_row_once_in_order_in_both_directions_with_ties_and_gaps(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await AddAsync(shop, 40);
        await using var db = shop.Open();
        var all = await db.Customers.AsNoTracking().ToListAsync();

        foreach (var descending in new[] { false, true })
        {
            foreach (var size in new[] { 1, 3, 7, all.Count, 100 })
            {
                await WalkAsync(db.Customers.AsNoTracking(), ByCount, c => c.OrderCount, all, descending, size);
                await WalkAsync(db.Customers.AsNoTracking(), ByLastOrder, c => c.LastOrderAt, all, descending, size);
                await WalkAsync(db.Customers.AsNoTracking(), ByCity, c => c.City, all, descending, size);
            }
        }
    }

    [Theory, BothDatabases]
    public async Task A_cursor_that_does_not_fit_starts_at_the_beginning(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await AddAsync(shop, 5);
        await using var db = shop.Open();
        var unfit = new Cursor("not a number", Guid.Empty);

        var page = await KeyPages.ReadAsync((cursor, back) => ByCount.Parts(db.Customers.AsNoTracking(), false, cursor, back), unfit, false, 3, CancellationToken.None);

        Assert.Equal(3, page.Rows.Count);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("otieno achieng")]
    [InlineData("a.b.c & ~ñ")]
    public void A_cursor_survives_an_address(string? key)
    {
        var cursor = new Cursor(key, Guid.Parse("01900000-0000-7000-8000-00000000000a"));

        Assert.Equal(cursor, Cursor.Read(cursor.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("xyz")]
    [InlineData("019000000000700080000000000000zz")]
    [InlineData("0190000000007000800000000000000ax")]
    public void Rubbish_is_no_cursor(string text) => Assert.Null(Cursor.Read(text));

    private static async Task WalkAsync<TKey>(IQueryable<Customer> rows, Keyset<Customer> order, Func<Customer, TKey> key, List<Customer> all, bool descending, int size)
    {
        IEnumerable<IQueryable<Customer>> Parts(Cursor? cursor, bool back) => order.Parts(rows, descending, cursor, back);
        var compare = typeof(TKey) == typeof(string) ? (IComparer<TKey>)StringComparer.Ordinal : Comparer<TKey>.Default;
        var having = all.Where(c => key(c) is not null);
        var expected = (descending ? having.OrderByDescending(key, compare).ThenByDescending(c => c.Id) : having.OrderBy(key, compare).ThenBy(c => c.Id))
            .Concat(descending ? all.Where(c => key(c) is null).OrderByDescending(c => c.Id) : all.Where(c => key(c) is null).OrderBy(c => c.Id)).Select(c => c.Id).ToList();

        var pages = new List<KeyPage<Customer>>();
        Cursor? at = null;
        do
        {
            pages.Add(await KeyPages.ReadAsync(Parts, at, false, size, CancellationToken.None));
            at = Cursor.At(key(pages[^1].Rows[^1]), pages[^1].Rows[^1].Id);
        }
        while (pages[^1].HasLater);
        Assert.Equal(expected, pages.SelectMany(p => p.Rows).Select(c => c.Id));
        Assert.False(pages[0].HasEarlier);

        for (var i = pages.Count - 1; i > 0; i--)
        {
            var first = pages[i].Rows[0];
            var before = await KeyPages.ReadAsync(Parts, Cursor.At(key(first), first.Id), true, size, CancellationToken.None);
            Assert.Equal(pages[i - 1].Rows.Select(c => c.Id), before.Rows.Select(c => c.Id));
            Assert.True(before.HasLater);
        }
    }

    private static async Task AddAsync(TestShop shop, int count)
    {
        string?[] cities = ["Ajax", null, "Toronto", "Évora", "ajax"];
        for (var i = 0; i < count; i++)
        {
            var (orders, city) = (i % 4, cities[i % 5]);
            await shop.CustomerAsync($"A{i % 6}", $"B{i % 3}", c =>
            {
                c.SetPlace(city, null);
                for (var k = 0; k < orders; k++) c.CountOrder(new Crm.Data.Money(100), TestClock.Start.AddDays(-k - i % 2));
            });
        }
    }
}
