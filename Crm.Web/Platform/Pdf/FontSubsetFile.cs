using System.Buffers.Binary;
using System.Text;

namespace Crm.Web.Platform.Pdf;

/// <summary>Writes a <see cref="FontSubset"/> as a TrueType file with the tables a PDF needs, without hinting programs.</summary>
internal sealed class FontSubsetFile
{
    private readonly FontFile font;
    private readonly Dictionary<int, int> parts = [];
    private readonly List<int> sources = [];
    private readonly int used;

    private FontSubsetFile(FontSubset subset)
    {
        font = subset.Font;
        used = subset.Glyphs.Count;
        for (var i = 0; i < used; i++)
            if (subset.Glyphs[i].Plain is { } glyph) parts.TryAdd(glyph, i);
    }

    public static byte[] Write(FontSubset subset)
    {
        var file = new FontSubsetFile(subset);
        var outlines = subset.Glyphs.Select(file.Outline).ToList();
        for (var i = 0; i < file.sources.Count; i++) outlines.Add(file.Copy(file.sources[i]));
        return file.Assemble(subset, outlines);
    }

    private byte[] Outline(SubsetGlyph glyph) =>
        glyph.Plain is { } plain ? Copy(plain) : GlyphOutline.Compose(font, glyph.Shape.Parts, Part);

    private byte[] Copy(int glyph) => GlyphOutline.WithoutHints(font.Outline(glyph), Part);

    private int Part(int source)
    {
        if (parts.TryGetValue(source, out var number)) return number;
        sources.Add(source);
        return parts[source] = used + sources.Count - 1;
    }

    private byte[] Assemble(FontSubset subset, List<byte[]> outlines)
    {
        var (glyf, loca, hmtx) = (new MemoryStream(), new MemoryStream(), new MemoryStream());
        for (var i = 0; i < outlines.Count; i++)
        {
            U32(loca, (uint)glyf.Length);
            glyf.Write(outlines[i]);
            while (glyf.Length % 4 != 0) glyf.WriteByte(0);
            U16(hmtx, i < used ? subset.Glyphs[i].Shape.Advance : font.Advance(sources[i - used]));
            U16(hmtx, outlines[i].Length == 0 ? 0 : BinaryPrimitives.ReadInt16BigEndian(outlines[i].AsSpan(2)));
        }
        U32(loca, (uint)glyf.Length);

        return Join(new SortedDictionary<string, byte[]>(StringComparer.Ordinal)
        {
            ["glyf"] = glyf.ToArray(),
            ["head"] = Changed("head", 54, (8, 0), (10, 0), (50, 1)),
            ["hhea"] = Changed("hhea", 36, (34, outlines.Count)),
            ["hmtx"] = hmtx.ToArray(),
            ["loca"] = loca.ToArray(),
            // upper bounds: a cluster of a dozen parts around a letter that is itself composed
            ["maxp"] = Changed("maxp", 32, (4, outlines.Count), (10, 4096), (12, 256), (24, 0), (26, 0), (28, 16), (30, 4)),
        });
    }

    private byte[] Changed(string tag, int length, params (int At, int Value)[] fields)
    {
        var table = font.Table(tag).Span(0, length).ToArray();
        foreach (var (at, value) in fields) BinaryPrimitives.WriteUInt16BigEndian(table.AsSpan(at), (ushort)value);
        return table;
    }

    private static byte[] Join(SortedDictionary<string, byte[]> tables)
    {
        var file = new MemoryStream();
        U32(file, 0x00010000);
        U16(file, tables.Count);
        var power = (int)Math.Log2(tables.Count);
        U16(file, 16 << power);
        U16(file, power);
        U16(file, 16 * tables.Count - (16 << power));
        var at = 12 + 16 * tables.Count;
        foreach (var (tag, table) in tables)
        {
            file.Write(Encoding.ASCII.GetBytes(tag));
            U32(file, Checksum(table));
            U32(file, (uint)at);
            U32(file, (uint)table.Length);
            at += (table.Length + 3) / 4 * 4;
        }
        foreach (var table in tables.Values)
        {
            file.Write(table);
            while (file.Length % 4 != 0) file.WriteByte(0);
        }
        return WithFileChecksum(file.ToArray());
    }

    private static byte[] WithFileChecksum(byte[] file)
    {
        var head = 12 + 16;
        while (!file.AsSpan(head - 16, 4).SequenceEqual("head"u8)) head += 16;
        var at = (int)BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(head - 8)) + 8;
        BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(at), 0xB1B0AFBA - Checksum(file));
        return file;
    }

    private static uint Checksum(ReadOnlySpan<byte> table)
    {
        uint sum = 0;
        Span<byte> word = stackalloc byte[4];
        for (var i = 0; i < table.Length; i += 4)
        {
            word.Clear();
            table.Slice(i, Math.Min(4, table.Length - i)).CopyTo(word);
            sum += BinaryPrimitives.ReadUInt32BigEndian(word);
        }
        return sum;
    }

    private static void U16(MemoryStream stream, int value)
    {
        stream.WriteByte((byte)(value >> 8));
        stream.WriteByte((byte)value);
    }

    private static void U32(MemoryStream stream, uint value)
    {
        U16(stream, (int)(value >> 16));
        U16(stream, (int)value);
    }
}
