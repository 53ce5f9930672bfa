using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Text.Unicode;

namespace Crm.Web.Platform.Typed;

/// <summary>Which script a letter belongs to, by the blocks that the framework names.</summary>
static partial class Scripts
{
    // The accents that every script takes.
    private const string Shared = "Combining";

    private static readonly (int First, int Last, string Script)[] Blocks =
    [
        .. typeof(UnicodeRanges).GetProperties(BindingFlags.Public | BindingFlags.Static)
            .Where(p => p.Name is not (nameof(UnicodeRanges.All) or nameof(UnicodeRanges.None)))
            .Select(p => (Range: (UnicodeRange)p.GetValue(null)!, Script: NameOf(p.Name)))
            .Select(block => (block.Range.FirstCodePoint, block.Range.FirstCodePoint + block.Range.Length - 1, block.Script))
            .OrderBy(block => block.FirstCodePoint),
    ];

    /// <summary>Whether every letter, accent and digit is of one script; plain digits and signs are of each.</summary>
    public static bool AreOne(string text) => text.Normalize().EnumerateRunes().Where(rune => !rune.IsAscii || Rune.IsLetter(rune)).Select(Of).Where(script => script != Shared).Distinct().Count() <= 1;

    // Beyond the plane that has names, blocks are a row long.
    private static string Of(Rune rune)
    {
        if (!rune.IsBmp) return $"{rune.Value >> 8:X}";
        foreach (var (first, last, script) in Blocks)
            if (rune.Value >= first && rune.Value <= last) return script;
        return "";
    }

    // LatinExtendedA and BasicLatin are one, as Ethiopic and EthiopicSupplement are; ɔ and ɛ of many languages stand among the signs of phonetics.
    private static string NameOf(string block) => block switch
    {
        nameof(UnicodeRanges.BasicLatin) or nameof(UnicodeRanges.IpaExtensions) or nameof(UnicodeRanges.PhoneticExtensions) or nameof(UnicodeRanges.PhoneticExtensionsSupplement) => "Latin",
        nameof(UnicodeRanges.GreekandCoptic) => "Greek",
        _ => FirstWord().Match(block).Value,
    };

    [GeneratedRegex("^[A-Z][a-z]*", RegexOptions.NonBacktracking)]
    private static partial Regex FirstWord();
}
