using System.Globalization;
using System.Text;

namespace Crm.Web.Platform.Pdf;

/// <summary>
/// Turns any text a person may have typed into drawable clusters: one string per letter with all its accents.
/// Broken or invisible characters are dropped or replaced, so that no input can break a document.
/// </summary>
internal static class TextClusters
{
    private const int LettersPerCluster = 12;
    private const char Joiner = '\u200D';
    private static readonly Rune Unknown = Rune.ReplacementChar;

    /// <returns>The lines that the text itself asks for; one empty line for an empty text.</returns>
    public static string[] Lines(string text) =>
        text.ReplaceLineEndings("\n").Split('\n');

    public static IEnumerable<string> Split(string line)
    {
        var elements = StringInfo.GetTextElementEnumerator(Clean(line));
        while (elements.MoveNext())
            if (Cluster(elements.GetTextElement()) is { Length: > 0 } cluster) yield return cluster;
    }

    public static bool IsMark(Rune character) =>
        Rune.GetUnicodeCategory(character) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark;

    /// <returns>The text in composed form, without controls and with what is not a character replaced.</returns>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var character in text.EnumerateRunes())
        {
            if (character.Value == '\t') clean.Append(' ');
            else if (IsNoCharacter(character.Value)) clean.Append(Unknown);
            else if (!IsInvisible(character) || character.Value == Joiner) clean.Append(character);
        }
        return clean.ToString().Normalize(NormalizationForm.FormC);
    }

    private static string Cluster(string element)
    {
        if (element.Length == 1 && element[0] != Joiner) return element;
        var kept = new StringBuilder(element.Length);
        foreach (var character in element.EnumerateRunes().Where(c => c.Value != Joiner).Take(LettersPerCluster)) kept.Append(character);
        return kept.ToString();
    }

    private static bool IsInvisible(Rune character) =>
        Rune.GetUnicodeCategory(character) is UnicodeCategory.Control or UnicodeCategory.Format
        || character.Value is (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF);

    private static bool IsNoCharacter(int value) => (value & 0xFFFE) == 0xFFFE || value is >= 0xFDD0 and <= 0xFDEF;
}
