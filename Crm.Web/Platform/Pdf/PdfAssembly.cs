namespace Crm.Web.Platform.Pdf;

/// <summary>Puts pages, fonts, pictures and the reading order together into one file.</summary>
internal sealed class PdfAssembly(PdfInfo info, Flow flow, IReadOnlyList<PdfFont> fonts, IReadOnlyList<PdfImage> images)
{
    private readonly Dictionary<PageCanvas, int> pageIds = [];

    public static string ImageKey(int index) => $"I{index}";

    public void Write(Stream stream)
    {
        var writer = new PdfWriter(stream);
        var (catalog, tree, structure) = (writer.Reserve(), writer.Reserve(), writer.Reserve());
        foreach (var page in flow.Pages) pageIds[page] = writer.Reserve();

        var resources = Resources(writer);
        for (var i = 0; i < flow.Pages.Count; i++) WritePage(writer, flow.Pages[i], i, tree, resources);
        writer.Put(tree, $"<< /Type /Pages /Count {flow.Pages.Count} /Kids [{References(flow.Pages.Select(page => pageIds[page]))}] >>");
        WriteStructure(writer, structure);
        writer.Put(catalog, $"<< /Type /Catalog /Pages {tree} 0 R /Lang {PdfSyntax.Text(info.Language)} /MarkInfo << /Marked true >> "
            + $"/StructTreeRoot {structure} 0 R /ViewerPreferences << /DisplayDocTitle true >> >>");
        var about = writer.Add($"<< /Title {PdfSyntax.Text(info.Title)} /Author {PdfSyntax.Text(info.Author)} "
            + $"/CreationDate {PdfSyntax.Date(info.CreatedAt)} /ModDate {PdfSyntax.Date(info.CreatedAt)} >>");
        writer.Finish(catalog, about);
    }

    private int Resources(PdfWriter writer)
    {
        var faces = fonts.Select(font => $"/{font.Key} {font.Write(writer)} 0 R");
        var pictures = images.Select((image, i) => $"/{ImageKey(i)} {image.Write(writer)} 0 R");
        return writer.Add($"<< /Font << {string.Join(' ', faces)} >> /XObject << {string.Join(' ', pictures)} >> >>");
    }

    private void WritePage(PdfWriter writer, PageCanvas page, int index, int tree, int resources)
    {
        var content = writer.AddStream("", page.Content);
        var size = $"[0 0 {PdfSyntax.Number(flow.Page.Width)} {PdfSyntax.Number(flow.Page.Height)}]";
        writer.Put(pageIds[page], $"<< /Type /Page /Parent {tree} 0 R /MediaBox {size} /Resources {resources} 0 R /Contents {content} 0 R "
            + $"/StructParents {index} /Tabs /S >>");
    }

    private void WriteStructure(PdfWriter writer, int root)
    {
        flow.Document.Reserve(writer);
        flow.Document.Write(writer, root, page => pageIds[page]);
        var owners = flow.Pages.Select((page, i) => $"{i} [{References(page.Marks.Select(tag => tag.Id))}]");
        var parents = writer.Add($"<< /Nums [{string.Join(' ', owners)}] >>");
        writer.Put(root, $"<< /Type /StructTreeRoot /K {flow.Document.Id} 0 R /ParentTree {parents} 0 R /ParentTreeNextKey {flow.Pages.Count} >>");
    }

    private static string References(IEnumerable<int> ids) => string.Join(' ', ids.Select(PdfSyntax.Reference));
}
