using System.Text;
using Crm.Web.Features.Exchange.OnlineRetail;

namespace Crm.Web.Tests.Features.Exchange.OnlineRetail;

public sealed class OnlineRetailReaderTests
{
    private const string Row = "536365,85123A,WHITE HANGING HEART T-LIGHT HOLDER,6,2010-12-01 08:26:00,2.55,17850.0,United Kingdom";

    [Fact]
    public void Gzip_and_plain_text_are_told_apart_by_content()
    {
        var text = $"{OnlineRetailFiles.Header}\n{Row}\n";

        Assert.Equal("85123A", Assert.Single(Lines(Encoding.UTF8.GetBytes(text))).StockCode);
        Assert.Equal("85123A", Assert.Single(Lines(OnlineRetailFiles.Gzip(text))).StockCode);
    }

    [Theory]
    [InlineData("\ufeff")]
    [InlineData("")]
    public void Columns_are_found_by_name_in_any_order_with_and_without_a_byte_order_mark(string mark)
    {
        var line = Assert.Single(Lines($"{mark}country, Quantity ,INVOICENO,StockCode,Extra,Description,InvoiceDate,UnitPrice,CustomerID\r\nFrance,2,1,A,x,\"Tea, green\",2011-01-01 10:00,1.5,7\r\n"));

        Assert.Equal(("1", "A", "Tea, green", 2, 1.5m, "7", "France"), (line.Invoice, line.StockCode, line.Description, line.Quantity, line.UnitPrice, line.CustomerId, line.Country));
        Assert.Equal(["1", "A", "Tea, green", "2", "2011-01-01 10:00", "1.5", "7", "France"], line.Fields);
    }

    [Fact]
    public void The_values_are_read_as_they_were_meant()
    {
        var line = Assert.Single(Lines($"{OnlineRetailFiles.Header}\n c536379 , d ,\"  Discount \"\"big\"\", \u00a320 \",-1.0,2010-12-01 09:41:00,27.50,014527.0,EIRE\n"));

        Assert.Equal(("C536379", "d", "Discount \"big\", £20", -1, "14527", "Ireland"), (line.Invoice, line.StockCode, line.Description, line.Quantity, line.CustomerId, line.Country));
        Assert.True(line.IsCancellation);
        Assert.Equal(new DateTime(2010, 12, 1, 9, 41, 0), line.LocalTime);
        Assert.Null(line.Refusal);
    }

    [Theory]
    [InlineData("EIRE", "Ireland")]
    [InlineData("RSA", "South Africa")]
    [InlineData("USA", "United States")]
    [InlineData("European Community", "European Union")]
    [InlineData("Channel Islands", "Channel Islands")]
    [InlineData("Unspecified", null)]
    [InlineData("", null)]
    public void Countries_get_the_names_that_everybody_knows(string written, string? name) => Assert.Equal(name, OnlineRetailCountries.Name(written));

    [Theory]
    [InlineData("1,A,x,2,2011-01-01 10:00:00,1,7", Refusal.WrongNumberOfFields)]
    [InlineData("1,A,x,2,2011-01-01 10:00:00,1,7,France,more", Refusal.WrongNumberOfFields)]
    [InlineData(",A,x,2,2011-01-01 10:00:00,1,7,France", Refusal.NoInvoice)]
    [InlineData("1, ,x,2,2011-01-01 10:00:00,1,7,France", Refusal.NoProduct)]
    [InlineData("1,123456789012345678901234567890123456789012345678901,x,2,2011-01-01 10:00:00,1,7,France", Refusal.CodeTooLong)]
    [InlineData("1234567890123456789012345678901,A,x,2,2011-01-01 10:00:00,1,7,France", Refusal.CodeTooLong)]
    [InlineData("1,A,x,two,2011-01-01 10:00:00,1,7,France", Refusal.UnreadableQuantity)]
    [InlineData("1,A,x,2.5,2011-01-01 10:00:00,1,7,France", Refusal.UnreadableQuantity)]
    [InlineData("1,A,x,99999999999,2011-01-01 10:00:00,1,7,France", Refusal.UnreadableQuantity)]
    [InlineData("1,A,x,2,01/02/2011 10:00,1,7,France", Refusal.UnreadableDate)]
    [InlineData("1,A,x,2,0001-01-01 10:00:00,1,7,France", Refusal.UnreadableDate)]
    [InlineData("1,A,x,2,2011-01-01 10:00:00,£1,7,France", Refusal.UnreadablePrice)]
    [InlineData("1,A,x,2,2011-01-01 10:00:00,,7,France", Refusal.UnreadablePrice)]
    [InlineData("1,A,x,2147483647,2011-01-01 10:00:00,1,7,France", Refusal.AmountTooLarge)]
    [InlineData("1,A,x,1,2011-01-01 10:00:00,79228162514264337593543950335,7,France", Refusal.AmountTooLarge)]
    [InlineData("1,A,x,0,2011-01-01 10:00:00,1,7,France", Refusal.ZeroQuantity)]
    [InlineData("1,A,x,1,2011-01-01 10:00:00,-1,7,France", Refusal.NegativePrice)]
    [InlineData("A563186,B,Adjust bad debt,1,2011-08-12 14:51:00,-11062.06,,United Kingdom", Refusal.BadDebt)]
    [InlineData("A563185,B,Adjust bad debt,1,2011-08-12 14:50:00,11062.06,,United Kingdom", Refusal.BadDebt)]
    [InlineData("536589,21777,,-10,2010-12-01 16:50:00,0.0,,United Kingdom", Refusal.StockAdjustment)]
    [InlineData("1,A,x,-1,2011-01-01 10:00:00,1,7,France", Refusal.ReturnOutsideCancellation)]
    [InlineData("C1,A,x,1,2011-01-01 10:00:00,1,7,France", Refusal.SaleInCancellation)]
    public void A_line_that_is_no_trade_says_why(string row, Refusal why)
    {
        var line = Assert.Single(Lines($"{OnlineRetailFiles.Header}\n{row}\n"));

        Assert.Equal(why, line.Refusal);
        Assert.Equal(2, line.Number);
    }

    [Fact]
    public void Every_reason_has_words_of_its_own() =>
        Assert.Equal(Enum.GetValues<Refusal>().Length, Enum.GetValues<Refusal>().Select(r => r.Words()).Distinct().Count());

    public static TheoryData<string, byte[], string> BrokenFiles => new()
    {
        { "empty", [], "the file is empty." },
        { "other columns", "a;b;c\n1;2;3\n"u8.ToArray(), "this is not an Online Retail file: its first line must name the columns InvoiceNo, StockCode, Description, Quantity, InvoiceDate, UnitPrice, CustomerID, Country." },
        { "a column missing", Encoding.UTF8.GetBytes($"{OnlineRetailFiles.Header.Replace("UnitPrice,", "")}\n"), "the file has no column UnitPrice." },
        { "another encoding", [.. Encoding.UTF8.GetBytes($"{OnlineRetailFiles.Header}\n1,A,caf"), 0xe9, .. ",1,2011-01-01 10:00:00,1,7,France\n"u8], "the file is not UTF-8 text" },
        { "two bytes a letter", Encoding.Unicode.GetBytes($"\ufeff{OnlineRetailFiles.Header}\n"), "the file is not UTF-8 text" },
        { "cut off gzip", OnlineRetailFiles.Gzip(Many())[..^3000], "the gzip file is cut off or damaged" },
        { "cut off at its very end", OnlineRetailFiles.Gzip(Many())[..^1], "the gzip file is cut off or damaged" },
        { "damaged gzip", Damage(OnlineRetailFiles.Gzip(Many())), "the gzip file is cut off or damaged" },
        { "a line that never ends", Encoding.UTF8.GetBytes($"{Many()}9999,A,{new string('x', 300_000)}"), "the file is malformed: the line after line" },
    };

    [Theory, MemberData(nameof(BrokenFiles))]
    public void A_broken_file_is_refused_with_one_line(string what, byte[] bytes, string message)
    {
        var failure = Assert.Throws<BadFileException>(() => Lines(bytes).Count);

        Assert.StartsWith(message, failure.Message);
        Assert.DoesNotContain('\n', failure.Message);
        Assert.NotEmpty(what);
    }

    [Fact]
    public void A_missing_quote_costs_its_own_line_only()
    {
        var lines = Lines(Many().Replace("\n900,A,x", "\n900,A,\"x"));

        Assert.Equal(9_000, lines.Count);
        var bad = Assert.Single(lines, l => l.Refusal is not null);
        Assert.Equal((901, Refusal.WrongNumberOfFields), (bad.Number, bad.Refusal));
    }

    [Fact]
    public void An_invoice_whose_lines_stand_apart_is_still_one()
    {
        var reader = Reader(Encoding.UTF8.GetBytes(string.Join('\n',
        [
            OnlineRetailFiles.Header,
            "1,A,a,1,2011-01-01 10:00:00,1,7,France",
            "1,B,b,1,2011-01-01 10:01:00,1,7,France",
            "2,C,c,1,2011-01-01 10:02:00,1,8,France",
            "1,D,d,1,2011-01-01 10:03:00,1,7,France",
            "3,E,e,1,2011-01-01 10:04:00,1,9,France",
            "1,F,f,1,2011-01-01 10:05:00,1,7,France",
        ])));
        var survey = OnlineRetailSurvey.Of(reader, () => { }, default);

        var invoices = reader.ReadInvoices(survey.Scattered, default).ToList();

        Assert.Equal(["2:C", "3:E", "1:ABDF"], invoices.Select(i => $"{i.Number}:{string.Concat(i.Lines.Select(l => l.StockCode))}"));
        Assert.Equal(new DateTime(2011, 1, 1, 10, 0, 0), invoices[^1].LocalTime);
    }

    [Fact]
    public void The_whole_sample_is_read_invoice_by_invoice()
    {
        using var file = File.OpenRead(OnlineRetailFiles.Sample);
        var reader = new OnlineRetailReader(file);
        var survey = OnlineRetailSurvey.Of(reader, () => { }, default);

        var invoices = reader.ReadInvoices(survey.Scattered, default).ToList();

        Assert.Equal(["542806"], survey.Scattered.Keys);
        Assert.Equal(survey.Lines, invoices.Sum(i => i.LineCount));
        Assert.Equal(invoices.Count, invoices.Select(i => i.Number).Distinct().Count());
    }

    private static List<OnlineRetailLine> Lines(string text) => Lines(Encoding.UTF8.GetBytes(text));
    private static List<OnlineRetailLine> Lines(byte[] bytes) => [.. Reader(bytes).ReadLines(default)];
    private static OnlineRetailReader Reader(byte[] bytes) => new(new MemoryStream(bytes));

    private static string Many() => string.Join('\n', [OnlineRetailFiles.Header, .. Enumerable.Range(1, 9_000).Select(n => $"{n},A,x{n * 7919 % 10007},{n % 90 + 1},2011-01-01 10:00:00,{n % 77}.5,{n % 600},France"), ""]);

    private static byte[] Damage(byte[] packed)
    {
        packed[packed.Length / 2] ^= 0x55;
        return packed;
    }
}
