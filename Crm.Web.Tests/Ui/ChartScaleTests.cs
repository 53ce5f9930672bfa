using Crm.Web.Ui.Charts;

namespace Crm.Web.Tests.Ui;

public class ChartScaleTests
{
    [Theory]
    [InlineData(new long[] { 48_420, 52_300 }, 0, 60_000)]
    [InlineData(new long[] { 100 }, 0, 100)]
    [InlineData(new long[] { 101 }, 0, 150)]
    [InlineData(new long[] { 1 }, 0, 1)]
    [InlineData(new long[] { }, 0, 1)]
    [InlineData(new long[] { 0, 0 }, 0, 1)]
    [InlineData(new long[] { -30, 50 }, -40, 60)]
    [InlineData(new long[] { -30 }, -30, 0)]
    [InlineData(new long[] { 891_140_790 }, 0, 1_000_000_000)]
    public void The_axis_starts_at_zero_and_ends_on_a_round_number(long[] values, long min, long max)
    {
        var scale = new ChartScale(values, 10, 222);

        Assert.Equal((min, max), (scale.Min, scale.Max));
        Assert.Equal(222, scale.Y(scale.Min), 6);
        Assert.Equal(10, scale.Y(scale.Max), 6);
    }

    [Fact]
    public void There_are_few_lines_for_any_greatest_value()
    {
        for (var value = 1L; value < 1_000_000_000_000; value = value * 3 / 2 + 1)
        {
            var scale = new ChartScale([value], 10, 222);

            Assert.InRange(scale.Ticks.Count, 2, 6);
            Assert.True(scale.Max >= value);
        }
    }
}
