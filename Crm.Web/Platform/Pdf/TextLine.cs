using System.Text;

namespace Crm.Web.Platform.Pdf;

/// <summary>A line of shaped text, ready to be drawn.</summary>
/// <param name="Codes">Glyph numbers as hexadecimal.</param>
/// <param name="Width">Points.</param>
internal sealed record TextLine(string Codes, double Width)
{
    private const string Dots = "…";

    /// <summary>Breaks text into lines at spaces and hyphens, and inside a word only when it is wider than the line.</summary>
    public static List<TextLine> Wrap(TextStyle style, string text, double width)
    {
        var lines = new List<TextLine>();
        foreach (var wanted in TextClusters.Lines(text))
        {
            var glyphs = style.Font.Shape(wanted).ToArray();
            var start = 0;
            do
            {
                var end = LineEnd(style, glyphs, start, width);
                lines.Add(Of(style, glyphs.AsSpan(start, end - start)));
                start = end;
            }
            while (start < glyphs.Length);
        }
        return lines;
    }

    /// <summary>Sets text on one line, shortened with dots when it is wider than that.</summary>
    public static TextLine Fit(TextStyle style, string text, double width = double.PositiveInfinity)
    {
        var glyphs = style.Font.Shape(string.Join(' ', TextClusters.Lines(text))).ToArray();
        var line = Of(style, glyphs);
        if (line.Width <= width) return line;

        var dots = style.Font.Shape(Dots).ToArray();
        var left = width - Of(style, dots).Width;
        var end = 0;
        while (end < glyphs.Length && (left -= Advance(style, glyphs[end])) >= 0) end++;
        return Of(style, [.. glyphs[..end], .. dots]);
    }

    private static int LineEnd(TextStyle style, ReadOnlySpan<ShapedGlyph> glyphs, int start, double width)
    {
        var (end, breakAt) = (start, -1);
        while (end < glyphs.Length)
        {
            width -= Advance(style, glyphs[end]);
            if (width < 0 && end > start && !glyphs[end].IsSpace) return breakAt > start ? breakAt : end;
            end++;
            if (glyphs[end - 1].MayBreakAfter) breakAt = end;
        }
        return end;
    }

    private static TextLine Of(TextStyle style, ReadOnlySpan<ShapedGlyph> glyphs)
    {
        while (glyphs is [.., { IsSpace: true }]) glyphs = glyphs[..^1];
        var width = 0.0;
        var codes = new StringBuilder(4 * glyphs.Length);
        foreach (var glyph in glyphs)
        {
            width += Advance(style, glyph);
            codes.Append(glyph.Number.ToString("X4"));
        }
        return new TextLine(codes.ToString(), width);
    }

    private static double Advance(TextStyle style, ShapedGlyph glyph) => style.Size * (glyph.Advance + style.Tracking);
}
