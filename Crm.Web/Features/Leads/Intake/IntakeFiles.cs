using System.Text;
using System.Text.Json;
using Crm.Data;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Files;
using Crm.Web.Platform.Results;
using Crm.Web.Platform.Storage;
using CsvHelper;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Crm.Web.Features.Leads.Intake;

/// <summary>
/// Keeps a foreign file in the database, in parts of some hundred lines, so that any node can go on with an import and nobody ever holds the
/// whole of it. Nothing points to the parts: they are cleared away after a month, when their import can no longer be taken back.
/// </summary>
public sealed class IntakeFiles(IDbContextFactory<CrmDbContext> contexts, IFileStore store, CurrentActor actor, IOptions<StorageOptions> storage)
{
    public const long MostBytes = 20L * 1024 * 1024;
    public const int MostLines = 50_000;
    public const int MostColumns = 200;

    private const int PartLines = 500;
    private const int PartLetters = 512 * 1024;
    private const string ContentsName = "leads to import";

    internal static readonly IntakeFileRefused TooLarge = new($"The file is larger than {MostBytes / 1024 / 1024} MB. Split it, and import one part after the other.");

    /// <summary>Reads an upload through and keeps it.</summary>
    /// <param name="arrived">Told the bytes that have arrived.</param>
    /// <returns>The kept file's id, or why it cannot be taken.</returns>
    internal async Task<Result<Guid>> KeepAsync(Stream upload, string name, IProgress<long> arrived, CancellationToken ct)
    {
        await using var file = Scratch();
        if (!await CopyAsync(upload, file, arrived, ct)) return TooLarge;
        var encoding = await IntakeText.EncodingOfAsync(file, ct);
        if (await RefusalAsync(file, ct) is { } refusal) return refusal;
        try
        {
            using var text = new StreamReader(file, encoding, detectEncodingFromByteOrderMarks: true, leaveOpen: true);
            using var csv = IntakeText.Open(text);
            return await KeepLinesAsync(csv, CleanText.Cut(CleanText.Typed(Path.GetFileName(name)) ?? "leads.csv", 120), IntakeText.NameOf(encoding), ct);
        }
        catch (CsvFormatException broken)
        {
            return new IntakeFileRefused($"The file is broken near line {broken.LineNumber}: a quotation mark that opens there is never closed, or the line does not end.");
        }
    }

    /// <summary>The table of contents of a file that whoever acts has brought here.</summary>
    internal async Task<IntakeContents?> ContentsAsync(Guid fileId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var me = actor.UserId;
        if (!await db.StoredFiles.AnyAsync(f => f.Id == fileId && f.UploadedById == me && f.Name == ContentsName, ct)) return null;
        return await store.OpenAsync(fileId, ct) is { } kept ? JsonSerializer.Deserialize<IntakeContents>(IntakePacking.Unpack(kept.Bytes)) : null;
    }

    /// <summary>Lines of a kept file, in its order.</summary>
    internal async IAsyncEnumerable<IntakeRecord> LinesAsync(IntakeContents contents, int from, int to, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var part in contents.Parts.Where(p => p.From + p.Count > from && p.From <= to))
        {
            if (await store.OpenAsync(part.FileId, ct) is not { } kept) yield break;
            var at = part.From;
            foreach (var cells in IntakePacking.Rows(kept.Bytes))
                if (at++ is var line && line >= from && line <= to) yield return new IntakeRecord(line, long.Parse(cells[0], System.Globalization.CultureInfo.InvariantCulture), cells[1..]);
        }
    }

    private async Task<Result<Guid>> KeepLinesAsync(CsvReader csv, string name, string encoding, CancellationToken ct)
    {
        if (csv.Headers is not { Count: > 0 } headers || headers.All(h => CleanText.Typed(h) is null)) return new IntakeFileRefused("The file is empty: its first row should name its columns.");
        if (headers.Count > MostColumns) return new IntakeFileRefused($"The file has {headers.Count:N0} columns. {MostColumns} are the most.");
        var (head, separator) = (IntakeHeaders.Read([.. headers]), IntakeText.NameOf((char)csv.Separator));
        var (parts, rows, letters, lines) = (new List<IntakePart>(), new List<string[]>(), 0, 0);
        while (csv.Read())
        {
            var cells = Enumerable.Range(0, csv.FieldCount).Select(csv.GetString).ToArray();
            if (cells.All(c => CleanText.Typed(c) is null)) continue;
            if (++lines > MostLines) return new IntakeFileRefused($"The file has more than {MostLines:N0} lines. Split it, and import one part after the other.");
            rows.Add([csv.LineNumber.ToString(System.Globalization.CultureInfo.InvariantCulture), .. cells]);
            letters += cells.Sum(c => c.Length);
            if (rows.Count < PartLines && letters < PartLetters) continue;
            parts.Add(await KeepPartAsync(rows, lines, ct));
            letters = 0;
        }
        if (lines == 0) return new IntakeFileRefused("The file has a first row, and no line below it.");
        if (rows.Count > 0) parts.Add(await KeepPartAsync(rows, lines, ct));
        return await SaveAsync(ContentsName, IntakePacking.Pack(JsonSerializer.SerializeToUtf8Bytes(new IntakeContents(name, head.Format, encoding, separator, lines, head.Columns, parts))), ct);
    }

    private async Task<IntakePart> KeepPartAsync(List<string[]> rows, int last, CancellationToken ct)
    {
        var part = new IntakePart(await SaveAsync("lines to import", IntakePacking.Pack(rows), ct), last - rows.Count + 1, rows.Count);
        rows.Clear();
        return part;
    }

    private async Task<Guid> SaveAsync(string name, byte[] content, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var kept = store.AddOwn(db, name, content);
        await db.SaveChangesAsync(ct);
        return kept.Id;
    }

    // The name goes at once: whatever happens to this process, nothing of the file stays behind.
    private FileStream Scratch()
    {
        var folder = Path.Combine(storage.Value.Folder, "imports");
        Directory.CreateDirectory(folder);
        return new FileStream(Path.Combine(folder, Path.GetRandomFileName()), new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.None, Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous });
    }

    private static async Task<bool> CopyAsync(Stream from, Stream to, IProgress<long> arrived, CancellationToken ct)
    {
        var buffer = new byte[64 * 1024];
        var written = 0L;
        for (int read; (read = await from.ReadAsync(buffer, ct)) > 0;)
        {
            if ((written += read) > MostBytes) return false;
            await to.WriteAsync(buffer.AsMemory(0, read), ct);
            arrived.Report(written);
        }
        return true;
    }

    private static async Task<Error?> RefusalAsync(Stream file, CancellationToken ct)
    {
        var head = new byte[4];
        var read = await file.ReadAtLeastAsync(head, 4, throwOnEndOfStream: false, ct);
        file.Position = 0;
        if (read == 0) return new IntakeFileRefused("The file is empty.");
        if (head.AsSpan().StartsWith("PK\u0003\u0004"u8) || head.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]))
            return new IntakeFileRefused("This is a workbook or an archive, not a CSV file. Open it, and save the sheet as CSV.");
        return head.AsSpan().StartsWith("%PDF"u8) ? new IntakeFileRefused("This is a PDF, not a CSV file.") : null;
    }
}
