using System.Text;

namespace Crm.Web.Platform.Pdf;

/// <summary>
/// A parsed TrueType font: which glyph draws a character, how wide it is, and its outline bytes, so that a
/// document can measure text and embed only what it uses. Immutable, shared by all documents.
/// </summary>
internal sealed class FontFile
{
    private readonly Dictionary<string, FontBytes> tables = [];
    private readonly Dictionary<int, int> glyphs;
    private readonly FontMarks? marks;
    private readonly int longMetrics;
    private readonly bool longOffsets;

    public FontFile(byte[] data, string name)
    {
        Name = name;
        var file = new FontBytes(data, 0);
        for (var i = 0; i < file.U16(4); i++)
        {
            var record = file.At(12 + 16 * i);
            tables[Encoding.ASCII.GetString(record.Span(0, 4))] = file.At((int)record.U32(8));
        }
        UnitsPerEm = Table("head").U16(18);
        longOffsets = Table("head").S16(50) == 1;
        Ascender = Table("hhea").S16(4);
        Descender = Table("hhea").S16(6);
        longMetrics = Table("hhea").U16(34);
        GlyphCount = Table("maxp").U16(4);
        CapHeight = Table("OS/2").S16(88);
        XHeight = Table("OS/2").S16(86);
        glyphs = FontCharacters.Read(Table("cmap"));
        marks = tables.TryGetValue("GPOS", out var positions) ? new FontMarks(positions) : null;
    }

    public string Name { get; }

    public int UnitsPerEm { get; }

    public int Ascender { get; }

    public int Descender { get; }

    public int CapHeight { get; }

    public int XHeight { get; }

    public int GlyphCount { get; }

    public FontBytes Table(string tag) => tables.TryGetValue(tag, out var table)
        ? table : throw new InvalidDataException($"The font {Name} has no {tag} table.");

    /// <returns>The glyph of a character, 0 when the font has none.</returns>
    public int Glyph(Rune character) => glyphs.GetValueOrDefault(character.Value);

    /// <returns>The advance in font units.</returns>
    public int Advance(int glyph) => Table("hmtx").U16(4 * Math.Min(glyph, longMetrics - 1));

    public short LeftBearing(int glyph) => glyph < longMetrics
        ? Table("hmtx").S16(4 * glyph + 2)
        : Table("hmtx").S16(4 * longMetrics + 2 * (glyph - longMetrics));

    /// <returns>The glyph's own bytes of the <c>glyf</c> table; none for a blank such as the space.</returns>
    public ReadOnlySpan<byte> Outline(int glyph)
    {
        var start = Offset(glyph);
        return Table("glyf").Span(start, Offset(glyph + 1) - start);
    }

    public FontBox Box(int glyph)
    {
        if (Offset(glyph + 1) == Offset(glyph)) return default;
        var outline = Table("glyf").At(Offset(glyph));
        return new FontBox(outline.S16(2), outline.S16(4), outline.S16(6), outline.S16(8));
    }

    /// <returns>How far to shift a mark so that it sits on its base, by the font's own anchors, if it has any for the two.</returns>
    public (int X, int Y)? MarkOnBase(int baseGlyph, int mark) => marks?.OnBase(baseGlyph, mark);

    /// <inheritdoc cref="MarkOnBase"/>
    public (int X, int Y)? MarkOnMark(int lowerMark, int mark) => marks?.OnMark(lowerMark, mark);

    private int Offset(int glyph) => longOffsets
        ? (int)Table("loca").U32(4 * glyph)
        : 2 * Table("loca").U16(2 * glyph);
}

/// <summary>The rectangle around an outline, in font units.</summary>
internal readonly record struct FontBox(int XMin, int YMin, int XMax, int YMax)
{
    public FontBox Union(FontBox other) => new(
        Math.Min(XMin, other.XMin), Math.Min(YMin, other.YMin), Math.Max(XMax, other.XMax), Math.Max(YMax, other.YMax));

    public FontBox Shift(int x, int y) => new(XMin + x, YMin + y, XMax + x, YMax + y);
}
