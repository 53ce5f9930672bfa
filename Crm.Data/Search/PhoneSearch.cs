namespace Crm.Data.Search;

/// <summary>How any part of a phone number is found, in whatever style it is typed.</summary>
public static class PhoneSearch
{
    /// <summary>Fewer digits than these are not looked for inside a phone number.</summary>
    public const int ShortestEnd = 4;

    /// <summary>
    /// What a number is found by: every end of it, each after a zero as people write a number at home, so that no name, mail or other number
    /// is found instead.
    /// </summary>
    /// <param name="phone">E.164.</param>
    public static IEnumerable<string> Ends(string? phone) =>
        phone?.TrimStart('+') is { Length: >= ShortestEnd } digits ? Enumerable.Range(0, digits.Length - ShortestEnd + 1).Select(start => $"0{digits[start..]}") : [];

    /// <summary>The digits of a text that is written like a phone number; else null.</summary>
    public static string? Digits(string text)
    {
        if (!text.All(ch => char.IsAsciiDigit(ch) || ch is '+' or '-' or '(' or ')' or '.' or '/' || char.IsWhiteSpace(ch))) return null;
        var digits = string.Concat(text.Where(char.IsAsciiDigit));
        return digits.Length >= ShortestEnd && digits.Any(d => d != '0') ? digits : null;
    }

    // Zeros in front may be a part of it, or be dialled before a national or an international number, which is the end of ours without them.
    internal static string[] Words(string digits)
    {
        var end = digits.TrimStart('0');
        return [.. new[] { digits, end, $"0{digits}", end.Length < ShortestEnd ? end : $"0{end}" }.Distinct()];
    }
}
