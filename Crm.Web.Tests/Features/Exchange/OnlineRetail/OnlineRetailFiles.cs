using System.IO.Compression;
using System.Text;

namespace Crm.Web.Tests.Features.Exchange.OnlineRetail;

/// <summary>The files that the import's tests read: the committed sample, the whole file where it lies, and small ones written on the spot.</summary>
static class OnlineRetailFiles
{
    public const string Header = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country";

    public static string Sample { get; } = Path.Combine(AppContext.BaseDirectory, "Samples", "online-retail-sample.csv.gz");

    /// <summary>Beside the checkout, in shared/data; null on a machine that has none.</summary>
    public static string? Whole { get; } = FindWhole();

    /// <summary>The figures that Samples/online-retail.py computed of a file.</summary>
    public static OnlineRetailFigures Figures(string name) => OnlineRetailFigures.Read(Path.Combine(AppContext.BaseDirectory, "Samples", $"{name}.figures.json"));

    /// <summary>A file of these lines under the header.</summary>
    public static string Write(string folder, params string[] lines) => WriteText(folder, string.Join('\n', [Header, .. lines, ""]));

    public static string WriteText(string folder, string text) => WriteBytes(folder, Encoding.UTF8.GetBytes(text));

    public static string WriteBytes(string folder, byte[] bytes)
    {
        var path = Path.Combine(folder, Path.GetRandomFileName());
        File.WriteAllBytes(path, bytes);
        return path;
    }

    public static byte[] Gzip(string text)
    {
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Fastest)) zip.Write(Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }

    private static string? FindWhole()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (!File.Exists(Path.Combine(at.FullName, "Crm.sln"))) continue;
            for (var above = at.Parent; above is not null; above = above.Parent)
                if (Path.Combine(above.FullName, "shared", "data", "online-retail", "OnlineRetail.csv.gz") is var path && File.Exists(path)) return path;
        }
        return null;
    }
}
