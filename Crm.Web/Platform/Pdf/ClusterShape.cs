using System.Globalization;
using System.Text;

namespace Crm.Web.Platform.Pdf;

/// <summary>A source glyph and where it stands, in font units.</summary>
internal readonly record struct PlacedGlyph(int Glyph, int X, int Y);

/// <summary>
/// Draws a cluster with the glyphs a font has: a letter alone, a letter with its marks set on it, or the replacement
/// sign. The first part is the base; the rest are marks.
/// </summary>
/// <param name="Parts">At least one.</param>
/// <param name="Advance">Font units to the next cluster.</param>
internal sealed record ClusterShape(PlacedGlyph[] Parts, int Advance)
{
    private const int DotlessI = 0x131, DotlessJ = 0x237, DotBelow = 0x323, Ogonek = 0x328, Minus = 0x2212, Dash = 0x2013;

    public static ClusterShape Of(FontFile font, string cluster)
    {
        var letters = cluster.EnumerateRunes().ToList();
        if (font.Glyph(letters[0]) == 0 && letters[0].Value == Minus) return MinusSign(font);
        if (font.Glyph(letters[0]) == 0)
            letters = [.. cluster.Normalize(NormalizationForm.FormD).EnumerateRunes()];
        if (font.Glyph(letters[0]) == 0) return Alone(font, StandIn(font, letters[0]));

        if (letters.Skip(1).Any(mark => IsAbove(font, mark))) LoseDot(letters);
        var parts = new List<PlacedGlyph> { new(font.Glyph(letters[0]), 0, 0) };
        foreach (var mark in letters.Skip(1))
            if (font.Glyph(mark) is not 0 and var glyph && TextClusters.IsMark(mark)) parts.Add(Place(font, parts, glyph));
        return new ClusterShape([.. parts], font.Advance(parts[0].Glyph));
    }

    public static ClusterShape Alone(FontFile font, int glyph) => new([new PlacedGlyph(glyph, 0, 0)], font.Advance(glyph));

    /// <summary>Noto Sans has no minus: its dash serves, set where the bar of the plus is and as wide as the plus.</summary>
    private static ClusterShape MinusSign(FontFile font)
    {
        var (dash, plus) = (font.Glyph(new Rune(Dash)), font.Glyph(new Rune('+')));
        var (from, to) = (font.Box(dash), font.Box(plus));
        var middle = new PlacedGlyph(dash, (font.Advance(plus) - from.XMin - from.XMax) / 2, (to.YMin + to.YMax - from.YMin - from.YMax) / 2);
        return new ClusterShape([middle], font.Advance(plus));
    }

    private static int StandIn(FontFile font, Rune character)
    {
        if (Rune.GetUnicodeCategory(character) == UnicodeCategory.SpaceSeparator) return font.Glyph(new Rune(' '));
        return font.Glyph(Rune.ReplacementChar);
    }

    private static bool IsAbove(FontFile font, Rune mark) =>
        TextClusters.IsMark(mark) && font.Box(font.Glyph(mark)).YMin > font.XHeight / 2;

    private static void LoseDot(List<Rune> letters)
    {
        int[] dotless = letters[0].Value switch
        {
            'i' => [DotlessI],
            'j' => [DotlessJ],
            'ị' => [DotlessI, DotBelow],
            'į' => [DotlessI, Ogonek],
            var other => [other],
        };
        letters.RemoveAt(0);
        letters.InsertRange(0, dotless.Select(value => new Rune(value)));
    }

    private static PlacedGlyph Place(FontFile font, List<PlacedGlyph> parts, int mark)
    {
        for (var i = parts.Count - 1; i > 0; i--)
            if (font.MarkOnMark(parts[i].Glyph, mark) is { } onMark)
                return new PlacedGlyph(mark, parts[i].X + onMark.X, parts[i].Y + onMark.Y);

        var letter = parts[0].Glyph;
        if (font.MarkOnBase(letter, mark) is { } onBase) return new PlacedGlyph(mark, onBase.X, onBase.Y);

        var box = font.Box(mark);
        var rise = box.YMin > font.XHeight / 2 ? Math.Max(0, font.Box(letter).YMax - font.XHeight) : 0;
        return new PlacedGlyph(mark, (font.Advance(letter) - box.XMin - box.XMax) / 2, rise);
    }
}
