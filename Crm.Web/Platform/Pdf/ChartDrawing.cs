namespace Crm.Web.Platform.Pdf;

/// <summary>Draws lines and bars as vectors into a <see cref="ChartFrame"/>.</summary>
internal static class ChartDrawing
{
    private const double LabelGap = 7, LongestLabel = 90, BarGap = 2;

    public static void Lines(PageCanvas canvas, Styles styles, ChartArea area, PdfChart chart)
    {
        var ends = chart.Series.Select(series => End(styles, chart, series)).OfType<LineEnd>().ToList();
        var gutter = ends.Count == 0 ? 0 : ends.Max(end => end.Text.Width) + LabelGap;
        var frame = new ChartFrame(canvas, styles, area, chart, Math.Max(0, gutter - area.Width / Math.Max(1, chart.Labels.Count) / 2));
        foreach (var series in chart.Series.OrderByDescending(series => series.Before))
            DrawLine(canvas, frame, series);

        var lowest = double.NegativeInfinity;
        foreach (var end in ends.OrderBy(end => frame.Y(end.Value)))
        {
            var (x, y) = (frame.X(end.Index), frame.Y(end.Value));
            canvas.Dot(x, y, 2.4, frame.Colour(end.Series));
            if (end.Index < chart.Labels.Count - 1)
            {
                canvas.Text(x - end.Text.Width / 2, y + (IsHighest(end) ? -LabelGap - end.Style.LineHeight : LabelGap), end.Style, end.Text);
                continue;
            }
            var top = Math.Max(y - end.Style.LineHeight / 2, lowest);
            canvas.Text(x + LabelGap, top, end.Style, end.Text);
            lowest = top + end.Style.LineHeight;
        }

        bool IsHighest(LineEnd end) => chart.Series.All(other => !(other.Values.ElementAtOrDefault(end.Index) > end.Value));
    }

    public static void Bars(PageCanvas canvas, Styles styles, ChartArea area, PdfChart chart)
    {
        var frame = new ChartFrame(canvas, styles, area, chart, 0);
        var width = Math.Min(34, (frame.Slot * 0.66 - BarGap * (chart.Series.Count - 1)) / Math.Max(1, chart.Series.Count));
        var group = width * chart.Series.Count + BarGap * (chart.Series.Count - 1);
        for (var s = 0; s < chart.Series.Count; s++)
        {
            var series = chart.Series[s];
            foreach (var (index, value) in Points(chart, series))
            {
                var x = frame.X(index) - group / 2 + s * (width + BarGap);
                var (foot, top) = (Math.Max(frame.Y(0), frame.Y(value)), Math.Min(frame.Y(0), frame.Y(value)));
                canvas.Fill(frame.Colour(series), (x, top, width, foot - top));
                var label = TextLine.Fit(styles.ChartValue, chart.Format(value));
                if (chart.Series.Count == 1 && label.Width <= frame.Slot - 3) DrawValue(frame.X(index), top, label);
            }
        }

        void DrawValue(double middle, double top, TextLine label)
        {
            top -= styles.ChartValue.LineHeight + 1;
            canvas.Fill(Styles.Paper, (middle - label.Width / 2 - 2, top, label.Width + 4, styles.ChartValue.LineHeight));
            canvas.Text(middle - label.Width / 2, top, styles.ChartValue, label);
        }
    }

    private static void DrawLine(PageCanvas canvas, ChartFrame frame, PdfSeries series)
    {
        var run = new List<(double X, double Y)>();
        var last = -1;
        foreach (var (index, value) in Points(frame.Chart, series))
        {
            if (index != last + 1) Flush();
            run.Add((frame.X(index), frame.Y(value)));
            last = index;
        }
        Flush();

        void Flush()
        {
            if (run.Count == 1) canvas.Dot(run[0].X, run[0].Y, 1.6, frame.Colour(series));
            if (run.Count > 1) canvas.Path(run, frame.Colour(series), series.Before ? 1.1 : 1.7, series.Before ? [3, 2.5] : []);
            run.Clear();
        }
    }

    private static LineEnd? End(Styles styles, PdfChart chart, PdfSeries series)
    {
        var style = series.Before ? styles.Axis : styles.ChartValue;
        return Points(chart, series).Select(point => (LineEnd?)new LineEnd(
            series, point.Index, point.Value, style, TextLine.Fit(style, chart.Format(point.Value), LongestLabel))).LastOrDefault();
    }

    private static IEnumerable<(int Index, decimal Value)> Points(PdfChart chart, PdfSeries series) => series.Values
        .Take(chart.Labels.Count)
        .Select((value, index) => (Index: index, Value: value))
        .Where(point => point.Value.HasValue)
        .Select(point => (point.Index, point.Value!.Value));

    private sealed record LineEnd(PdfSeries Series, int Index, decimal Value, TextStyle Style, TextLine Text);
}
