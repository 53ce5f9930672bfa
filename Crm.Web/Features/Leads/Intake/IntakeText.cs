using System.Text;
using CsvHelper;

namespace Crm.Web.Features.Leads.Intake;

/// <summary>
/// Opens a table whatever program wrote it: UTF-8, UTF-16 or Windows-1252, with or without a byte order mark, with commas, semicolons or
/// tabs between the cells. Reads as a stream; holds one line of it.
/// </summary>
public static class IntakeText
{
    private const int Look = 64 * 1024;
    private const int LongestLine = 256 * 1024;

    static IntakeText() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>In what letters the file is written; reads it from its start, and goes back there.</summary>
    public static async Task<Encoding> EncodingOfAsync(Stream file, CancellationToken ct)
    {
        file.Position = 0;
        var buffer = new byte[Look];
        var decoder = new UTF8Encoding(false, throwOnInvalidBytes: true).GetDecoder();
        var letters = new char[Look + 1];
        Encoding? found = null;
        for (int read, at = 0; found is null && (read = await file.ReadAtLeastAsync(buffer, Look, throwOnEndOfStream: false, ct)) > 0; at += read)
        {
            if (at == 0) found = Marked(buffer.AsSpan(0, read)) ?? Unmarked16(buffer.AsSpan(0, read));
            if (found is null && !Decodes(decoder, buffer.AsSpan(0, read), letters, flush: read < Look)) found = Encoding.GetEncoding(1252);
        }
        file.Position = 0;
        return found ?? Encoding.UTF8;
    }

    /// <summary>What people call it.</summary>
    public static string NameOf(Encoding encoding) => encoding.CodePage switch
    {
        65001 => "UTF-8",
        1200 or 1201 => "UTF-16",
        _ => "Windows-1252",
    };

    /// <summary>What people call the sign between two cells.</summary>
    public static string NameOf(char separator) => separator switch
    {
        ',' => "commas",
        ';' => "semicolons",
        '\t' => "tabs",
        _ => $"{separator} signs",
    };

    /// <summary>A reader before the first row; it finds out the sign between cells, and Excel's own line that says it.</summary>
    public static CsvReader Open(TextReader text) => CsvReader.Create(text, new CsvReaderOptions { MaxRecordSize = LongestLine, TrackLineNumbers = true, DetectSeparatorHint = true }, leaveOpen: true);

    private static Encoding? Marked(ReadOnlySpan<byte> head) =>
        head.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? Encoding.UTF8
        : head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) ? Encoding.Unicode
        : head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]) ? Encoding.BigEndianUnicode : null;

    // Of UTF-16 without a mark every other byte of Latin letters is nothing.
    private static Encoding? Unmarked16(ReadOnlySpan<byte> head)
    {
        var (even, odd) = (0, 0);
        for (var at = 0; at < head.Length; at++)
            if (head[at] == 0)
                _ = at % 2 == 0 ? even++ : odd++;
        return odd > head.Length / 4 && even < odd / 4 ? Encoding.Unicode : even > head.Length / 4 && odd < even / 4 ? Encoding.BigEndianUnicode : null;
    }

    private static bool Decodes(Decoder decoder, ReadOnlySpan<byte> bytes, char[] letters, bool flush)
    {
        try
        {
            decoder.GetChars(bytes, letters, flush);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
