namespace Crm.Web.Platform.Pdf;

/// <summary>The few type sizes that every document is set in.</summary>
internal sealed class Styles(PdfTheme theme, PdfFont regular, PdfFont bold)
{
    public static PdfColour Paper { get; } = new(255, 255, 255);

    public PdfTheme Theme => theme;

    public TextStyle Title { get; } = new(bold, 22, theme.Text, 1.2, -0.018);

    public TextStyle Heading { get; } = new(bold, 12.5, theme.Text, 1.3, -0.008);

    public TextStyle Name { get; } = new(bold, 13, theme.Text, 1.3, -0.008);

    public TextStyle Body { get; } = new(regular, 10, theme.Text, 1.5);

    public TextStyle Soft { get; } = new(regular, 10, theme.TextSoft, 1.5);

    public TextStyle Small { get; } = new(regular, 8.5, theme.TextFaint, 1.4);

    public TextStyle Figure { get; } = new(bold, 17, theme.Text, 1.3, -0.012);

    public TextStyle ColumnHead { get; } = new(regular, 8.5, theme.TextFaint, 1.3);

    public TextStyle Cell { get; } = new(regular, 9.5, theme.Text, 1.35);

    public TextStyle CellStrong { get; } = new(bold, 9.5, theme.Text, 1.35);

    public TextStyle Axis { get; } = new(regular, 8, theme.TextFaint, 1.3);

    public TextStyle ChartValue { get; } = new(bold, 8.5, theme.Text, 1.3);

    public PdfColour Tone(PdfTone tone) => tone switch
    {
        PdfTone.Plain => theme.Text,
        PdfTone.Soft => theme.TextFaint,
        PdfTone.Good => theme.Good,
        PdfTone.Bad => theme.Bad,
    };
}
