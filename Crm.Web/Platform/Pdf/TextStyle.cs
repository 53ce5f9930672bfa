namespace Crm.Web.Platform.Pdf;

/// <summary>How a piece of text is set.</summary>
/// <param name="Size">Points.</param>
/// <param name="Leading">Line height as a share of the size.</param>
/// <param name="Tracking">Extra space between letters as a share of the size.</param>
internal sealed record TextStyle(PdfFont Font, double Size, PdfColour Colour, double Leading = 1.4, double Tracking = 0)
{
    public double LineHeight => Size * Leading;

    /// <summary>From the top of a line to its baseline, so that capitals stand in its middle.</summary>
    public double Baseline => (LineHeight + Size * Font.CapHeight) / 2;
}
