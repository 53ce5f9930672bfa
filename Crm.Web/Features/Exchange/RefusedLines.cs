using System.Globalization;
using System.IO.Compression;
using Crm.Web.Platform.Csv;
using CsvHelper;

namespace Crm.Web.Features.Exchange;

/// <summary>
/// The list of lines that an import leaves out, written while it runs: line, reason, and the fields as they stood, safe to
/// open in a spreadsheet. Counts by reason.
/// </summary>
public sealed class RefusedLines : IAsyncDisposable
{
    private const int MostKeptBytes = 10 * 1024 * 1024;
    private static readonly CsvWriterOptions Format = new() { NewLine = "\r\n", WriteByteOrderMark = true };

    private readonly SortedDictionary<string, long> reasons = new(StringComparer.Ordinal);
    private readonly CsvWriter csv;

    /// <summary>Starts the file anew.</summary>
    public RefusedLines(string path, IEnumerable<string> columns)
    {
        Path = path;
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        csv = CsvWriter.ToFile(path, Format);
        Write(["Line", "Reason", .. columns]);
    }

    public string Path { get; }
    public long Count => reasons.Values.Sum();
    public IReadOnlyDictionary<string, long> Reasons => reasons;

    public void Add(long lineNumber, string reason, IEnumerable<string> fields)
    {
        reasons[reason] = reasons.GetValueOrDefault(reason) + 1;
        Write([lineNumber.ToString(CultureInfo.InvariantCulture), reason, .. fields]);
    }

    /// <summary>Puts everything on disk.</summary>
    public async Task CloseAsync(CancellationToken ct)
    {
        await csv.FlushAsync(ct);
        await csv.DisposeAsync();
    }

    /// <summary>The closed file, gzipped for the database; null when it is empty or too long to be kept there.</summary>
    public async Task<byte[]?> PackAsync(CancellationToken ct)
    {
        if (Count == 0) return null;
        using var packed = new MemoryStream();
        await using (var zip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        await using (var file = File.OpenRead(Path))
            await file.CopyToAsync(zip, ct);
        return packed.Length <= MostKeptBytes ? packed.ToArray() : null;
    }

    public ValueTask DisposeAsync() => csv.DisposeAsync();

    // A plain negative number is no formula, and must stay a number to be read back.
    private void Write(IEnumerable<string> cells)
    {
        foreach (var cell in cells)
            csv.WriteField(decimal.TryParse(cell, NumberStyles.Number, CultureInfo.InvariantCulture, out _) ? cell : FormulaGuard.Defuse(cell));
        csv.EndRecord();
    }
}
