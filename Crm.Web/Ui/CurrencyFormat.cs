using System.Globalization;

namespace Crm.Web.Ui;

/// <summary>How the shop's currency is written.</summary>
/// <param name="Code">ISO 4217 code, e.g. CAD.</param>
/// <param name="Symbol">What people write: $, KSh, £.</param>
/// <param name="Decimals">Digits after the point: 2 for cents, 0 for francs.</param>
public sealed record CurrencyFormat(string Code, string Symbol, int Decimals = 2)
{
    /// <summary>The amount as people of this culture write it, with a real minus sign.</summary>
    /// <param name="minor">Amount in the smallest unit.</param>
    /// <param name="whole">True drops the digits after the point, rounded half away from zero, for boards and tiles.</param>
    /// <param name="culture">Whose way of writing; the current one when null.</param>
    public string Format(long minor, bool whole = false, CultureInfo? culture = null)
    {
        var numbers = (NumberFormatInfo)(culture ?? CultureInfo.CurrentCulture).NumberFormat.Clone();
        var major = minor / Unit;
        numbers.CurrencySymbol = Symbol.Length > 1 && numbers.CurrencyPositivePattern == 0 ? Symbol + "\u00a0" : Symbol;
        numbers.CurrencyDecimalDigits = whole ? 0 : Decimals;
        if (numbers.CurrencyNegativePattern == 0) numbers.CurrencyNegativePattern = 1;
        numbers.NegativeSign = "−";
        return (whole ? decimal.Round(major, MidpointRounding.AwayFromZero) : major).ToString("C", numbers);
    }

    /// <summary>A short form for axes and tight labels: $48.4k, $1.2m.</summary>
    public string Short(long minor)
    {
        var major = minor / Unit;
        var (value, suffix) = Math.Abs(major) switch
        {
            >= 1_000_000 => (major / 1_000_000, "m"),
            >= 1_000 => (major / 1_000, "k"),
            _ => (major, ""),
        };
        var text = Math.Abs(value).ToString("0.#", CultureInfo.CurrentCulture);
        return $"{(value < 0 ? "−" : "")}{Symbol}{text}{suffix}";
    }

    private decimal Unit => Enumerable.Repeat(10m, Decimals).Aggregate(1m, (product, ten) => product * ten);
}
