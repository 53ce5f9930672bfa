namespace Crm.Web.Platform.Pdf;

/// <summary>
/// A report on paper, written top to bottom: each call adds a block below the last one, pages turn by themselves.
/// Any text is safe to pass; a character that the font lacks becomes a visible replacement sign.
/// </summary>
/// <example><code>
/// var pdf = new PdfDocument(PdfPage.A4, theme, new PdfInfo("Sales in May", "Corner House", "en", createdAt));
/// pdf.Letterhead("Corner House", ["12 Market Street", "Kingston"])
///    .Title("Sales in May", "1 to 31 May 2026")
///    .Facts(new PdfFact("Sales", "$12,480", "8 % more than last year", PdfTone.Good))
///    .Heading("Month by month")
///    .LineChart(months, [new("2026", thisYear), new("2025", lastYear, Before: true)], Dollars, "Sales rose from … to …")
///    .Table([new("Item", 3), PdfColumn.Number("Sold"), PdfColumn.Number("Sales")], rows, totals: ["Total", "412", "$12,480"])
///    .Qr("https://example.org/r/1", "Open this report on a screen")
///    .Footer("Corner House · 12 Market Street", (page, of) => $"Page {page} of {of}");
/// await pdf.SaveAsync(stream, ct);
/// </code></example>
public sealed class PdfDocument
{
    private readonly PdfInfo info;
    private readonly Flow flow;
    private readonly Styles styles;
    private readonly PdfFont regular = new(NotoSans.Regular, "R"), bold = new(NotoSans.Bold, "B");
    private readonly List<PdfImage> images = [];
    private string footnote = "";
    private Func<int, int, string> pageNumber = (page, of) => $"{page} / {of}";
    private bool finished;

    public PdfDocument(PdfPage page, PdfTheme theme, PdfInfo info)
    {
        this.info = info;
        flow = new Flow(page);
        styles = new Styles(theme, regular, bold);
    }

    /// <summary>Says who writes: the logo or the name on the left, address lines on the right, a hairline below.</summary>
    public PdfDocument Letterhead(string name, IReadOnlyList<string> lines, PdfImage? logo = null)
    {
        new HeadBlocks(flow, styles).Letterhead(name, lines, logo is null ? null : (Key(logo), logo));
        return this;
    }

    /// <param name="below">Period, number or date, in a quieter line.</param>
    public PdfDocument Title(string text, string? below = null)
    {
        new TextBlocks(flow, styles).Title(text, below);
        return this;
    }

    /// <summary>Heads what comes next, and never stands alone at the foot of a page.</summary>
    public PdfDocument Heading(string text)
    {
        new TextBlocks(flow, styles).Heading(text);
        return this;
    }

    public PdfDocument Paragraph(string text, PdfTone tone = PdfTone.Plain)
    {
        new TextBlocks(flow, styles).Paragraph(text, tone);
        return this;
    }

    /// <summary>Two to four figures side by side.</summary>
    public PdfDocument Facts(params IReadOnlyList<PdfFact> facts)
    {
        new HeadBlocks(flow, styles).Facts(facts);
        return this;
    }

    /// <summary>Labels with their values below each other, such as number, date and address.</summary>
    public PdfDocument Details(params IReadOnlyList<(string Label, string Value)> details)
    {
        new HeadBlocks(flow, styles).Details(details);
        return this;
    }

    /// <param name="rows">Read once, so they may come from a stream.</param>
    /// <param name="totals">Last row in bold, such as the sum of each column.</param>
    /// <param name="whenEmpty">The sentence that stands in for rows when there are none.</param>
    public PdfDocument Table(
        IReadOnlyList<PdfColumn> columns, IEnumerable<IReadOnlyList<PdfCell>> rows, IReadOnlyList<PdfCell>? totals = null, string? whenEmpty = null)
    {
        flow.Gap(8);
        new TableBlock(flow, styles, columns).Draw(rows, totals, whenEmpty);
        flow.Gap(14);
        return this;
    }

    /// <param name="format">Spells a value on the axis and beside the last point.</param>
    /// <param name="alternative">What the chart shows, in a sentence, for those who do not see it.</param>
    public PdfDocument LineChart(
        IReadOnlyList<string> labels, IReadOnlyList<PdfSeries> series, Func<decimal, string> format, string alternative, double height = 170) =>
        Chart(ChartDrawing.Lines, new PdfChart(labels, series, format, AsBars: false), alternative, height);

    /// <inheritdoc cref="LineChart"/>
    public PdfDocument BarChart(
        IReadOnlyList<string> labels, IReadOnlyList<PdfSeries> series, Func<decimal, string> format, string alternative, double height = 170) =>
        Chart(ChartDrawing.Bars, new PdfChart(labels, series, format, AsBars: true), alternative, height);

    /// <summary>A ranking: label, bar, value, one row each.</summary>
    public PdfDocument Ranking(IReadOnlyList<PdfBar> bars)
    {
        new PictureBlocks(flow, styles).Ranking(bars);
        return this;
    }

    /// <param name="width">Points; made smaller when the page has less room.</param>
    /// <param name="alternative">What the picture shows.</param>
    public PdfDocument Image(PdfImage image, double width, string alternative)
    {
        new PictureBlocks(flow, styles).Image(Key(image), image, width, alternative);
        return this;
    }

    /// <param name="content">At most about 2,000 characters.</param>
    /// <param name="caption">What happens when it is scanned; stands beside it.</param>
    /// <exception cref="ArgumentException">The content does not fit into a QR code.</exception>
    public PdfDocument Qr(string content, string caption)
    {
        new PictureBlocks(flow, styles).Qr(content, caption);
        return this;
    }

    public PdfDocument PageBreak()
    {
        flow.Release();
        flow.NewPage();
        return this;
    }

    /// <summary>Sets the foot of every page.</summary>
    /// <param name="number">Spells page and count, such as "Page 2 of 5".</param>
    public PdfDocument Footer(string note, Func<int, int, string> number)
    {
        (footnote, pageNumber) = (note, number);
        return this;
    }

    /// <summary>Writes the file; nothing can be added afterwards.</summary>
    public void Save(Stream stream)
    {
        Finish();
        new PdfAssembly(info, flow, [regular, bold], images).Write(stream);
    }

    /// <summary>Writes the file to a stream that takes no blocking writes, such as a response.</summary>
    public async Task SaveAsync(Stream stream, CancellationToken ct)
    {
        var file = new MemoryStream();
        Save(file);
        file.Position = 0;
        await file.CopyToAsync(stream, ct);
    }

    private PdfDocument Chart(Action<PageCanvas, Styles, ChartArea, PdfChart> draw, PdfChart chart, string alternative, double height)
    {
        new PictureBlocks(flow, styles).Figure(height, alternative, area => draw(flow.Canvas, styles, area, chart));
        return this;
    }

    private string Key(PdfImage image)
    {
        if (!images.Contains(image)) images.Add(image);
        return PdfAssembly.ImageKey(images.IndexOf(image));
    }

    private void Finish()
    {
        if (finished) return;
        finished = true;
        flow.Close();
        new RunningLines(flow, styles).Draw(info, footnote, pageNumber);
    }
}
