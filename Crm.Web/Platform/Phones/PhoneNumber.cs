using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Crm.Web.Platform.Phones;

/// <summary>
/// Turns what people type into one form that can be compared and dialled, E.164 (+254722123456), and back into what they read.
/// Knows lengths and prefixes, not which numbers were given out.
/// </summary>
public static class PhoneNumber
{
    /// <summary>No number is written with more characters, however it is spaced.</summary>
    public const int LongestTyped = 40;

    private const int MostDigits = 15;
    private const int FewestDigits = 7;

    /// <summary>Enough digits that a number without plus is not a local one with a digit too many.</summary>
    private const int PlainInternational = 12;

    /// <summary>Reads a number in the styles of <paramref name="country"/>, or of any country when it says its calling code.</summary>
    /// <param name="country">ISO 3166 alpha-2 of numbers without a calling code: usually the shop's.</param>
    /// <returns>False for anything that is no whole number, one with letters or an extension among them.</returns>
    public static bool TryParse(string? text, string country, [NotNullWhen(true)] out string? e164)
    {
        e164 = null;
        if (!TryStrip(text, out var digits, out var international)) return false;
        var home = PhoneCountries.Find(country);
        if (international) e164 = International(digits);
        else if (home is null) e164 = Plain(digits);
        else if (digits.StartsWith(home.Abroad, StringComparison.Ordinal) && International(digits[home.Abroad.Length..]) is { } dialled) e164 = dialled;
        else if (digits.StartsWith("00", StringComparison.Ordinal)) e164 = International(digits[2..]);
        else e164 = National(digits, home) ?? Plain(digits);
        return e164 is not null;
    }

    /// <summary>The number in its international form, grouped as its country does, or as it is dialled at home.</summary>
    /// <param name="home">ISO 3166 alpha-2; numbers of this country lose their calling code.</param>
    public static string Format(string? e164, string? home = null)
    {
        if (e164 is not ['+', .. var digits] || PhoneCountries.OfDigits(digits) is not { } country) return e164 ?? "";
        var national = digits[country.Calling.Length..];
        var atHome = home is not null && PhoneCountries.Find(home)?.Calling == country.Calling;
        if (country.IsNorthAmerican && national.Length == 10)
            return atHome ? $"({national[..3]}) {national[3..6]}-{national[6..]}" : $"+1 {national[..3]}-{national[3..6]}-{national[6..]}";
        return atHome ? country.Trunk + Group(national, country.Groups) : $"+{country.Calling} {Group(national, country.Groups)}";
    }

    /// <summary>What a form says when a number cannot be taken.</summary>
    public static string Complaint(string country) => PhoneCountries.Find(country)?.IsNorthAmerican is true
        ? "This is not a whole phone number. Write it like (416) 555-0134, or +254 722 123 456 for one abroad."
        : "This is not a whole phone number. Write it with its area, or like +254 722 123 456 for one abroad.";

    private static bool TryStrip(string? text, out string digits, out bool international)
    {
        (digits, international) = ("", false);
        if (string.IsNullOrWhiteSpace(text) || text.Length > 40) return false;
        var rest = text.Trim().TrimStart('\'');
        if (rest.StartsWith("tel:", StringComparison.OrdinalIgnoreCase)) rest = rest[4..];
        var kept = new StringBuilder(rest.Length);
        foreach (var ch in rest.Replace("(0)", "", StringComparison.Ordinal))
        {
            if (CharUnicodeInfo.GetDecimalDigitValue(ch) is >= 0 and var digit) kept.Append((char)('0' + digit));
            else if (ch is '+' or '＋' && kept.Length == 0 && !international) international = true;
            else if (!IsSeparator(ch)) return false;
        }
        digits = kept.ToString();
        return digits.Length > 0;
    }

    private static bool IsSeparator(char ch) => ch is '.' or '(' or ')' or '/'
        || CharUnicodeInfo.GetUnicodeCategory(ch) is UnicodeCategory.SpaceSeparator or UnicodeCategory.DashPunctuation or UnicodeCategory.Format;

    // A trunk 0 that was left standing after the calling code ("+254 0722 …") goes.
    private static string? International(string digits)
    {
        if (digits.Length is < FewestDigits or > MostDigits || digits[0] == '0') return null;
        if (PhoneCountries.OfDigits(digits) is not { } country) return $"+{digits}";
        var national = digits[country.Calling.Length..];
        if (!country.IsNorthAmerican && country.Trunk.Length > 0 && national.StartsWith(country.Trunk, StringComparison.Ordinal)) national = national[country.Trunk.Length..];
        return country.Fits(national) ? $"+{country.Calling}{national}" : null;
    }

    private static string? National(string digits, PhoneCountry home)
    {
        if (home.Area is [var area, ..] && digits.Length == 7) digits = area + digits;
        if (home.Trunk.Length > 0 && digits.StartsWith(home.Trunk, StringComparison.Ordinal) && home.Fits(digits.AsSpan(home.Trunk.Length)))
            return $"+{home.Calling}{digits[home.Trunk.Length..]}";
        return home.Fits(digits) ? $"+{home.Calling}{digits}" : null;
    }

    private static string? Plain(string digits) =>
        digits.Length >= PlainInternational || digits.Length == 11 && digits[0] == '1' ? International(digits) : null;

    private static string Group(string national, int[] sizes)
    {
        var groups = new List<string>();
        var from = 0;
        foreach (var size in sizes)
        {
            if (from >= national.Length) break;
            var take = Math.Min(size, national.Length - from);
            groups.Add(national.Substring(from, take));
            from += take;
        }
        if (from < national.Length) groups[^1] += national[from..];
        if (groups.Count > 1 && groups[^1].Length == 1)
        {
            groups[^2] += groups[^1];
            groups.RemoveAt(groups.Count - 1);
        }
        return string.Join(' ', groups);
    }
}
