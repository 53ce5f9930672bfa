using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Crm.Web.Platform.Addresses;

/// <summary>Whether a postal code can be one of its country, and how it is written there. Countries without a rule take any short code.</summary>
public static partial class PostalCode
{
    private const int Longest = 12;

    /// <summary>Reads a code of a country, in any case and with or without its space.</summary>
    /// <param name="country">ISO 3166 alpha-2.</param>
    public static bool TryParse(string? text, string country, [NotNullWhen(true)] out string? code)
    {
        code = null;
        var plain = string.Concat((text ?? "").Where(ch => !char.IsWhiteSpace(ch))).ToUpperInvariant();
        if (plain.Length is 0 or > Longest) return false;
        code = country switch
        {
            "CA" => Canadian().IsMatch(plain) ? $"{plain[..3]} {plain[3..]}" : null,
            "US" => American().IsMatch(plain) ? plain : null,
            "GB" => British().IsMatch(plain) ? $"{plain[..^3]} {plain[^3..]}" : null,
            "KE" or "SN" or "MA" or "FR" or "DE" => FiveDigits().IsMatch(plain) ? plain : null,
            "ET" or "ZA" => FourDigits().IsMatch(plain) ? plain : null,
            "NG" or "TT" or "IN" => SixDigits().IsMatch(plain) ? plain : null,
            _ => Anything().IsMatch(plain) ? string.Join(' ', text!.Split(null as char[], StringSplitOptions.RemoveEmptyEntries)).ToUpperInvariant() : null,
        };
        return code is not null;
    }

    /// <summary>What a form says when a code cannot be taken.</summary>
    public static string Complaint(string country) => country switch
    {
        "CA" => "Write the postal code like M1P 4N7.",
        "US" => "Write the ZIP code like 14201 or 14201-1234.",
        "GB" => "Write the postcode like SE15 4QL.",
        "KE" or "SN" or "MA" or "FR" or "DE" => $"A postal code of {Countries.Name(country)} has five digits.",
        "ET" or "ZA" => $"A postal code of {Countries.Name(country)} has four digits.",
        "NG" or "TT" or "IN" => $"A postal code of {Countries.Name(country)} has six digits.",
        _ => "Use letters, digits, spaces and hyphens only, twelve at most.",
    };

    // Canada leaves out the letters that look like others: D F I O Q U, and W Z at the front.
    [GeneratedRegex("^[ABCEGHJ-NPRSTVXY][0-9][ABCEGHJ-NPRSTV-Z][0-9][ABCEGHJ-NPRSTV-Z][0-9]$", RegexOptions.NonBacktracking)]
    private static partial Regex Canadian();

    [GeneratedRegex("^[0-9]{5}(-[0-9]{4})?$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex American();

    [GeneratedRegex("^(GIR0AA|[A-Z]{1,2}[0-9][0-9A-Z]?[0-9][A-Z]{2})$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex British();

    [GeneratedRegex("^[0-9]{4}$", RegexOptions.NonBacktracking)]
    private static partial Regex FourDigits();

    [GeneratedRegex("^[0-9]{5}$", RegexOptions.NonBacktracking)]
    private static partial Regex FiveDigits();

    [GeneratedRegex("^[0-9]{6}$", RegexOptions.NonBacktracking)]
    private static partial Regex SixDigits();

    [GeneratedRegex("^[0-9A-Z][0-9A-Z-]*$", RegexOptions.NonBacktracking)]
    private static partial Regex Anything();
}
