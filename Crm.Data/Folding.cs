using System.Globalization;
using System.Text;

namespace Crm.Data;

/// <summary>
/// Folds case and accents in code, because the two databases fold differently: "Nkẹ́chi" and "NKECHI" compare equal on both.
/// </summary>
public static class Folding
{
    public static string Fold(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "";
        var folded = new StringBuilder(text.Length);
        foreach (var ch in CleanText.Of(text).Normalize(NormalizationForm.FormKD))
        {
            switch (CharUnicodeInfo.GetUnicodeCategory(ch))
            {
                case UnicodeCategory.NonSpacingMark or UnicodeCategory.Format:
                    break;
                case UnicodeCategory.Control:
                    folded.Append(' ');
                    break;
                default:
                    Append(folded, char.ToLowerInvariant(ch));
                    break;
            }
        }
        return folded.ToString();
    }

    /// <summary>The folded text in a column of that width: what lists sort by. Folding can make a text longer.</summary>
    public static string SortKey(string? text, int most) => CleanText.Cut(Fold(text), most);

    /// <summary>The words of a text as search sees them: folded, split at everything that is no letter or digit.</summary>
    public static string[] Words(string? text)
    {
        var folded = Fold(text);
        var spaced = new StringBuilder(folded.Length);
        foreach (var ch in folded) spaced.Append(char.IsLetterOrDigit(ch) ? ch : ch is '\'' or '’' ? '\0' : ' ');
        return spaced.Replace("\0", "").ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    private static void Append(StringBuilder text, char ch) => _ = ch switch
    {
        'ß' => text.Append("ss"),
        'æ' => text.Append("ae"),
        'œ' => text.Append("oe"),
        'ø' => text.Append('o'),
        'ł' => text.Append('l'),
        'đ' or 'ɖ' => text.Append('d'),
        'ı' => text.Append('i'),
        'ŋ' => text.Append('n'),
        'ɔ' => text.Append('o'),
        'ɛ' => text.Append('e'),
        _ => text.Append(ch),
    };
}
