namespace Crm.Web.Platform.Pdf;

/// <summary>What a document opens with: who writes, to whom, and the few figures that matter.</summary>
internal sealed class HeadBlocks(Flow flow, Styles styles)
{
    private const double LogoWidth = 150, LogoHeight = 40, FactGap = 18, LabelWidth = 110;

    public void Letterhead(string name, IReadOnlyList<string> lines, (string Key, PdfImage Image)? logo)
    {
        var tag = flow.Document.Add("P");
        var address = lines.Select(line => TextLine.Fit(styles.Small, line, flow.Width * 0.55)).ToList();
        var height = Math.Max(logo is null ? styles.Name.LineHeight : LogoHeight, address.Count * styles.Small.LineHeight);
        flow.Need(height + 10);
        if (logo is { } mark) flow.Canvas.Mark(tag.Add("Figure", name), () => DrawLogo(mark.Key, mark.Image));
        flow.Canvas.Mark(tag, () =>
        {
            if (logo is null) flow.Canvas.Text(flow.Left, flow.Y, styles.Name, TextLine.Fit(styles.Name, name, flow.Width * 0.42));
            var top = flow.Y;
            foreach (var line in address)
            {
                flow.Canvas.Text(flow.Right - line.Width, top, styles.Small, line);
                top += styles.Small.LineHeight;
            }
        });
        flow.Y += height + 10;
        flow.Canvas.Decorate(() => flow.Canvas.Line(flow.Left, flow.Y, flow.Right, flow.Y, styles.Theme.Line));
        flow.Gap(26);
    }

    public void Facts(IReadOnlyList<PdfFact> facts)
    {
        if (facts.Count == 0) return;
        flow.Gap(10);
        var height = styles.Small.LineHeight * 2 + styles.Figure.LineHeight + 16;
        flow.Need(height);
        var list = flow.Document.Add("Div");
        var width = (flow.Width - FactGap * (facts.Count - 1)) / facts.Count;
        for (var i = 0; i < facts.Count; i++)
        {
            var (fact, left) = (facts[i], flow.Left + i * (width + FactGap));
            flow.Canvas.Decorate(() => flow.Canvas.Line(left, flow.Y, left + width, flow.Y, styles.Theme.LineStrong));
            flow.Canvas.Mark(list.Add("P"), () => DrawFact(fact, left, width));
        }
        flow.Y += height;
        flow.Gap(14);
    }

    public void Details(IReadOnlyList<(string Label, string Value)> details)
    {
        flow.Gap(8);
        var list = flow.Document.Add("Div");
        foreach (var (label, value) in details)
        {
            var tag = list.Add("P");
            flow.Need(styles.Cell.LineHeight);
            flow.Canvas.Mark(tag, () => DrawLabel(label));
            foreach (var line in TextLine.Wrap(styles.Cell, value, flow.Width - LabelWidth))
            {
                flow.Need(styles.Cell.LineHeight);
                flow.Canvas.Mark(tag, () => flow.Canvas.Text(flow.Left + LabelWidth, flow.Y, styles.Cell, line));
                flow.Y += styles.Cell.LineHeight;
            }
            flow.Gap(3);
        }
        flow.Gap(12);
    }

    private void DrawLogo(string key, PdfImage image)
    {
        var scale = Math.Min(LogoWidth / image.PixelWidth, LogoHeight / image.PixelHeight);
        flow.Canvas.Picture(key, flow.Left, flow.Y, image.PixelWidth * scale, image.PixelHeight * scale);
    }

    private void DrawFact(PdfFact fact, double left, double width)
    {
        var top = flow.Y + 8;
        flow.Canvas.Text(left, top, styles.Small, TextLine.Fit(styles.Small, fact.Label, width));
        top += styles.Small.LineHeight;
        flow.Canvas.Text(left, top, styles.Figure, TextLine.Fit(styles.Figure, fact.Figure, width));
        top += styles.Figure.LineHeight;
        var below = styles.Small with { Colour = styles.Tone(fact.Tone) };
        if (fact.Below is not null) flow.Canvas.Text(left, top, below, TextLine.Fit(below, fact.Below, width));
    }

    private void DrawLabel(string label)
    {
        var top = flow.Y + (styles.Cell.LineHeight - styles.Small.LineHeight) / 2;
        flow.Canvas.Text(flow.Left, top, styles.Small, TextLine.Fit(styles.Small, label, LabelWidth - 12));
    }
}
