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
        || rune == Rune.ReplacementChar || IsBlank(rune);

    /// <summary>Letters, accents and signs by their category, of which nothing is seen: fillers of Hangul, inherent vowels of Khmer, selectors of Mongolian, the empty Braille cell.</summary>
    internal static bool IsBlank(Rune rune) => rune.Value is 0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or (>= 0x180B and <= 0x180F) or 0x2800 or 0x3164 or 0xFFA0;

    private static bool IsJoiner(Rune rune) => rune.Value is 0x200C or 0x200D;

    private static bool IsOfWord(Rune[] runes, int at) => at >= 0 && at < runes.Length && (Rune.IsLetter(runes[at]) ? !runes[at].IsAscii
        : Rune.GetUnicodeCategory(runes[at]) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark);
}
