using Bunit;
using Crm.Web.Ui.Charts;

namespace Crm.Web.Tests.Ui;

public class ChartTests : BunitContext
{
    [Fact]
    public void A_line_ends_where_the_numbers_end_and_every_number_is_in_the_table()
    {
        var chart = Render<LineChart>(p => p.Add(c => c.Title, "Revenue").Add(c => c.Labels, ["Jan", "Feb", "Mar"])
            .Add(c => c.Current, [10, 20, null]).Add(c => c.Previous, [5, 6, 7]).Add(c => c.Summary, "Better than last year."));

        Assert.Equal("Better than last year.", chart.Find("svg").GetAttribute("aria-label"));
        Assert.Equal("20", chart.Find("text.now").TextContent);
        Assert.Equal(["10", "5", "20", "6", "–", "7"], chart.FindAll("tbody td").Select(e => e.TextContent));
    }

    [Fact]
    public void A_gap_breaks_the_line()
    {
        var chart = Render<LineChart>(p => p.Add(c => c.Title, "T").Add(c => c.Labels, ["a", "b", "c", "d"]).Add(c => c.Current, [1, null, 2, 3]));

        Assert.Equal(2, chart.FindAll("path")[^1].GetAttribute("d")!.Count(letter => letter == 'M'));
    }

    [Theory]
    [InlineData(new long[] { })]
    [InlineData(new long[] { 0, 0, 0 })]
    [InlineData(new long[] { 7 })]
    public void A_chart_of_little_or_nothing_still_stands(long[] values)
    {
        var labels = values.Select((_, i) => $"m{i}").ToList();

        Assert.Single(Render<LineChart>(p => p.Add(c => c.Title, "T").Add(c => c.Labels, labels).Add(c => c.Current, [.. values.Select(v => (long?)v)])).FindAll("svg"));
        Assert.DoesNotContain("NaN", Render<BarChart>(p => p.Add(c => c.Title, "T").Add(c => c.Labels, labels).Add(c => c.Series, [new("s", values, 1)])).Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", Render<FunnelChart>(p => p.Add(c => c.Steps, [.. values.Select((v, i) => new FunnelStep($"s{i}", v))])).Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Stacked_bars_fill_the_height_and_carry_their_total()
    {
        var chart = Render<BarChart>(p => p.Add(c => c.Title, "Buyers").Add(c => c.Labels, ["w1", "w2"]).Add(c => c.Series, [new("Back", [60, 30], 1), new("New", [40, 0], 2)]));

        Assert.Equal(["100", "30"], chart.FindAll("text.total").Select(e => e.TextContent));
        Assert.Equal(3, chart.FindAll("rect").Count);
        Assert.Equal("99.6", chart.FindAll("rect")[0].GetAttribute("height"));
        Assert.Equal("w1, Back 60, New 40, Total 100", chart.Find("title").TextContent);
    }

    [Fact]
    public void Heat_rises_with_the_value_and_leaves_the_future_blank()
    {
        var table = Render<HeatTable>(p => p.Add(h => h.Columns, ["0", "1", "2", "3"]).Add(h => h.Rows, [new("Dec", [100, 1, 0, null])]));

        Assert.Equal(["h5", "h1", "h0", ""], table.FindAll("tbody td").Select(e => e.ClassName ?? ""));
        Assert.Equal("", table.FindAll("tbody td")[3].TextContent);
    }
}
