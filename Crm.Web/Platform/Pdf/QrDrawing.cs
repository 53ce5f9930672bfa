using QRCoder;

namespace Crm.Web.Platform.Pdf;

/// <summary>Draws a QR code as vector squares, sharp at any size, without its quiet zone.</summary>
internal static class QrDrawing
{
    private const int QuietZone = 4;

    public static void Draw(PageCanvas canvas, string content, double x, double y, double side, PdfColour ink)
    {
        using var code = QRCodeGenerator.GenerateQrCode(content, QRCodeGenerator.ECCLevel.M, forceUtf8: true);
        var count = code.ModuleMatrix.Count - 2 * QuietZone;
        var module = side / count;
        canvas.Fill(ink, Runs().Select(run => (x + run.Column * module, y + run.Row * module, run.Length * module, module)));

        IEnumerable<(int Row, int Column, int Length)> Runs()
        {
            for (var row = 0; row < count; row++)
                for (var column = 0; column < count; column++)
                {
                    var start = column;
                    while (column < count && code.ModuleMatrix[row + QuietZone][column + QuietZone]) column++;
                    if (column > start) yield return (row, start, column - start);
                }
        }
    }
}
