using Crm.Data;
using Crm.Data.Customers;
using Crm.Data.Loyalty;
using Crm.Data.Storage;
using Crm.Web.Features.Customers.List;
using Crm.Web.Features.Settings;
using Crm.Web.Platform.Paging;
using Crm.Web.Platform.Results;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Customers.List;

public sealed class CustomerQueriesTests
{
    private static readonly CustomerListQuery ByName = new() { Sort = CustomerColumn.Name, Descending = false };

    [Theory, BothDatabases, Trait("contract", "M-081"), Trait("contract", "M-082")]
    public async Task Finds_by_name_mail_number_and_phone_in_any_style(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var nkechi = await shop.CustomerAsync("Nkẹ́chi", "Okafor", c => { c.SetPhone("+254722123456"); c.SetEmail("nkechi.o@example.org"); });
        var grace = await shop.CustomerAsync("Grace", "Wanjirũ", c => c.SetPhone("+14165550142"));

        foreach (var text in new[] { "nkechi", "OKAFOR nk", "nkechi.o@example.org", "0722 123 456", "+254 722-123-456", "254722123456", "00254722123456", "722123", "123456", $"C-{nkechi.Number}", $"{nkechi.Number}" })
            Assert.True(await FoundAsync(shop, text) is [var only] && only == nkechi.Id, $"'{text}' did not find Nkẹ́chi alone");
        foreach (var text in new[] { "(416) 555-0142", "416.555.0142", "1 416 555 0142", "555-0142", "0142", "wanjiru" })
            Assert.True(await FoundAsync(shop, text) is [var only] && only == grace.Id, $"'{text}' did not find Grace alone");
        Assert.Empty(await FoundAsync(shop, "+49 30 999999"));
        Assert.Empty(await FoundAsync(shop, "722 999 456"));
        Assert.Empty(await FoundAsync(shop, "qqqzzz"));
    }

    [Theory, BothDatabases, Trait("contract", "M-082")]
    public async Task A_part_of_a_phone_finds_its_owner_whatever_the_country_and_the_style(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        string[] numbers = ["+254722123456", "+233244987650", "+2348031112223", "+18765551234", "+50936987741", "+251911402030", "+221771305060", "+14167778899"];
        var owners = new List<Customer>();
        foreach (var number in numbers) owners.Add(await shop.CustomerAsync("Owner", "Of", c => c.SetPhone(number)));

        foreach (var (owner, number) in owners.Zip(numbers))
        {
            var digits = number[1..];
            for (var start = 0; start <= digits.Length - 4; start++)
                for (var length = 4; length <= digits.Length - start; length++)
                    Assert.Contains(owner.Id, await FoundAsync(shop, digits.Substring(start, length)));
            foreach (var style in new[] { number, $"00{digits}", $"0{digits[^9..]}", $"({digits[^9..^6]}) {digits[^6..^3]}-{digits[^3..]}", $"{digits[^9..^6]}.{digits[^6..]}", $"{digits[^7..^4]}/{digits[^4..]}" })
                Assert.True(await FoundAsync(shop, style) is [var only] && only == owner.Id, $"'{style}' did not find {number} alone");
        }
    }

    [Theory, BothDatabases, Trait("contract", "M-082")]
    public async Task A_name_that_is_a_number_is_found_by_its_digits_and_a_phone_is_not_found_backwards(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var imported = await shop.CustomerAsync("Customer", "17850");
        await shop.CustomerAsync("Grace", "Wanjirũ", c => c.SetPhone("+14165550142"));

        Assert.Equal([imported.Id], await FoundAsync(shop, "17850"));
        Assert.Equal([imported.Id], await FoundAsync(shop, "customer 17850"));
        Assert.Empty(await FoundAsync(shop, "2410555"));
    }

    [Fact]
    public async Task A_search_reads_the_index_and_never_every_customer()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        await shop.CustomerAsync("Nkẹ́chi", "Okafor", c => c.SetPhone("+254722123456"));
        await using var db = shop.Open();
        foreach (var text in new[] { "0722 123 456", "17850", "nkechi" })
        {
            foreach (var column in Enum.GetValues<CustomerColumn>())
            {
                var found = await CustomerFilters.ApplyAsync(db, new CustomerListQuery { Search = text }, shop.Get<Shop>(), CancellationToken.None);
                // a column that nobody lacks has a part that is empty by itself
                foreach (var part in CustomerListing.Parts(found, column, true, null, false).Where(part => !part.ToQueryString().Contains("WHERE 0", StringComparison.Ordinal))) AssertSearched(await PlanAsync(db, part.Take(26)));
            }
            var counted = await CustomerFilters.ApplyAsync(db, new CustomerListQuery { Search = text }, shop.Get<Shop>(), CancellationToken.None);
            AssertSearched(await PlanAsync(db, CustomerListing.Rows(counted)));
        }

        static void AssertSearched(string plan) => Assert.True(
            plan.Contains("SEARCH c", StringComparison.Ordinal) && !plan.Contains("SCAN c\n", StringComparison.Ordinal) && !plan.Contains("SCAN c ", StringComparison.Ordinal) && !plan.Contains("SCAN c0", StringComparison.Ordinal), plan);
    }

    [Theory, BothDatabases, Trait("contract", "M-083"), Trait("contract", "M-090")]
    public async Task Each_filter_keeps_those_it_names(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var gold = await TierAsync(shop, "Gold", 100_000);
        await shop.CustomerAsync("Plain", "Zed");
        await shop.CustomerAsync("Verified", "Zed", c => c.SetVerified(true));
        await shop.CustomerAsync("Gone", "Zed", c => c.SetActive(false));
        await shop.CustomerAsync("Golden", "Zed", c => c.SetTier(gold));
        await shop.CustomerAsync("Ajaxian", "Zed", c => c.SetPlace("Ajax", null));
        await shop.CustomerAsync("Halal", "Zed", c => c.Diets.Add(new CustomerDiet { CustomerId = c.Id, Diet = Diet.Halal }));
        await shop.CustomerAsync("Early", "Zed", joinedAt: new DateTime(2024, 3, 1, 4, 59, 59, DateTimeKind.Utc));
        await shop.CustomerAsync("March", "Zed", joinedAt: new DateTime(2024, 3, 1, 5, 0, 0, DateTimeKind.Utc));
        await shop.CustomerAsync("April", "Zed", joinedAt: new DateTime(2024, 4, 1, 3, 59, 59, DateTimeKind.Utc));
        await shop.CustomerAsync("Late", "Zed", joinedAt: new DateTime(2024, 4, 1, 4, 0, 0, DateTimeKind.Utc));

        Assert.Equal(["Achieng", "Verified", "Ọláyínká"], await NamesAsync(shop, ByName with { Verified = true }));
        Assert.Equal(["Gone"], await NamesAsync(shop, ByName with { Active = false }));
        Assert.Equal(["Golden"], await NamesAsync(shop, ByName with { Tier = "Gold" }));
        Assert.DoesNotContain("Golden", await NamesAsync(shop, ByName with { Tier = CustomerListQuery.NoTier }));
        Assert.Empty(await NamesAsync(shop, ByName with { Tier = "Diamond" }));
        Assert.Equal(["Ajaxian"], await NamesAsync(shop, ByName with { City = "Ajax" }));
        Assert.Equal(["Halal"], await NamesAsync(shop, ByName with { Diet = Diet.Halal }));
        Assert.Equal(["Achieng", "Ọláyínká"], await NamesAsync(shop, ByName with { HasAccount = true }));
        Assert.Equal(["April", "March"], await NamesAsync(shop, ByName with { JoinedFrom = new(2024, 3, 1), JoinedTo = new(2024, 3, 31) }));
        Assert.Equal(["Verified"], await NamesAsync(shop, ByName with { Verified = true, HasAccount = false, Search = "zed" }));
    }

    [Theory, BothDatabases, Trait("contract", "M-090"), Trait("contract", "M-164"), Trait("contract", "M-165")]
    public async Task Every_column_sorts_both_ways_and_its_pages_give_everybody_once(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await AddManyAsync(shop, 2 * CustomerQueries.PageSize + 7);
        var queries = shop.As(TestPeople.Agent).Get<CustomerQueries>();

        foreach (var column in Enum.GetValues<CustomerColumn>())
        {
            foreach (var descending in new[] { false, true })
            {
                var query = new CustomerListQuery { Sort = column, Descending = descending };
                var rows = new List<CustomerRow>();
                while (true)
                {
                    var page = (await queries.PageAsync(query, CancellationToken.None)).Value;
                    rows.AddRange(page.Rows);
                    if (!page.HasLater) break;
                    query = CustomerListQuery.Read(new Uri("http://x" + (query with { Cursor = page.Rows[^1].CursorBy(column) }).ToAddress("/customers")).Query);
                }
                Assert.Equal(rows.Count, rows.DistinctBy(r => r.Id).Count());
                Assert.Equal((await queries.TotalsAsync(new CustomerListQuery(), CancellationToken.None)).Value.Customers, rows.Count);
                Assert.Equal(Sorted(rows, column, descending).Select(r => r.Id), rows.Select(r => r.Id));
            }
        }
    }

    [Theory, BothDatabases]
    public async Task Totals_are_of_the_whole_filtered_list(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var kwame = await shop.CustomerAsync("Kwame", "Mensah", c => c.SetPlace("Ajax", null));
        await shop.OrderAsync(kwame.Id, TestClock.Start, 1_001);
        await shop.OrderAsync(kwame.Id, TestClock.Start, 1_000);
        var queries = shop.As(TestPeople.Agent).Get<CustomerQueries>();

        var totals = (await queries.TotalsAsync(new CustomerListQuery { City = "Ajax" }, CancellationToken.None)).Value;

        Assert.Equal(new CustomerTotals(1, 2_001, 2), totals);
        Assert.Equal(1_001, totals.AverageOrderMinor);
        Assert.Equal(new CustomerTotals(0, 0, 0), (await queries.TotalsAsync(new CustomerListQuery { City = "Nowhere" }, CancellationToken.None)).Value);
    }

    [Theory, BothDatabases]
    public async Task The_filters_offer_the_cities_that_customers_live_in_and_the_tiers(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await TierAsync(shop, "Gold", 100_000);
        await TierAsync(shop, "Bronze", 0);
        foreach (var city in new[] { "Ajax", "Toronto", "Toronto", null }) await shop.CustomerAsync("A", "B", c => c.SetPlace(city, null));

        var choices = (await shop.As(TestPeople.Agent).Get<CustomerQueries>().ChoicesAsync(CancellationToken.None)).Value;

        Assert.Equal([new CityChoice("Toronto", 2), new CityChoice("Ajax", 1)], choices.Cities);
        Assert.Equal(["Bronze", "Gold"], choices.Tiers);
    }

    [Theory, BothDatabases, Trait("contract", "M-043"), Trait("contract", "M-044")]
    public async Task Nobody_but_staff_sees_the_list(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        foreach (var outsider in shop.Outsiders())
        {
            var queries = outsider.Get<CustomerQueries>();
            Assert.IsType<ForbiddenError>((await queries.PageAsync(new CustomerListQuery(), CancellationToken.None)).Error);
            Assert.IsType<ForbiddenError>((await queries.TotalsAsync(new CustomerListQuery(), CancellationToken.None)).Error);
            Assert.IsType<ForbiddenError>((await queries.ChoicesAsync(CancellationToken.None)).Error);
            Assert.IsType<ForbiddenError>(outsider.Get<CustomerExport>().Open(new CustomerListQuery(), CancellationToken.None).Error);
        }
    }

    [Fact]
    public async Task A_page_of_an_indexed_column_is_read_from_the_index_and_only_its_own_rows_are_sorted()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        await using var db = shop.Open();
        foreach (var column in new[] { CustomerColumn.Name, CustomerColumn.Joined, CustomerColumn.Spent, CustomerColumn.LastOrder, CustomerColumn.Points })
        {
            var cursor = new Cursor(column is CustomerColumn.Name ? "otieno" : "5", Guid.CreateVersion7());
            foreach (var part in CustomerListing.Parts(db.Customers.AsNoTracking(), column, true, cursor, false).Select(part => part.Take(51)))
            {
                var plan = await PlanAsync(db, part);
                var reading = plan.Split("SCAN c0")[0];
                Assert.True(reading.Contains("USING INDEX IX_Customers_", StringComparison.Ordinal) && !reading.Contains("TEMP B-TREE", StringComparison.Ordinal), $"{column}: {plan}");
            }
        }
    }

    private static async Task<string> PlanAsync(CrmDbContext db, IQueryable<CustomerRow> query)
    {
        await using var command = query.CreateDbCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + command.CommandText;
        await db.Database.OpenConnectionAsync();
        await using var reader = await command.ExecuteReaderAsync();
        var plan = new List<string>();
        while (await reader.ReadAsync()) plan.Add(reader.GetString(3));
        return string.Join('\n', plan);
    }

    private static async Task<List<Guid>> FoundAsync(TestShop shop, string text) =>
        [.. (await shop.As(TestPeople.Agent).Get<CustomerQueries>().PageAsync(new CustomerListQuery { Search = text }, CancellationToken.None)).Value.Rows.Select(r => r.Id)];

    private static async Task<List<string>> NamesAsync(TestShop shop, CustomerListQuery query) =>
        [.. (await shop.As(TestPeople.Agent).Get<CustomerQueries>().PageAsync(query, CancellationToken.None)).Value.Rows.Select(r => r.FirstName).Order(StringComparer.Ordinal)];

    private static async Task<Guid> TierAsync(TestShop shop, string name, long threshold)
    {
        await using var db = shop.Open();
        var tier = new LoyaltyTier { Name = name, ThresholdMinor = threshold };
        db.LoyaltyTiers.Add(tier);
        await db.SaveChangesAsync();
        return tier.Id;
    }

    private static async Task AddManyAsync(TestShop shop, int count)
    {
        Guid?[] tiers = [null, await TierAsync(shop, "Bronze", 0), await TierAsync(shop, "Gold", 100_000)];
        string?[] cities = ["Ajax", null, "Toronto"];
        for (var i = 0; i < count; i++)
        {
            var n = i;
            await shop.CustomerAsync(n % 9 == 0 ? "" : $"First{n % 4}", n % 9 == 0 ? "" : $"Last{n % 5}", c =>
            {
                c.SetPlace(cities[n % 3], null);
                c.SetTier(tiers[n % 3]);
                c.AddPoints(n % 6 - 2);
                if (n % 9 == 0) c.SetPhone($"+1416555{n:0000}");
                for (var k = 0; k < n % 3; k++) c.CountOrder(new Money(500 * (n % 2)), TestClock.Start.AddDays(-(n % 5)));
            }, TestClock.Start.AddDays(-(n % 7)));
        }
    }

    private static IEnumerable<CustomerRow> Sorted(IEnumerable<CustomerRow> rows, CustomerColumn column, bool descending)
    {
        Func<CustomerRow, object?> key = column switch
        {
            CustomerColumn.Name => r => r.SortName,
            CustomerColumn.City => r => r.City,
            CustomerColumn.LastOrder => r => r.LastOrderAt,
            CustomerColumn.Orders => r => r.OrderCount,
            CustomerColumn.Spent => r => r.SpentMinor,
            CustomerColumn.Points => r => r.Points,
            CustomerColumn.Tier => r => r.TierRank,
            CustomerColumn.Joined => r => r.JoinedAt,
        };
        var compare = Comparer<object?>.Create((a, b) => a is string x && b is string y ? string.CompareOrdinal(x, y) : Comparer<object?>.Default.Compare(a, b));
        var lacking = rows.OrderBy(r => key(r) is null);
        return descending ? lacking.ThenByDescending(key, compare).ThenByDescending(r => r.Id) : lacking.ThenBy(key, compare).ThenBy(r => r.Id);
    }
}
