using QRCoder.Exceptions;

namespace Crm.Web.Platform.Pdf;

/// <summary>Charts, rankings, pictures and QR codes: what is looked at rather than read, each with its words beside it.</summary>
internal sealed class PictureBlocks(Flow flow, Styles styles)
{
    private const double QrSide = 84, QrGap = 18, BarRow = 18, BarThickness = 7;

    /// <summary>Places a drawing over the whole width, moved to the next page rather than cut.</summary>
    public void Figure(double height, string alternative, Action<ChartArea> draw)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        height = Math.Min(height, flow.FullHeight);
        flow.Gap(8);
        flow.Need(height);
        var top = flow.Y;
        flow.Canvas.Mark(flow.Document.Add("Figure", alternative), () => draw(new ChartArea(flow.Left, top, flow.Width, height)));
        flow.Y += height;
        flow.Gap(14);
    }

    public void Image(string key, PdfImage image, double width, string alternative)
    {
        width = Math.Min(width, flow.Width);
        var height = width * image.PixelHeight / image.PixelWidth;
        if (height > flow.FullHeight) (width, height) = (width * flow.FullHeight / height, flow.FullHeight);
        Figure(height, alternative, area => flow.Canvas.Picture(key, area.X, area.Y, width, height));
    }

    public void Qr(string content, string caption)
    {
        var lines = TextLine.Wrap(styles.Soft, caption, flow.Width - QrSide - QrGap);
        var height = Math.Max(QrSide, lines.Count * styles.Soft.LineHeight);
        flow.Gap(14);
        try
        {
            Figure(height, content, area => QrDrawing.Draw(flow.Canvas, content, area.X, area.Y, QrSide, styles.Theme.Text));
        }
        catch (DataTooLongException tooLong)
        {
            throw new ArgumentException("The content does not fit into a QR code.", nameof(content), tooLong);
        }
        flow.Canvas.Mark(flow.Document.Add("P"), () =>
        {
            var top = flow.Y - (height + lines.Count * styles.Soft.LineHeight) / 2;
            foreach (var line in lines)
            {
                flow.Canvas.Text(flow.Left + QrSide + QrGap, top, styles.Soft, line);
                top += styles.Soft.LineHeight;
            }
        });
    }

    public void Ranking(IReadOnlyList<PdfBar> bars)
    {
        if (bars.Count == 0) return;
        flow.Gap(6);
        var texts = bars.Select(bar => TextLine.Fit(styles.CellStrong, bar.Text, flow.Width / 4)).ToList();
        var (labelWidth, textWidth) = (flow.Width * 0.32, texts.Max(text => text.Width));
        var room = flow.Width - labelWidth - textWidth - 28;
        var most = bars.Max(bar => bar.Value);
        var list = flow.Document.Add("Div");
        for (var i = 0; i < bars.Count; i++)
        {
            var (bar, text) = (bars[i], texts[i]);
            var length = most > 0 ? room * Math.Max(0, (double)(bar.Value / most)) : 0;
            flow.Need(BarRow);
            flow.Canvas.Mark(list.Add("P"), () => DrawBar(bar.Label, text, labelWidth, length));
            flow.Y += BarRow;
        }
        flow.Gap(14);
    }

    private void DrawBar(string label, TextLine text, double labelWidth, double length)
    {
        var top = flow.Y + (BarRow - styles.Cell.LineHeight) / 2;
        flow.Canvas.Text(flow.Left, top, styles.Cell, TextLine.Fit(styles.Cell, label, labelWidth));
        flow.Canvas.Fill(styles.Theme.Series[0], (flow.Left + labelWidth + 14, flow.Y + (BarRow - BarThickness) / 2, length, BarThickness));
        flow.Canvas.Text(flow.Right - text.Width, top, styles.CellStrong, text);
    }
}
