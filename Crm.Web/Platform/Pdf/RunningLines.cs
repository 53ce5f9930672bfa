namespace Crm.Web.Platform.Pdf;

/// <summary>What stands on every page outside the text: from the second page on the title at the head, and at the foot a note and the page number.</summary>
internal sealed class RunningLines(Flow flow, Styles styles)
{
    private const double HeadAt = 28, FootAbove = 38;

    public void Draw(PdfInfo info, string note, Func<int, int, string> number)
    {
        for (var i = 0; i < flow.Pages.Count; i++)
        {
            var (canvas, page) = (flow.Pages[i], i + 1);
            canvas.Decorate(() =>
            {
                if (page > 1) Pair(canvas, HeadAt, info.Title, info.Author);
                var foot = flow.Page.Height - FootAbove;
                canvas.Line(flow.Left, foot - 6, flow.Right, foot - 6, styles.Theme.Line);
                Pair(canvas, foot, note, number(page, flow.Pages.Count));
            });
        }
    }

    private void Pair(PageCanvas canvas, double top, string left, string right)
    {
        var end = TextLine.Fit(styles.Small, right, flow.Width / 2);
        canvas.Text(flow.Right - end.Width, top, styles.Small, end);
        canvas.Text(flow.Left, top, styles.Small, TextLine.Fit(styles.Small, left, flow.Width - end.Width - 20));
    }
}
