using System.Text;
using Crm.Data.Storage;
using Crm.Web.Features.Customers.List;
using Crm.Web.Platform.Csv;
using Crm.Web.Tests.Ground;
using CsvHelper;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Customers.List;

public sealed class CustomerExportTests
{
    private static readonly string[] Payloads =
        ["=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", " =1", "\u00a0=1", "＝1", ";=1", "\",=1", "'=1", "Ọláyínká", "Nkẹ́chi", "O'Brien \"Bob\", & co", "Ngũgĩ\nwa Thiong'o"];

    [Theory, BothDatabases, Trait("contract", "M-104")]
    public async Task No_name_runs_as_a_formula_and_reading_back_gives_every_name_intact(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        foreach (var payload in Payloads) await shop.CustomerAsync(payload, payload, c => c.SetPlace(payload, null));

        var bytes = await WriteAsync(shop, new CustomerListQuery { Sort = CustomerColumn.Name, Descending = false });
        Assert.Equal(Encoding.UTF8.Preamble.ToArray(), bytes[..3]);
        var cells = Read(bytes);

        await using var db = shop.Open();
        var stored = await db.Customers.OrderBy(c => c.SortName).ThenBy(c => c.Id).Select(c => new { c.FirstName, c.LastName, c.City }).ToListAsync();
        Assert.Equal(stored.Select(s => (s.FirstName, s.LastName, s.City ?? "")),
            cells.Select(row => (FormulaGuard.Undo(row[1]), FormulaGuard.Undo(row[2]), FormulaGuard.Undo(row[5]))));
        Assert.All(cells.SelectMany(row => row), cell => Assert.False(cell.Trim(' ', '\t', '\r', '\n', '\u00a0', ';', ',', '"') is ['=' or '+' or '-' or '@' or '＝', ..], cell));
    }

    [Theory, BothDatabases, Trait("contract", "M-104")]
    public async Task The_file_holds_the_same_customers_in_the_same_order_as_the_screen_however_many(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        for (var i = 0; i < CustomerQueries.PageSize + 20; i++)
        {
            var n = i;
            await shop.CustomerAsync($"N{n % 7}", "Zed", c =>
            {
                c.SetPlace(n % 10 == 0 ? "Ajax" : "Toronto", null);
                if (n % 3 > 0) c.CountOrder(new Crm.Data.Money(1_250), TestClock.Start.AddDays(-(n % 4)));
            });
        }
        foreach (var query in new[] { new CustomerListQuery { City = "Toronto", Sort = CustomerColumn.LastOrder }, new CustomerListQuery { Search = "zed", Sort = CustomerColumn.LastOrder, Descending = false } })
        {
            var numbers = Read(await WriteAsync(shop, query)).Select(row => row[0]).ToList();

            Assert.Equal(await ScreenAsync(shop, query), numbers);
        }
    }

    [Theory, BothDatabases]
    public async Task Amounts_and_days_are_written_as_a_spreadsheet_reads_them(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var customer = await shop.CustomerAsync("Grace", "Wanjirũ", c => { c.SetEmail("g@example.org"); c.SetPhone("+14165550142"); c.SetVerified(true); c.AddPoints(-12); });
        await shop.OrderAsync(customer.Id, new DateTime(2026, 11, 20, 4, 59, 0, DateTimeKind.Utc), 123_450);

        var bytes = await WriteAsync(shop, new CustomerListQuery { Search = "wanjiru" });

        Assert.StartsWith("Number,First name,Last name,E-mail,Phone,City,Tier,Points,Orders,Spent,Currency,Last visit,Joined,Verified,Active,Account\r\n", Encoding.UTF8.GetString(bytes[3..]), StringComparison.Ordinal);
        Assert.Equal([$"C-{customer.Number}", "Grace", "Wanjirũ", "g@example.org", "'+14165550142", "", "", "-12", "1", "1234.50", "CAD", "2026-11-19", "2026-11-20", "yes", "yes", "no"], Assert.Single(Read(bytes)));
    }

    [Theory, BothDatabases]
    public async Task Nobody_is_missed_who_moves_within_the_list_while_the_file_is_written(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await using var db = shop.Open();
        for (var i = 0; i < 400; i++)
        {
            var row = new Crm.Data.Customers.Customer { Number = 5_000 + i, JoinedAt = TestClock.Start };
            row.Rename($"Somebody with a long name {i}", "Quite A Long Family Name");
            if (i > 0) row.CountOrder(new Crm.Data.Money(100), TestClock.Start.AddMinutes(-i));
            db.Add(row);
        }
        await db.SaveChangesAsync();
        await using var stream = new Hooked(async () =>
        {
            await using var other = shop.Open();
            (await other.Customers.SingleAsync(c => c.Number == 5_000)).CountOrder(new Crm.Data.Money(100), TestClock.Start.AddYears(-9));
            await other.SaveChangesAsync();
        });

        var file = shop.As(TestPeople.Agent).Get<CustomerExport>().Open(new CustomerListQuery { Search = "family", Sort = CustomerColumn.LastOrder }, CancellationToken.None).Value;
        await file.WriteAsync(stream, CancellationToken.None);

        Assert.Equal(Enumerable.Range(5_000, 400).Select(n => $"C-{n}"), Read(stream.ToArray()).Select(row => row[0]).Order());
    }

    /// <summary>Something happens with the first bytes, once.</summary>
    private sealed class Hooked(Func<Task> happens) : MemoryStream
    {
        private Func<Task>? still = happens;

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var now = Interlocked.Exchange(ref still, null);
            if (now is not null) await now();
            Write(buffer.Span);
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override void Write(byte[] buffer, int offset, int count)
        {
            Interlocked.Exchange(ref still, null)?.Invoke().GetAwaiter().GetResult();
            base.Write(buffer, offset, count);
        }
    }

    private static async Task<byte[]> WriteAsync(TestShop shop, CustomerListQuery query)
    {
        var file = shop.As(TestPeople.Agent).Get<CustomerExport>().Open(query, CancellationToken.None).Value;
        using var stream = new MemoryStream();
        await file.WriteAsync(stream, CancellationToken.None);
        return stream.ToArray();
    }

    private static async Task<List<string>> ScreenAsync(TestShop shop, CustomerListQuery query)
    {
        var queries = shop.As(TestPeople.Agent).Get<CustomerQueries>();
        var numbers = new List<string>();
        while (true)
        {
            var page = (await queries.PageAsync(query, CancellationToken.None)).Value;
            numbers.AddRange(page.Rows.Select(r => $"C-{r.Number}"));
            if (!page.HasLater) return numbers;
            query = query with { Cursor = page.Rows[^1].CursorBy(query.Sort) };
        }
    }

    private static List<string[]> Read(byte[] bytes)
    {
        using var csv = CsvReader.Create(new MemoryStream(bytes));
        csv.ReadHeader();
        var rows = new List<string[]>();
        while (csv.Read()) rows.Add([.. Enumerable.Range(0, 16).Select(i => csv.GetString(i))]);
        return rows;
    }
}
