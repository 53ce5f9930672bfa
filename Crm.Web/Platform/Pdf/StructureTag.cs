namespace Crm.Web.Platform.Pdf;

/// <summary>
/// One part of the document as a screen reader meets it: a heading, a table cell, a figure with its words. Without
/// such tags a PDF is to a blind reader a heap of letters.
/// </summary>
/// <param name="kind">A standard structure type: H1, P, Table, TR, TH, TD, Figure.</param>
/// <param name="alternative">What to say in place of a picture.</param>
internal sealed class StructureTag(string kind, string? alternative = null)
{
    private readonly List<StructureTag> children = [];
    private readonly List<(PageCanvas Page, int Mark)> marks = [];

    public int Id { get; private set; }

    public StructureTag Add(string kind, string? alternative = null)
    {
        children.Add(new StructureTag(kind, alternative));
        return children[^1];
    }

    public void Draws(PageCanvas page, int mark) => marks.Add((page, mark));

    public void Reserve(PdfWriter writer)
    {
        Id = writer.Reserve();
        foreach (var child in children) child.Reserve(writer);
    }

    public void Write(PdfWriter writer, int parent, Func<PageCanvas, int> pageId)
    {
        var kids = marks.Select(mark => $"<< /Type /MCR /Pg {pageId(mark.Page)} 0 R /MCID {mark.Mark} >>")
            .Concat(children.Select(child => PdfSyntax.Reference(child.Id)));
        var words = alternative is null ? "" : $" /Alt {PdfSyntax.Text(alternative)}";
        var scope = kind == "TH" ? " /A << /O /Table /Scope /Column >>" : "";
        writer.Put(Id, $"<< /Type /StructElem /S /{kind} /P {parent} 0 R{words}{scope} /K [{string.Join(' ', kids)}] >>");
        foreach (var child in children) child.Write(writer, Id, pageId);
    }
}
