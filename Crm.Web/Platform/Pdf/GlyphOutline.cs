using System.Buffers.Binary;

namespace Crm.Web.Platform.Pdf;

/// <summary>Rewrites TrueType outlines for a subset: parts renumbered, hinting left out, accents set on letters.</summary>
internal static class GlyphOutline
{
    private const int Words = 0x1, OffsetsAreXy = 0x2, HasScale = 0x8, More = 0x20, HasXyScale = 0x40, HasMatrix = 0x80, HasHints = 0x100;

    /// <param name="part">Gives the number that a component glyph has in the subset.</param>
    public static byte[] WithoutHints(ReadOnlySpan<byte> outline, Func<int, int> part)
    {
        if (outline.IsEmpty) return [];
        return BinaryPrimitives.ReadInt16BigEndian(outline) >= 0 ? Simple(outline) : Composite(outline, part);
    }

    /// <summary>Builds one outline out of a base and its marks, each moved to its place.</summary>
    public static byte[] Compose(FontFile font, PlacedGlyph[] parts, Func<int, int> part)
    {
        var box = parts.Where(p => !font.Outline(p.Glyph).IsEmpty)
            .Select(p => font.Box(p.Glyph).Shift(p.X, p.Y))
            .Aggregate((FontBox?)null, (all, one) => all?.Union(one) ?? one) ?? default;
        var outline = new byte[10 + 8 * parts.Length];
        Write(outline, 0, -1, box.XMin, box.YMin, box.XMax, box.YMax);
        for (var i = 0; i < parts.Length; i++)
        {
            var flags = Words | OffsetsAreXy | (i < parts.Length - 1 ? More : 0);
            Write(outline, 10 + 8 * i, flags, part(parts[i].Glyph), parts[i].X, parts[i].Y);
        }
        return outline;
    }

    private static byte[] Simple(ReadOnlySpan<byte> outline)
    {
        var contours = BinaryPrimitives.ReadInt16BigEndian(outline);
        var hintsAt = 10 + 2 * contours;
        var hints = BinaryPrimitives.ReadUInt16BigEndian(outline[hintsAt..]);
        return [.. outline[..hintsAt], 0, 0, .. outline[(hintsAt + 2 + hints)..]];
    }

    private static byte[] Composite(ReadOnlySpan<byte> outline, Func<int, int> part)
    {
        var copy = outline.ToArray();
        var at = 10;
        int flags;
        do
        {
            flags = BinaryPrimitives.ReadUInt16BigEndian(outline[at..]);
            Write(copy, at, flags & ~HasHints, part(BinaryPrimitives.ReadUInt16BigEndian(outline[(at + 2)..])));
            at += 4 + ((flags & Words) != 0 ? 4 : 2);
            if ((flags & HasScale) != 0) at += 2;
            else if ((flags & HasXyScale) != 0) at += 4;
            else if ((flags & HasMatrix) != 0) at += 8;
        }
        while ((flags & More) != 0);
        return copy[..at];
    }

    private static void Write(byte[] outline, int at, params ReadOnlySpan<int> words)
    {
        foreach (var word in words)
        {
            BinaryPrimitives.WriteInt16BigEndian(outline.AsSpan(at), unchecked((short)word));
            at += 2;
        }
    }
}
