namespace Crm.Web.Platform.Pdf;

/// <summary>What all upright charts share: legend, light horizontal lines with their values, labels below.</summary>
internal sealed class ChartFrame
{
    private const double Gutter = 8, Sample = 14;
    private readonly PageCanvas canvas;
    private readonly Styles styles;
    private readonly ChartScale scale;
    private readonly double top, bottom;

    public ChartFrame(PageCanvas canvas, Styles styles, ChartArea area, PdfChart chart, double rightGutter)
    {
        (this.canvas, this.styles, Chart) = (canvas, styles, chart);
        scale = new ChartScale(chart.Series.SelectMany(series => series.Values));
        var ticks = scale.Ticks.Select(tick => (Value: tick, Line: TextLine.Fit(styles.Axis, chart.Format(tick), area.Width / 4))).ToList();
        Left = area.X + ticks.Max(tick => tick.Line.Width) + Gutter;
        Right = area.X + area.Width - rightGutter;
        var legend = chart.Series.Count > 1 ? styles.Axis.LineHeight + 10 : styles.Axis.LineHeight;
        (top, bottom) = (area.Y + legend, area.Y + area.Height - styles.Axis.LineHeight - 5);

        if (chart.Series.Count > 1) DrawLegend(area.X, area.Y);
        foreach (var (value, line) in ticks)
        {
            canvas.Text(Left - Gutter - line.Width, Y(value) - styles.Axis.LineHeight / 2, styles.Axis, line);
            canvas.Line(Left, Y(value), Right, Y(value), value == 0 ? styles.Theme.LineStrong : styles.Theme.GridLine);
        }
        DrawLabels();
    }

    public PdfChart Chart { get; }

    public double Left { get; }

    public double Right { get; }

    public double Slot => (Right - Left) / Math.Max(1, Chart.Labels.Count);

    /// <returns>The middle of a label's place.</returns>
    public double X(int index) => Left + (index + 0.5) * Slot;

    public double Y(decimal value) => bottom - scale.Share(value) * (bottom - top);

    public PdfColour Colour(PdfSeries series)
    {
        if (series.Before) return styles.Theme.SeriesBefore;
        var place = Chart.Series.Where(other => !other.Before).ToList().IndexOf(series);
        return styles.Theme.Series[place % styles.Theme.Series.Count];
    }

    private void DrawLegend(double x, double y)
    {
        foreach (var series in Chart.Series)
        {
            var middle = y + styles.Axis.LineHeight / 2;
            if (Chart.AsBars) canvas.Fill(Colour(series), (x, middle - 3.5, 7, 7));
            else canvas.Path([(x, middle), (x + Sample, middle)], Colour(series), series.Before ? 1.1 : 1.7, series.Before ? [3, 2.5] : []);
            x += (Chart.AsBars ? 7 : Sample) + 5;
            var name = TextLine.Fit(styles.Axis, series.Name, Math.Max(40, Right - x));
            canvas.Text(x, y, styles.Axis, name);
            x += name.Width + 16;
        }
    }

    private void DrawLabels()
    {
        var lines = Chart.Labels.Select(label => TextLine.Fit(styles.Axis, label, 90)).ToList();
        if (lines.Count == 0) return;
        var every = Math.Max(1, (int)Math.Ceiling((lines.Max(line => line.Width) + 6) / Slot));
        for (var i = 0; i < lines.Count; i++)
            if ((lines.Count - 1 - i) % every == 0)
                canvas.Text(X(i) - lines[i].Width / 2, bottom + 5, styles.Axis, lines[i]);
    }
}
