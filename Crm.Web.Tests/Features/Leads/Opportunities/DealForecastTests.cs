using Crm.Data;
using Crm.Data.Leads;
using Crm.Web.Features.Leads.Opportunities;

namespace Crm.Web.Tests.Features.Leads.Opportunities;

[Trait("contract", "M-138")]
public sealed class DealForecastTests
{
    [Theory]
    [InlineData(0, 5000, 0)]
    [InlineData(100, 2500, 25)]
    [InlineData(1, 9999, 0)]
    [InlineData(3, 3333, 0)]
    [InlineData(199, 5000, 99)]
    [InlineData(145_050, 1000, 14_505)]
    [InlineData(145_059, 1000, 14_505)]
    [InlineData(100, 10_000, 100)]
    [InlineData(100, 0, 0)]
    [InlineData(long.MaxValue, 10_000, long.MaxValue)]
    [InlineData(long.MaxValue, 5000, long.MaxValue / 2)]
    public void A_sum_is_weighed_exactly_and_rounded_down_once(long minor, int basisPoints, long expected) =>
        Assert.Equal(new Money(expected), DealForecast.Weigh([(minor, basisPoints)]));

    [Fact]
    public void Cents_that_no_part_reaches_alone_count_together()
    {
        Assert.Equal(new Money(1), DealForecast.Weigh([(1, 5000), (1, 3000), (1, 2000)]));
        Assert.Equal(new Money(0), DealForecast.Weigh([(1, 5000), (1, 3000), (1, 1999)]));
        Assert.Equal(Money.Zero, DealForecast.Weigh([]));
    }

    [Fact]
    public void Months_come_in_order_with_all_their_stages_and_those_without_a_day_last()
    {
        var months = DealForecast.Months([
            new(null, 1000, 1, 50), new(new DateOnly(2027, 1, 1), 5000, 2, 300), new(new DateOnly(2026, 12, 1), 3000, 1, 101), new(new DateOnly(2026, 12, 1), 7000, 3, 101)]);

        Assert.Equal([new ForecastMonth(new DateOnly(2026, 12, 1), 4, 202, 1_010_000), new ForecastMonth(new DateOnly(2027, 1, 1), 2, 300, 1_500_000), new ForecastMonth(null, 1, 50, 50_000)], months);
        Assert.Equal([101, 150, 5], months.Select(m => m.WeightedMinor));
    }

    [Fact]
    public void A_deal_its_column_its_month_and_the_whole_follow_one_rounding()
    {
        var month = new DateOnly(2026, 12, 1);
        StageRow Stage(int basisPoints) => new(Guid.CreateVersion7(), "x", 0, basisPoints, DealOutcome.Open);
        StageTotal[] columns = [new(Stage(5000), 1, 199), new(Stage(3000), 1, 105)];
        var cells = columns.Select(c => new ForecastCell(month, c.Stage.ProbabilityBasisPoints, c.Count, c.AmountMinor)).ToList();

        Assert.Equal([99, 31], columns.Select(c => c.Weighted.Minor)); // 99.5 and 31.5
        Assert.Equal(131, DealForecast.Open(columns).Minor);
        Assert.Equal(131, Assert.Single(DealForecast.Months(cells)).WeightedMinor);
        Assert.Equal(131, DealForecast.Round(DealForecast.Months([cells[0], cells[1] with { Month = month.AddMonths(1) }]).Aggregate(Int128.Zero, (sum, m) => sum + m.Points)).Minor);
        Assert.Equal(99, new Crm.Web.Features.Settings.Pipeline.PipelineSettings { NewBasisPoints = 5000 }.Weigh(LeadStatus.New, new Money(199)).Minor);
    }

    [Fact]
    public void Only_open_stages_count_for_the_whole()
    {
        StageTotal Of(DealOutcome outcome, int basisPoints, long minor) => new(new StageRow(Guid.CreateVersion7(), "x", 0, basisPoints, outcome), 1, minor);
        Assert.Equal(new Money(75), DealForecast.Open([Of(DealOutcome.Open, 2500, 100), Of(DealOutcome.Open, 5000, 100), Of(DealOutcome.Won, 10_000, 900), Of(DealOutcome.Lost, 0, 900)]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("?view=list")]
    [InlineData("?view=list&sort=-amount&q=yam&agent=me&agent=nobody&close=2026-12")]
    [InlineData("?close=late")]
    [InlineData("?close=none")]
    public void An_address_is_read_and_written_alike(string query) => Assert.Equal(query, DealFilter.Parse(query).ToQuery());

    [Theory]
    [InlineData("?close=yesterday&view=wall&agent=x&stage=y&lead=z")]
    [InlineData("?sort=-nonsense")]
    [InlineData("?close=9999-12")]
    public void What_makes_no_sense_in_an_address_is_left_out(string query) => Assert.True(DealFilter.Parse(query).IsEmpty);
}
