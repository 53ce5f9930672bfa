using System.Globalization;
using System.Text;

namespace Crm.Web.Platform.Typed;

/// <summary>A person's name as other people read it.</summary>
public static class PersonName
{
    /// <summary>
    /// The name without what nobody sees or what turns the letters beside it round. The two joiners stay between letters, where several
    /// scripts write them. Null stays null.
    /// </summary>
    public static string? Clean(string? name)
    {
        if (name is null) return null;
        Rune[] runes = [.. name.EnumerateRunes()];
        var kept = new StringBuilder(name.Length);
        for (var at = 0; at < runes.Length; at++)
        {
            if (Rune.IsWhiteSpace(runes[at])) kept.Append(' ');
            else if (!IsHidden(runes[at]) || IsJoiner(runes[at]) && IsOfWord(runes, at - 1) && IsOfWord(runes, at + 1)) kept.Append(runes[at].ToString());
        }
        return kept.ToString().Trim();
    }

    private static bool IsHidden(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.Control or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate
        || rune == Rune.ReplacementChar;

    private static bool IsJoiner(Rune rune) => rune.Value is 0x200C or 0x200D;

    private static bool IsOfWord(Rune[] runes, int at) => at >= 0 && at < runes.Length && (Rune.IsLetter(runes[at]) ? !runes[at].IsAscii
        : Rune.GetUnicodeCategory(runes[at]) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark);
}
