using System.Globalization;
using System.Text;
using Crm.Web.Platform.Csv;
using CsvHelper;

namespace Crm.Web.Tests.Platform.Csv;

public sealed class CsvExportTests
{
    private static readonly CsvColumn<string>[] Columns = [new("Name", n => n), new("Length", n => (-n.Length).ToString(CultureInfo.InvariantCulture), IsNumber: true)];

    public static TheoryData<string> Payloads => ["=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", " =1", "\u00a0=1", "＝1", ";=1", "\",=1", "\u200b=1", "'=1", "''-1", "\n\n=cmd|' /C calc'!A0", "−2"];

    [Theory, MemberData(nameof(Payloads)), Trait("contract", "M-131")]
    public async Task No_cell_starts_a_formula_and_reading_back_gives_the_same_text(string payload)
    {
        var cell = (await ReadBackAsync([payload]))[0].Name;

        Assert.StartsWith("'", cell);
        Assert.Equal(payload, FormulaGuard.Undo(cell));
    }

    [Theory]
    [InlineData("Ọláyínká")]
    [InlineData("O'Brien \"Bob\", caterer; Kreyòl\nsecond line")]
    [InlineData("'tis")]
    [InlineData("")]
    public async Task Ordinary_text_is_left_as_it_is(string text)
    {
        Assert.Equal(text, (await ReadBackAsync([text]))[0].Name);
    }

    [Fact]
    public async Task Excel_sees_utf8_by_the_mark_and_numbers_stay_numbers()
    {
        var bytes = await WriteAsync(["Nkẹ́chi"]);

        Assert.Equal(Encoding.UTF8.Preamble.ToArray(), bytes[..3]);
        Assert.Equal("Name,Length\r\nNkẹ́chi,-7\r\n", Encoding.UTF8.GetString(bytes[3..]));
    }

    private static async Task<byte[]> WriteAsync(string[] rows)
    {
        using var stream = new MemoryStream();
        await CsvExport.WriteAsync(stream, Columns, rows.ToAsyncEnumerable(), CancellationToken.None);
        return stream.ToArray();
    }

    private static async Task<List<(string Name, string Length)>> ReadBackAsync(string[] rows)
    {
        using var csv = CsvReader.Create(new MemoryStream(await WriteAsync(rows)));
        csv.ReadHeader();
        var cells = new List<(string, string)>();
        while (csv.Read()) cells.Add((csv.GetString(0), csv.GetString(1)));
        return cells;
    }
}
