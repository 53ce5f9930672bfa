using System.IO.Compression;
using System.Text;
using CsvHelper;

namespace Crm.Web.Features.Exchange.OnlineRetail;

/// <summary>
/// Reads the UCI Online Retail file, plain or gzipped by its content, line by line and invoice by invoice; never holds more
/// of it than an invoice.
/// </summary>
public sealed class OnlineRetailReader(Stream file)
{
    private const int LongestLine = 64 * 1024;
    private const int LinesBetweenLooks = 4096;
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    // No field of this file has a line break: a missing quote then costs its own line, not all that follow.
    private static readonly CsvReaderOptions Format = new()
    {
        Separator = ',', MaxRecordSize = LongestLine, TrackLineNumbers = true, PoolStrings = true, AllowLineBreaksInQuotes = false,
    };

    /// <summary>Bytes of the file read so far, for progress.</summary>
    public long Position => file.Position;
    public long Length => file.Length;

    /// <summary>Every line of the file from its start, in order.</summary>
    /// <exception cref="BadFileException">It is not such a file, or is broken somewhere.</exception>
    public IEnumerable<OnlineRetailLine> ReadLines(CancellationToken ct)
    {
        using var unpacked = IsGzip() ? new GZipStream(file, CompressionMode.Decompress, leaveOpen: true) : null;
        using var text = new StreamReader(unpacked ?? file, StrictUtf8, detectEncodingFromByteOrderMarks: false, leaveOpen: true);
        using var csv = CsvReader.Create(text, Format, leaveOpen: true);
        var places = Guarded(csv, () => OnlineRetailColumns.Find(csv));
        var width = csv.Headers.Count;
        var seen = 0L;
        while (Guarded(csv, csv.Read))
        {
            if (++seen % LinesBetweenLooks == 0) ct.ThrowIfCancellationRequested();
            var fields = places.Select(place => place < csv.FieldCount ? csv.GetString(place) : "").ToArray();
            yield return OnlineRetailLine.Read(csv.LineNumber, fields, csv.FieldCount == width);
        }
    }

    /// <summary>Every invoice once, whole. One whose lines stand apart in the file comes at its last line.</summary>
    /// <param name="parts">How often each scattered invoice begins anew: see <see cref="OnlineRetailSurvey.Scattered"/>.</param>
    public IEnumerable<OnlineRetailInvoice> ReadInvoices(IReadOnlyDictionary<string, int> parts, CancellationToken ct)
    {
        var waiting = new Dictionary<string, (OnlineRetailInvoice Invoice, int Left)>();
        OnlineRetailInvoice? open = null;
        foreach (var line in ReadLines(ct))
        {
            if (open is null || (line.Invoice.Length > 0 && line.Invoice != open.Number))
            {
                if (open is not null && Closes(open)) yield return open;
                open = waiting.TryGetValue(line.Invoice, out var earlier) ? earlier.Invoice : new OnlineRetailInvoice(line.Invoice);
            }
            open.Add(line);
        }
        if (open is not null && Closes(open)) yield return open;

        bool Closes(OnlineRetailInvoice invoice)
        {
            if (!parts.TryGetValue(invoice.Number, out var all)) return true;
            var left = waiting.TryGetValue(invoice.Number, out var known) ? known.Left - 1 : all - 1;
            waiting[invoice.Number] = (invoice, left);
            return left == 0 && waiting.Remove(invoice.Number);
        }
    }

    private bool IsGzip()
    {
        file.Position = 0;
        var isGzip = file.ReadByte() == 0x1f && file.ReadByte() == 0x8b;
        file.Position = 0;
        return isGzip;
    }

    private static T Guarded<T>(CsvReader csv, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (DecoderFallbackException e)
        {
            throw new BadFileException($"the file is not UTF-8 text after line {csv.LineNumber}: choose a CSV that was saved as \"CSV UTF-8\", plain or gzipped.", e);
        }
        catch (InvalidDataException e)
        {
            throw new BadFileException($"the gzip file is cut off or damaged after line {csv.LineNumber}: {e.Message}", e);
        }
        catch (CsvFormatException e)
        {
            throw new BadFileException($"the file is malformed: the line after line {csv.LineNumber} does not end.", e);
        }
    }
}
