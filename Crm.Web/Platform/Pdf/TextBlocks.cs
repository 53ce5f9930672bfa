namespace Crm.Web.Platform.Pdf;

/// <summary>Titles, headings and paragraphs.</summary>
internal sealed class TextBlocks(Flow flow, Styles styles)
{
    private const double UnderHeading = 6;

    public void Title(string text, string? below)
    {
        var lines = TextLine.Wrap(styles.Title, text, flow.Width);
        flow.Gap(22);
        flow.Need(lines.Count * styles.Title.LineHeight + styles.Soft.LineHeight);
        Lines(flow.Document.Add("H1"), styles.Title, lines);
        if (below is not null) Lines(flow.Document.Add("P"), styles.Soft, TextLine.Wrap(styles.Soft, below, flow.Width));
        flow.Gap(16);
    }

    public void Heading(string text)
    {
        var lines = TextLine.Wrap(styles.Heading, text, flow.Width);
        flow.Release();
        flow.Gap(22);
        var tag = flow.Document.Add("H2");
        flow.Hold(lines.Count * styles.Heading.LineHeight + UnderHeading, () =>
        {
            Lines(tag, styles.Heading, lines);
            flow.Y += UnderHeading;
        });
    }

    public void Paragraph(string text, PdfTone tone)
    {
        var style = styles.Body with { Colour = styles.Tone(tone) };
        var lines = TextLine.Wrap(style, text, flow.Width);
        flow.Gap(6);
        flow.Need(Math.Min(2, lines.Count) * style.LineHeight);
        Lines(flow.Document.Add("P"), style, lines);
        flow.Gap(8);
    }

    private void Lines(StructureTag tag, TextStyle style, List<TextLine> lines)
    {
        for (var start = 0; start < lines.Count;)
        {
            var fits = Math.Min(lines.Count - start, Math.Max(1, (int)(flow.LeftOver / style.LineHeight)));
            if (lines.Count - start - fits == 1 && fits > 2) fits--;
            var some = lines.GetRange(start, fits);
            flow.Canvas.Mark(tag, () => Draw(style, some));
            start += fits;
            if (start < lines.Count) flow.NewPage();
        }
    }

    private void Draw(TextStyle style, List<TextLine> lines)
    {
        foreach (var line in lines)
        {
            flow.Canvas.Text(flow.Left, flow.Y, style, line);
            flow.Y += style.LineHeight;
        }
    }
}
