using System.Security.Cryptography;
using System.Text;

namespace Crm.Web.Platform.Pdf;

/// <summary>One font of one document: shapes and measures text, remembers what was used, and embeds just that.</summary>
/// <param name="file">The font.</param>
/// <param name="key">The name that page contents call it by.</param>
internal sealed class PdfFont(FontFile file, string key)
{
    private readonly FontSubset subset = new(file);

    public string Key => key;

    /// <summary>Height of a capital, as a share of the type size.</summary>
    public double CapHeight => (double)file.CapHeight / file.UnitsPerEm;

    public IEnumerable<ShapedGlyph> Shape(string line) => TextClusters.Split(line).Select(cluster =>
    {
        var number = subset.Number(cluster);
        return new ShapedGlyph(number, (double)subset.Glyphs[number].Shape.Advance / file.UnitsPerEm, cluster[0]);
    });

    /// <returns>The object that pages refer to.</returns>
    public int Write(PdfWriter writer)
    {
        var program = FontSubsetFile.Write(subset);
        var name = $"{Tag(program)}+{file.Name}";
        var box = Enumerable.Range(0, 4).Select(i => Thousandths(file.Table("head").S16(36 + 2 * i)));
        var fontFile = writer.AddStream($"/Length1 {program.Length}", program);
        var descriptor = writer.Add($"<< /Type /FontDescriptor /FontName /{name} /Flags 4 /FontBBox [{string.Join(' ', box)}] /ItalicAngle 0 "
            + $"/Ascent {Thousandths(file.Ascender)} /Descent {Thousandths(file.Descender)} /CapHeight {Thousandths(file.CapHeight)} "
            + $"/StemV {file.Table("OS/2").U16(4) / 5} /FontFile2 {fontFile} 0 R >>");
        var widths = string.Join(' ', subset.Glyphs.Select(glyph => Thousandths(glyph.Shape.Advance)));
        var descendant = writer.Add($"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{name} /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
            + $"/FontDescriptor {descriptor} 0 R /CIDToGIDMap /Identity /DW 1000 /W [0 [{widths}]] >>");
        var texts = writer.AddStream("", Encoding.ASCII.GetBytes(ToUnicode()));
        return writer.Add($"<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /Identity-H /DescendantFonts [{descendant} 0 R] /ToUnicode {texts} 0 R >>");
    }

    private string Thousandths(int units) => PdfSyntax.Number(1000.0 * units / file.UnitsPerEm);

    private static string Tag(byte[] program) =>
        string.Concat(SHA256.HashData(program).Take(6).Select(b => (char)('A' + b % 26)));

    private string ToUnicode()
    {
        var map = new StringBuilder("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
            + "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
            + "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n");
        foreach (var chunk in subset.Glyphs.Select((glyph, number) => (glyph, number)).Skip(1).Chunk(100))
        {
            map.Append(chunk.Length).Append(" beginbfchar\n");
            foreach (var (glyph, number) in chunk) map.Append($"<{number:X4}> <{PdfSyntax.Utf16(glyph.Text)}>\n");
            map.Append("endbfchar\n");
        }
        return map.Append("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n").ToString();
    }
}

/// <param name="Number">The glyph's number in the document's subset.</param>
/// <param name="Advance">Share of the type size.</param>
/// <param name="First">The cluster's first character, by which lines are broken.</param>
internal readonly record struct ShapedGlyph(int Number, double Advance, char First)
{
    public bool IsSpace => First is ' ' or '\u3000' or (>= '\u2000' and <= '\u200A' and not '\u2007');

    public bool MayBreakAfter => IsSpace || First is '-' or '/' or '\u2010' or '\u2013' or '\u2014';
}
