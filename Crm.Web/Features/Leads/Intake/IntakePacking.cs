using System.IO.Compression;
using CsvHelper;

namespace Crm.Web.Features.Leads.Intake;

/// <summary>Some hundred lines, or what is said of them, small enough for a row of the database.</summary>
static class IntakePacking
{
    private static readonly CsvWriterOptions Format = new() { NewLine = "\r\n" };

    public static byte[] Pack(ReadOnlySpan<byte> bytes)
    {
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true)) zip.Write(bytes);
        return packed.ToArray();
    }

    public static byte[] Pack(IEnumerable<IReadOnlyList<string>> rows)
    {
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true)) Write(zip, rows);
        return packed.ToArray();
    }

    /// <summary>Rows as CSV; the stream stays open.</summary>
    public static void Write(Stream output, IEnumerable<IReadOnlyList<string>> rows)
    {
        using var csv = CsvWriter.Create(output, Format, leaveOpen: true);
        foreach (var row in rows)
        {
            foreach (var cell in row) csv.WriteField(cell);
            csv.EndRecord();
        }
    }

    public static byte[] Unpack(byte[] packed)
    {
        using var bytes = new MemoryStream();
        using (var zip = Open(packed)) zip.CopyTo(bytes);
        return bytes.ToArray();
    }

    public static GZipStream Open(byte[] packed) => new(new MemoryStream(packed, writable: false), CompressionMode.Decompress);

    public static IEnumerable<string[]> Rows(byte[] packed)
    {
        using var zip = Open(packed);
        using var csv = CsvReader.Create(zip, new CsvReaderOptions { Separator = ',', HasHeader = false });
        while (csv.Read()) yield return [.. Enumerable.Range(0, csv.FieldCount).Select(csv.GetString)];
    }
}
