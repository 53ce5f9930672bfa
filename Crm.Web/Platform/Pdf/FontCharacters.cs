namespace Crm.Web.Platform.Pdf;

/// <summary>Reads a font's <c>cmap</c>: the glyph of each character, from its widest Unicode subtable.</summary>
internal static class FontCharacters
{
    public static Dictionary<int, int> Read(FontBytes cmap)
    {
        var subtables = Enumerable.Range(0, cmap.U16(2)).Select(i => cmap.At((int)cmap.U32(4 + 8 * i + 4))).ToList();
        foreach (var wide in subtables)
            if (wide.U16(0) == 12) return Segments32(wide);
        foreach (var narrow in subtables)
            if (narrow.U16(0) == 4) return Segments16(narrow);
        throw new InvalidDataException("The font has no Unicode character map.");
    }

    private static Dictionary<int, int> Segments32(FontBytes table)
    {
        var glyphs = new Dictionary<int, int>();
        for (var i = 0; i < table.U32(12); i++)
        {
            var group = table.At(16 + 12 * i);
            for (var code = group.U32(0); code <= group.U32(4); code++)
                glyphs[(int)code] = (int)(group.U32(8) + code - group.U32(0));
        }
        return glyphs;
    }

    private static Dictionary<int, int> Segments16(FontBytes table)
    {
        var glyphs = new Dictionary<int, int>();
        var count = table.U16(6) / 2;
        var (ends, starts) = (table.At(14), table.At(16 + 2 * count));
        var (deltas, offsets) = (starts.At(2 * count), starts.At(4 * count));
        for (var i = 0; i < count; i++)
            for (int code = starts.U16(2 * i); code <= ends.U16(2 * i) && code != 0xFFFF; code++)
            {
                var glyph = offsets.U16(2 * i) == 0
                    ? code
                    : offsets.At(2 * i).U16(offsets.U16(2 * i) + 2 * (code - starts.U16(2 * i)));
                if (glyph != 0) glyphs[code] = (glyph + deltas.U16(2 * i)) & 0xFFFF;
            }
        return glyphs;
    }
}
