using System.Globalization;
using Crm.Data;

namespace Crm.Web.Platform.Typed;

/// <summary>Reads an amount of money as people type it: 1450, $1,450.50, 1 450,50.</summary>
public static class AmountText
{
    /// <summary>More than any shop's deal; keeps sums of many within a long.</summary>
    private const decimal Most = 1_000_000_000m;

    /// <summary>False for what is no amount; a negative one is read as such, for the caller to refuse in its own words.</summary>
    public static bool TryParse(string? text, out Money amount)
    {
        var read = Read(text);
        amount = read is { } major && Math.Abs(major) <= Most ? Money.FromMajor(major) : Money.Zero;
        return read is { } known && Math.Abs(known) <= Most;
    }

    /// <summary>Why a text is no amount that can be kept, or null; nothing at all and what is less than nothing are for the caller.</summary>
    public static string? Complaint(string text) =>
        TryParse(text, out _) ? null : Read(text) is null ? "Write an amount like 1450 or 1,450.50." : string.Create(CultureInfo.InvariantCulture, $"An amount can be {Most:N0} at most.");

    private static decimal? Read(string? text)
    {
        if (text is null || text.Length > 40) return null;
        var kept = new string([.. text.Where(c => !char.IsWhiteSpace(c) && char.GetUnicodeCategory(c) is not UnicodeCategory.CurrencySymbol && c is not ('\'' or '’'))]).Replace('−', '-');
        var letters = kept.Where(char.IsLetter).Distinct().ToArray();
        kept = kept.TrimStart(letters).TrimEnd(letters);
        return decimal.TryParse(WithPoint(kept), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var major) ? major : null;
    }

    /// <summary>The amount as a form shows it for editing: 1450.50, without cents when there are none.</summary>
    public static string Write(Money amount) =>
        amount.Major.ToString(amount.Minor % 100 == 0 ? "0" : "0.00", CultureInfo.InvariantCulture);

    // The last of comma and point is the decimal sign when one or two digits follow it; every other one groups thousands.
    private static string WithPoint(string text)
    {
        var last = text.LastIndexOfAny([',', '.']);
        if (last < 0) return text;
        var digitsAfter = text.Length - last - 1;
        var whole = text[..last].Replace(",", "", StringComparison.Ordinal).Replace(".", "", StringComparison.Ordinal);
        return digitsAfter is 1 or 2 ? $"{whole}.{text[(last + 1)..]}" : digitsAfter is 3 ? whole + text[(last + 1)..] : "no amount";
    }
}
