namespace Crm.Web.Platform.Pdf;

/// <summary>
/// Lays a table over as many pages as it takes: the head again on each, rows kept whole (only one that is taller than
/// a page is split), the totals never alone on a page.
/// </summary>
internal sealed class TableBlock
{
    private const double ColumnGap = 14, PadHead = 4, PadRow = 4.75;
    private const int HeadLines = 3;
    private readonly Flow flow;
    private readonly Styles styles;
    private readonly IReadOnlyList<PdfColumn> columns;
    private readonly double[] widths;
    private readonly List<TextLine>[] head;
    private readonly StructureTag table;

    public TableBlock(Flow flow, Styles styles, IReadOnlyList<PdfColumn> columns)
    {
        if (columns.Count == 0 || columns.Any(column => !(column.Share > 0))) throw new ArgumentException("A table needs columns, each with a width.", nameof(columns));
        (this.flow, this.styles, this.columns) = (flow, styles, columns);
        var shared = flow.Width - ColumnGap * (columns.Count - 1);
        widths = [.. columns.Select(column => Math.Max(12, shared * column.Share / columns.Sum(c => c.Share)))];
        head = [.. columns.Select((column, i) => TextLine.Wrap(styles.ColumnHead, column.Title, widths[i]).Take(HeadLines).ToList())];
        table = flow.Document.Add("Table");
    }

    private double HeadHeight => head.Max(lines => lines.Count) * styles.ColumnHead.LineHeight + 2 * PadHead;

    public void Draw(IEnumerable<IReadOnlyList<PdfCell>> rows, IReadOnlyList<PdfCell>? totals, string? whenEmpty)
    {
        var sum = totals is null ? null : new TableRow(this, totals, strong: true);
        var (previous, first) = ((TableRow?)null, true);
        foreach (var cells in rows)
        {
            if (previous is not null) Place(previous, 0);
            previous = new TableRow(this, cells, strong: false);
            if (first) Begin(previous.Height + (sum?.Height ?? 0));
            first = false;
        }
        if (first) Begin(styles.Small.LineHeight + 2 * PadRow + (sum?.Height ?? 0));
        if (previous is not null) Place(previous, sum?.Height ?? 0);
        else if (whenEmpty is not null) DrawEmpty(whenEmpty);
        if (sum is not null) Place(sum, 0);
    }

    private void Begin(double firstRows)
    {
        flow.Need(Math.Min(HeadHeight + firstRows, flow.FullHeight));
        var row = table.Add("TR");
        DrawHead((draw, _) => flow.Canvas.Mark(row.Add("TH"), draw));
    }

    private void DrawHead(Action<Action, int> wrap)
    {
        for (var i = 0; i < columns.Count; i++)
        {
            var column = i;
            var top = flow.Y + HeadHeight - PadHead - head[i].Count * styles.ColumnHead.LineHeight;
            wrap(() => DrawLines(column, top, styles.ColumnHead, head[column]), i);
        }
        flow.Y += HeadHeight;
        Rule(styles.Theme.LineStrong);
    }

    private void DrawEmpty(string sentence)
    {
        var cell = table.Add("TR").Add("TD");
        flow.Canvas.Mark(cell, () => flow.Canvas.Text(flow.Left, flow.Y + PadRow, styles.Small, TextLine.Fit(styles.Small, sentence, flow.Width)));
        flow.Y += styles.Small.LineHeight + 2 * PadRow;
        Rule(styles.Theme.Line);
    }

    private void Place(TableRow row, double keepWith)
    {
        var oversize = row.Height > flow.FullHeight - HeadHeight;
        if (!oversize && row.Height + keepWith > flow.LeftOver) Turn();
        var tag = table.Add("TR");
        var cells = columns.Select(_ => tag.Add("TD")).ToArray();
        for (var line = 0; line < row.Lines;)
        {
            var fits = oversize ? (int)((flow.LeftOver - 2 * PadRow) / styles.Cell.LineHeight) : row.Lines;
            if (fits > 0) DrawRow(row, cells, line, Math.Min(row.Lines, line + fits));
            line += Math.Max(0, fits);
            if (line < row.Lines) Turn();
        }
    }

    private void DrawRow(TableRow row, StructureTag[] cells, int from, int upTo)
    {
        if (row.Strong) Rule(styles.Theme.LineStrong);
        for (var i = 0; i < columns.Count; i++)
        {
            var (column, lines) = (i, row.Cells[i].Skip(from).Take(upTo - from).ToList());
            if (lines.Count > 0) flow.Canvas.Mark(cells[i], () => DrawLines(column, flow.Y + PadRow, row.CellStyles[column], lines));
        }
        flow.Y += (upTo - from) * styles.Cell.LineHeight + 2 * PadRow;
        if (!row.Strong) Rule(styles.Theme.Line);
    }

    private void Turn()
    {
        flow.NewPage();
        DrawHead((draw, _) => flow.Canvas.Decorate(draw));
    }

    private void DrawLines(int column, double top, TextStyle style, IReadOnlyList<TextLine> lines)
    {
        var left = flow.Left + widths.Take(column).Sum() + ColumnGap * column;
        foreach (var line in lines)
        {
            var indent = columns[column].Align switch
            {
                PdfAlign.Left => 0,
                PdfAlign.Right => widths[column] - line.Width,
                PdfAlign.Centre => (widths[column] - line.Width) / 2,
            };
            flow.Canvas.Text(left + indent, top, style, line);
            top += style.LineHeight;
        }
    }

    private void Rule(PdfColour colour) =>
        flow.Canvas.Decorate(() => flow.Canvas.Line(flow.Left, flow.Y, flow.Right, flow.Y, colour));

    private sealed class TableRow
    {
        public TableRow(TableBlock table, IReadOnlyList<PdfCell> cells, bool strong)
        {
            if (cells.Count > table.columns.Count) throw new ArgumentException($"A row has {cells.Count} cells for {table.columns.Count} columns.", nameof(cells));
            Strong = strong;
            CellStyles = [.. table.columns.Select((_, i) => Style(table.styles, cells.ElementAtOrDefault(i)))];
            Cells = [.. CellStyles.Select((style, i) => TextLine.Wrap(style, cells.ElementAtOrDefault(i).Text ?? "", table.widths[i]))];
            Lines = Cells.Max(lines => lines.Count);
            Height = Lines * table.styles.Cell.LineHeight + 2 * PadRow;
        }

        public bool Strong { get; }

        public TextStyle[] CellStyles { get; }

        public List<TextLine>[] Cells { get; }

        public int Lines { get; }

        public double Height { get; }

        private TextStyle Style(Styles styles, PdfCell cell) =>
            (Strong || cell.Strong ? styles.CellStrong : styles.Cell) with { Colour = styles.Tone(cell.Tone) };
    }
}
