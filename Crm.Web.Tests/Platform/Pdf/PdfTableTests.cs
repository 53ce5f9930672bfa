using System.Globalization;
using Crm.Web.Platform.Pdf;

namespace Crm.Web.Tests.Platform.Pdf;

public sealed class PdfTableTests
{
    private static readonly PdfColumn[] columns = [new("Customer", 3), new("Town", 2), PdfColumn.Number("Spent")];

    [Fact]
    public void A_table_of_500_rows_repeats_its_head_and_loses_no_row()
    {
        var pdf = SampleReport.Bytes(SampleReport.Empty().Table(columns, Rows(500), totals: ["All 500", "", "$125,250"]));

        PdfTools.Check(pdf);
        var pages = Enumerable.Range(1, PdfTools.Pages(pdf)).Select(page => PdfTools.Text(pdf, page)).ToList();
        Assert.True(pages.Count > 10);
        Assert.All(pages, page => Assert.Single(page.Split('\n'), "Customer Town Spent"));
        Assert.Equal(Rows(500).Select(row => $"{row[0].Text} {row[1].Text} {row[2].Text}"), string.Concat(pages).Split('\n').Where(line => line.StartsWith('№')));
        Assert.Contains("All 500 $125,250", pages[^1]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Rows_of_any_height_stay_whole_and_in_order(int seed)
    {
        var random = new Random(seed);
        var rows = Enumerable.Range(1, 60)
            .Select(i => new PdfCell[] { $"№{i}", string.Join('\n', Enumerable.Range(1, random.Next(1, 12)).Select(line => $"row{i}line{line}")), "1" }).ToList();

        var pdf = SampleReport.Bytes(SampleReport.Empty().Paragraph("Before").Table(columns, rows));

        var pages = Enumerable.Range(1, PdfTools.Pages(pdf)).Select(page => PdfTools.Text(pdf, page)).ToList();
        Assert.All(rows, row => Assert.Single(pages, page => row[1].Text!.Split('\n').All(line => page.Split('\n', ' ').Contains(line))));
        Assert.Equal(
            rows.SelectMany(row => row[1].Text!.Split('\n')),
            string.Concat(pages).Split('\n', ' ').Where(word => word.StartsWith("row", StringComparison.Ordinal)));
    }

    [Fact]
    public void Totals_never_stand_alone_on_a_page()
    {
        for (var count = 22; count < 36; count++)
        {
            var pdf = SampleReport.Bytes(SampleReport.Empty().Table(columns, Rows(count), totals: ["Total", "", "$1"]));

            var last = PdfTools.Text(pdf, PdfTools.Pages(pdf));
            Assert.Contains($"№{count:0000}", last);
            Assert.Contains("Total $1", last);
        }
    }

    [Fact]
    public void A_row_taller_than_a_page_goes_on_overleaf_with_nothing_lost()
    {
        var lines = Enumerable.Range(1, 200).Select(i => $"line{i}").ToList();

        var pdf = SampleReport.Bytes(SampleReport.Empty().Paragraph("Before").Table(columns, [["One", string.Join('\n', lines), "1"], ["After", "", "2"]]));

        PdfTools.Check(pdf);
        Assert.Equal(lines, PdfTools.Text(pdf).Split('\n', ' ').Where(word => word.StartsWith("line", StringComparison.Ordinal)));
        Assert.Contains("After", PdfTools.Text(pdf, PdfTools.Pages(pdf)));
    }

    [Fact]
    public void An_empty_table_shows_its_head_a_sentence_and_its_totals()
    {
        var pdf = SampleReport.Bytes(SampleReport.Empty().Table(columns, [], totals: ["Total", "", "$0"], whenEmpty: "Nobody bought anything."));

        PdfTools.Check(pdf);
        Assert.StartsWith("Customer Town Spent\nNobody bought anything.\nTotal $0\n", PdfTools.Text(pdf));
    }

    [Fact]
    public void An_empty_table_without_a_sentence_is_its_head()
    {
        var pdf = SampleReport.Bytes(SampleReport.Empty().Table(columns, []));

        PdfTools.Check(pdf);
        Assert.StartsWith("Customer Town Spent\n", PdfTools.Text(pdf));
    }

    [Fact]
    public void Amounts_end_on_one_line_and_digits_are_equally_wide()
    {
        var style = new TextStyle(new PdfFont(NotoSans.Regular, "R"), 10, default);

        Assert.Single(Enumerable.Range(0, 10).Select(digit => TextLine.Fit(style, $"{digit}").Width).Distinct());
        Assert.Equal(TextLine.Fit(style, "+1").Width, TextLine.Fit(style, "−1").Width);
        var picture = PdfTools.Render(SampleReport.Bytes(SampleReport.Empty().Table([PdfColumn.Number("H")], [["0"], ["1,110"]])), dotsPerInch: 288);
        var edges = Enumerable.Range(0, picture.Height / 3)
            .Select(y => Enumerable.Range(0, picture.Width).LastOrDefault(x => picture.IsInk(x, y))).ToList();
        var lines = string.Join(' ', edges).Split(" 0 ", StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' ').Max(int.Parse)).Where(edge => edge > 0).ToList();
        Assert.Equal(3, lines.Count);
        Assert.All(lines, edge => Assert.InRange(edge, 4 * (595 - 54) - 8, 4 * (595 - 54)));
    }

    [Fact]
    public void A_short_row_is_filled_with_blanks_and_a_long_one_is_a_mistake()
    {
        PdfTools.Check(SampleReport.Bytes(SampleReport.Empty().Table(columns, [["only one"], [new PdfCell(null)], []])));
        Assert.Throws<ArgumentException>(() => SampleReport.Empty().Table(columns, [["1", "2", "3", "4"]]));
        Assert.Throws<ArgumentException>(() => SampleReport.Empty().Table([], []));
    }

    private static IEnumerable<PdfCell[]> Rows(int count) =>
        Enumerable.Range(1, count).Select(i => new PdfCell[] { $"№{i:0000} Nkẹ́chi", "Kingston", "$" + i.ToString("N0", CultureInfo.InvariantCulture) });
}
