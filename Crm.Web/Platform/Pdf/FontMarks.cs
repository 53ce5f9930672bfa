namespace Crm.Web.Platform.Pdf;

/// <summary>
/// Where a font wants its accents: the mark-to-base and mark-to-mark anchors of its <c>GPOS</c> table. Needed for
/// letters of Yoruba and Igbo names that have no single character of their own, such as the ẹ́ of Nkẹ́chi.
/// </summary>
internal sealed class FontMarks
{
    private const int MarkToBase = 4, MarkToMark = 6, Extension = 9;
    private readonly List<Attachment> toBase = [], toMark = [];

    public FontMarks(FontBytes positions)
    {
        var lookups = positions.At(positions.U16(8));
        foreach (var index in MarkLookups(positions.At(positions.U16(6))))
        {
            var lookup = lookups.At(lookups.U16(2 + 2 * index));
            for (var i = 0; i < lookup.U16(4); i++)
                Collect(lookup.U16(0), lookup.At(lookup.U16(6 + 2 * i)));
        }
    }

    public (int X, int Y)? OnBase(int baseGlyph, int mark) => First(toBase, baseGlyph, mark);

    public (int X, int Y)? OnMark(int lowerMark, int mark) => First(toMark, lowerMark, mark);

    private static (int X, int Y)? First(List<Attachment> attachments, int below, int mark)
    {
        foreach (var attachment in attachments)
            if (attachment.Offset(below, mark) is { } offset) return offset;
        return null;
    }

    private static SortedSet<int> MarkLookups(FontBytes features)
    {
        var lookups = new SortedSet<int>();
        for (var i = 0; i < features.U16(0); i++)
        {
            if (!features.Span(2 + 6 * i, 4).SequenceEqual("mark"u8) && !features.Span(2 + 6 * i, 4).SequenceEqual("mkmk"u8)) continue;
            var feature = features.At(features.U16(2 + 6 * i + 4));
            for (var j = 0; j < feature.U16(2); j++) lookups.Add(feature.U16(4 + 2 * j));
        }
        return lookups;
    }

    private void Collect(int type, FontBytes subtable)
    {
        if (type == Extension) Collect(subtable.U16(2), subtable.At((int)subtable.U32(4)));
        else if (type == MarkToBase) toBase.Add(new Attachment(subtable));
        else if (type == MarkToMark) toMark.Add(new Attachment(subtable));
    }

    private sealed class Attachment(FontBytes table)
    {
        private readonly Dictionary<int, int> marks = Coverage(table.At(table.U16(2)));
        private readonly Dictionary<int, int> bases = Coverage(table.At(table.U16(4)));
        private readonly int classes = table.U16(6);
        private readonly FontBytes markAnchors = table.At(table.U16(8));
        private readonly FontBytes baseAnchors = table.At(table.U16(10));

        public (int X, int Y)? Offset(int below, int mark)
        {
            if (!marks.TryGetValue(mark, out var m) || !bases.TryGetValue(below, out var b)) return null;
            var anchorAt = baseAnchors.U16(2 + 2 * (b * classes + markAnchors.U16(2 + 4 * m)));
            if (anchorAt == 0) return null;
            var (on, own) = (baseAnchors.At(anchorAt), markAnchors.At(markAnchors.U16(4 + 4 * m)));
            return (on.S16(2) - own.S16(2), on.S16(4) - own.S16(4));
        }

        private static Dictionary<int, int> Coverage(FontBytes table)
        {
            var covered = new Dictionary<int, int>();
            for (var i = 0; i < table.U16(2); i++)
            {
                if (table.U16(0) == 1)
                {
                    covered[table.U16(4 + 2 * i)] = i;
                    continue;
                }
                var range = table.At(4 + 6 * i);
                for (int glyph = range.U16(0); glyph <= range.U16(2); glyph++) covered[glyph] = range.U16(4) + glyph - range.U16(0);
            }
            return covered;
        }
    }
}
