using System.Globalization;
using System.Text;

namespace Crm.Web.Platform.Pdf;

/// <summary>Spells values the way a PDF file wants them.</summary>
internal static class PdfSyntax
{
    public static string Number(double value) => double.IsFinite(value)
        ? Math.Round(value, 3).ToString("0.###", CultureInfo.InvariantCulture)
        : throw new ArgumentOutOfRangeException(nameof(value), value, "Not a number that can be drawn.");

    public static string Colour(PdfColour colour) =>
        $"{Number(colour.Red / 255.0)} {Number(colour.Green / 255.0)} {Number(colour.Blue / 255.0)}";

    /// <returns>A text string for people: titles, alternative texts.</returns>
    public static string Text(string text) => $"<FEFF{Utf16(TextClusters.Clean(text))}>";

    public static string Utf16(string text) => Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text));

    public static string Date(DateTime utc) => utc.ToString("'(D:'yyyyMMddHHmmss'Z)'", CultureInfo.InvariantCulture);

    public static string Reference(int id) => $"{id} 0 R";
}
