using System.Buffers;
using System.Globalization;
using System.Text;

namespace Crm.Data;

/// <summary>
/// Text as both databases keep it: PostgreSQL refuses NUL and half a character, and no control character but a tab or a line
/// break is anybody's word, nor is a mark that turns the direction of what follows. What is saved passes here whoever wrote it; forms ask here what counts as typed.
/// </summary>
public static class CleanText
{
    private static readonly SearchValues<char> Doubtful = SearchValues.Create([.. Enumerable.Range(0, char.MaxValue + 1).Select(c => (char)c).Where(c => char.IsSurrogate(c) || IsStray(c))]);

    /// <summary>Whether nothing has to go.</summary>
    public static bool IsClean(string text) => text.AsSpan().IndexOfAny(Doubtful) < 0 || Kept(text).Length == text.Length;

    /// <summary>The text without what has to go.</summary>
    public static string Of(string text) => text.AsSpan().IndexOfAny(Doubtful) < 0 ? text : Kept(text);

    /// <summary>What somebody typed, as it counts: clean and trimmed; blank, or nothing that can be seen, is nothing.</summary>
    public static string? Typed(string? text) =>
        text is not null && Of(text).Trim() is { Length: > 0 } words && words.Any(IsVisible) ? words : null;

    /// <summary>At most so many UTF-16 units, and never half a character at the end.</summary>
    public static string Cut(string text, int most) =>
        text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)];

    private static string Kept(string text)
    {
        var kept = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            if (at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1])) kept.Append(text[at]).Append(text[++at]);
            else if (!char.IsSurrogate(text[at]) && !IsStray(text[at])) kept.Append(text[at]);
        }
        return kept.ToString();
    }

    // Letters that run from right to left need no marks around them; the marks alone turn the text beside them round.
    private static bool IsStray(char ch) =>
        (char.IsControl(ch) && ch is not ('\t' or '\n' or '\r')) || ch is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');

    private static bool IsVisible(char ch) => !char.IsWhiteSpace(ch) && char.GetUnicodeCategory(ch) is not (UnicodeCategory.Format or UnicodeCategory.Control);
}
