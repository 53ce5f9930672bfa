using System.Globalization;
using Crm.Web.Platform.Pdf;

namespace Crm.Web.Tests.Platform.Pdf;

public sealed class PdfChartTests
{
    [Theory]
    [InlineData("0", "0")]
    [InlineData("1", "0 1")]
    [InlineData("3", "0 1 2 3")]
    [InlineData("7", "0 2 4 6 8")]
    [InlineData("48310.5 31200", "0 20000 40000 60000")]
    [InlineData("100", "0 25 50 75 100")]
    [InlineData("0.35", "0 0.1 0.2 0.3 0.4")]
    [InlineData("-30 50", "-40 -20 0 20 40 60")]
    [InlineData("-5", "-6 -4 -2 0")]
    public void An_axis_starts_at_nought_and_steps_in_round_numbers(string values, string ticks)
    {
        var scale = new ChartScale(values.Split(' ').Select(value => (decimal?)decimal.Parse(value, CultureInfo.InvariantCulture)));

        Assert.Equal(ticks, string.Join(' ', scale.Ticks.Select(tick => tick.ToString("0.##", CultureInfo.InvariantCulture))));
    }

    [Fact]
    public void Last_year_is_dashed_and_this_year_is_solid()
    {
        var pdf = SampleReport.Bytes(SampleReport.Empty().LineChart(["Jan", "Feb"], [new("2026", [1, 2]), new("2025", [2, 3], Before: true)], Whole, "Rises"));

        var drawing = PdfTools.Unpacked(pdf);
        Assert.Matches(@"0\.612 0\.565 0\.51 RG [\d.]+ w 1 j \[3 2\.5\] 0 d [\d. ]+ m [\d. ]+ l S", drawing);
        Assert.Matches(@"0\.122 0\.357 0\.259 RG [\d.]+ w 1 j \[\] 0 d [\d. ]+ m [\d. ]+ l S", drawing);
    }

    [Fact]
    public void A_chart_names_its_series_labels_and_last_values()
    {
        var text = PdfTools.Flowing(SampleReport.Bytes(SampleReport.Empty().LineChart(
            ["Jan", "Feb", "Mar"], [new("This year", [10, 31, null]), new("Last year", [9, 12, 17], Before: true)], Whole, "Rises")));

        foreach (var word in new[] { "This year", "Last year", "Jan", "Feb", "Mar", "31", "17" }) Assert.Contains(word, text);
    }

    [Fact]
    public void Bars_are_as_tall_as_their_values()
    {
        var picture = PdfTools.Render(SampleReport.Bytes(SampleReport.Empty().BarChart(["a", "b"], [new("x", [100, 50])], Whole, "Falls")), dotsPerInch: 144);

        int Green(double share) => Enumerable.Range(0, picture.Height).Count(y => picture.At(picture.Width * share, y) == (0x1F, 0x5B, 0x42));
        var (tall, low) = (Green(0.31), Green(0.71));
        Assert.InRange(low, 50, 200);
        Assert.InRange(tall - 2 * low, -4, 4);
    }

    [Fact]
    public void Charts_without_values_or_with_extreme_ones_are_drawn()
    {
        decimal?[][] cases = [[], [null], [null, null, 4], [0, 0], [decimal.MaxValue, decimal.MinValue], [0.0000000001m], [-1], [1, null, 2, null]];
        var document = SampleReport.Empty();
        foreach (var values in cases)
        {
            var labels = values.Select((_, i) => $"{i}").ToList();
            document.LineChart(labels, [new("x", values), new("y", values, Before: true)], Whole, "Odd").BarChart(labels, [new("x", values)], Whole, "Odd");
        }
        document.LineChart([], [], Whole, "Nothing").Ranking([]).Ranking([new("none", 0, "0"), new("less", -1, "−1")]).Facts();

        PdfTools.Check(SampleReport.Bytes(document));
    }

    [Fact]
    public void Many_labels_are_thinned_so_that_they_do_not_touch()
    {
        var days = Enumerable.Range(1, 90).Select(day => $"day{day}").ToList();

        var text = PdfTools.Text(SampleReport.Bytes(SampleReport.Empty().LineChart(days, [new("x", [.. days.Select((_, i) => (decimal?)i)])], Whole, "Rises")));

        var shown = days.Count(text.Split('\n', ' ').Contains);
        Assert.InRange(shown, 8, 20);
        Assert.Contains("day90", text);
    }

    private static string Whole(decimal value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
