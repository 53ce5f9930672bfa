using System.Globalization;
using Crm.Web.Ui;

namespace Crm.Web.Tests.Ui;

public class CurrencyFormatTests
{
    private static readonly CurrencyFormat Dollar = new("CAD", "$");

    [Theory]
    [InlineData("en-CA", 123450, false, "$1,234.50")]
    [InlineData("en-CA", -123450, false, "−$1,234.50")]
    [InlineData("en-CA", 123450, true, "$1,235")]
    [InlineData("en-CA", -123450, true, "−$1,235")]
    [InlineData("en-US", -5, false, "−$0.05")]
    [InlineData("", 123450, false, "$1,234.50")]
    [InlineData("", 0, true, "$0")]
    public void An_amount_is_written_as_people_write_it(string culture, long minor, bool whole, string expected) =>
        Assert.Equal(expected, Dollar.Format(minor, whole, CultureInfo.GetCultureInfo(culture)));

    [Fact]
    public void Letters_keep_a_distance_and_a_currency_without_cents_has_none() =>
        Assert.Equal("FCFA\u00a01,500", new CurrencyFormat("XOF", "FCFA", 0).Format(1500, culture: CultureInfo.InvariantCulture));

    [Theory]
    [InlineData(4842000, "$48.4k")]
    [InlineData(-4842000, "−$48.4k")]
    [InlineData(123456789, "$1.2m")]
    [InlineData(99900, "$999")]
    [InlineData(0, "$0")]
    public void Axes_get_a_short_form(long minor, string expected) => Assert.Equal(expected, Dollar.Short(minor));
}
