namespace Crm.Web.Platform.Pdf;

/// <summary>The sheet a document is laid out on, in points of 1/72 inch.</summary>
public sealed record PdfPage(double Width, double Height)
{
    public static PdfPage A4 { get; } = new(595.28, 841.89);

    public static PdfPage Letter { get; } = new(612, 792);

    internal double Side => 54;

    internal double Top => 58;

    internal double Bottom => 64;

    internal double Inner => Width - 2 * Side;
}
