using System.Globalization;
using System.Text;
using QRCoder;

namespace Crm.Web.Ui;

/// <summary>A QR code as the path of an SVG, one unit a module.</summary>
/// <param name="Data">For the <c>d</c> attribute; the dark modules.</param>
/// <param name="Size">Width and height with the quiet zone that readers need around it.</param>
public sealed record QrPath(string Data, int Size)
{
    /// <summary>Draws a text; a quarter of the code may be hidden by a scratch or a reflection.</summary>
    public static QrPath Of(string text)
    {
        using var code = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.Q);
        var rows = code.ModuleMatrix;
        var path = new StringBuilder();
        for (var y = 0; y < rows.Count; y++)
        {
            for (var x = 0; x < rows.Count; x++)
            {
                var start = x;
                while (x < rows.Count && rows[y][x]) x++;
                if (x > start) path.Append(CultureInfo.InvariantCulture, $"M{start} {y}h{x - start}v1h-{x - start}z");
            }
        }
        return new QrPath(path.ToString(), rows.Count);
    }
}
