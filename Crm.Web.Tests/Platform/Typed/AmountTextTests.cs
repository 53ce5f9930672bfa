using Crm.Data;
using Crm.Web.Platform.Typed;

namespace Crm.Web.Tests.Platform.Typed;

public sealed class AmountTextTests
{
    [Theory]
    [InlineData("1450", 1450_00)]
    [InlineData("1450.5", 1450_50)]
    [InlineData("1,450.50", 1450_50)]
    [InlineData("$1,450", 1450_00)]
    [InlineData("1 450,50 $", 1450_50)]
    [InlineData("1\u00a0450,5", 1450_50)]
    [InlineData("1.450", 1450_00)]
    [InlineData("1.234.567,89", 1234567_89)]
    [InlineData("KSh 2,500", 2500_00)]
    [InlineData("1'450.50", 1450_50)]
    [InlineData("-5", -5_00)]
    [InlineData("−5", -5_00)]
    [InlineData("0", 0)]
    [InlineData(".5", 50)]
    public void An_amount_is_read_as_people_write_it(string typed, long minor)
    {
        Assert.True(AmountText.TryParse(typed, out var amount));
        Assert.Equal(new Money(minor), amount);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("much")]
    [InlineData("12*3")]
    [InlineData("1e5")]
    [InlineData("1,23456")]
    [InlineData("--5")]
    [InlineData("5-3")]
    [InlineData("99999999999")]
    [InlineData("11111111111111111111111111111111111111111")]
    public void What_is_no_amount_is_not_taken(string? typed) => Assert.False(AmountText.TryParse(typed, out _));

    [Theory]
    [InlineData(1450_00, "1450")]
    [InlineData(1450_50, "1450.50")]
    [InlineData(5, "0.05")]
    public void What_is_written_for_editing_is_read_back(long minor, string text)
    {
        Assert.Equal(text, AmountText.Write(new Money(minor)));
        Assert.True(AmountText.TryParse(text, out var amount));
        Assert.Equal(minor, amount.Minor);
    }
}
