using System.Text;

namespace Crm.Web.Platform.Pdf;

/// <summary>One page's drawing. Points, measured from the top left corner as people read; turned over for PDF here.</summary>
internal sealed class PageCanvas(PdfPage page)
{
    private readonly StringBuilder content = new();
    private readonly List<StructureTag> marks = [];
    private bool marking;

    /// <summary>Whose each piece of marked content is, by its number on this page.</summary>
    public IReadOnlyList<StructureTag> Marks => marks;

    public byte[] Content => Encoding.ASCII.GetBytes(content.ToString());

    /// <summary>Draws something that is part of the document's text.</summary>
    public void Mark(StructureTag tag, Action draw)
    {
        tag.Draws(this, marks.Count);
        Wrapped($"/Span << /MCID {marks.Count} >> BDC", draw);
        marks.Add(tag);
    }

    /// <summary>Draws something that a screen reader shall pass over: rules, running heads, page numbers.</summary>
    public void Decorate(Action draw) => Wrapped("/Artifact BMC", draw);

    /// <param name="x">Left edge.</param>
    /// <param name="top">Upper edge of the line, not the baseline.</param>
    public void Text(double x, double top, TextStyle style, TextLine line)
    {
        if (line.Codes.Length == 0) return;
        var tracking = style.Tracking == 0 ? "" : $"{N(style.Tracking * style.Size)} Tc ";
        var reset = style.Tracking == 0 ? "" : "0 Tc ";
        Op($"{Fill(style.Colour)} BT /{style.Font.Key} {N(style.Size)} Tf {tracking}1 0 0 1 {At(x, top + style.Baseline)} Tm <{line.Codes}> Tj {reset}ET");
    }

    public void Line(double x1, double y1, double x2, double y2, PdfColour colour, double width = 0.5) =>
        Path([(x1, y1), (x2, y2)], colour, width);

    /// <param name="dash">Lengths of ink and gap; none for a solid line.</param>
    public void Path(IReadOnlyList<(double X, double Y)> points, PdfColour colour, double width, params double[] dash)
    {
        var path = string.Join(' ', points.Select((point, i) => $"{At(point.X, point.Y)} {(i == 0 ? 'm' : 'l')}"));
        Op($"q {PdfSyntax.Colour(colour)} RG {N(width)} w 1 j [{string.Join(' ', dash.Select(N))}] 0 d {path} S Q");
    }

    /// <summary>Fills rectangles as one shape, so that those which touch show no seam.</summary>
    public void Fill(PdfColour colour, params IEnumerable<(double X, double Y, double Width, double Height)> rectangles)
    {
        var path = string.Join(' ', rectangles.Select(r => $"{At(r.X, r.Y + r.Height)} {N(r.Width)} {N(r.Height)} re"));
        if (path.Length > 0) Op($"{Fill(colour)} {path} f");
    }

    public void Dot(double x, double y, double radius, PdfColour colour)
    {
        var arm = 0.5523 * radius;
        Op($"{Fill(colour)} {At(x + radius, y)} m "
            + $"{At(x + radius, y + arm)} {At(x + arm, y + radius)} {At(x, y + radius)} c "
            + $"{At(x - arm, y + radius)} {At(x - radius, y + arm)} {At(x - radius, y)} c "
            + $"{At(x - radius, y - arm)} {At(x - arm, y - radius)} {At(x, y - radius)} c "
            + $"{At(x + arm, y - radius)} {At(x + radius, y - arm)} {At(x + radius, y)} c f");
    }

    /// <param name="key">The name that the document gave the picture.</param>
    public void Picture(string key, double x, double y, double width, double height) =>
        Op($"q {N(width)} 0 0 {N(height)} {At(x, y + height)} cm /{key} Do Q");

    private void Wrapped(string opening, Action draw)
    {
        if (marking) throw new InvalidOperationException("Marked content does not nest.");
        marking = true;
        Op(opening);
        draw();
        Op("EMC");
        marking = false;
    }

    private void Op(string operators) => content.Append(operators).Append('\n');

    private string At(double x, double y) => $"{N(x)} {N(page.Height - y)}";

    private static string Fill(PdfColour colour) => $"{PdfSyntax.Colour(colour)} rg";

    private static string N(double value) => PdfSyntax.Number(value);
}
