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

    internal static readonly IntakeFileRefused NotArrived = new("The file did not arrive. Choose it again.");
    internal static readonly IntakeFileRefused TooLarge = new($"The file is larger than {MostBytes / 1024 / 1024} MB. Split it, and import one part after the other.");

    /// <summary>Reads an upload through, and keeps it when all of it is good: of a file that is refused or stopped nothing stays.</summary>
    /// <param name="arrived">Told the bytes that have arrived.</param>
    /// <returns>The kept file's id, or why it cannot be taken.</returns>
    internal async Task<Result<Guid>> KeepAsync(Stream upload, string name, IProgress<long> arrived, CancellationToken ct)
    {
        await using var file = Scratch();
        if (await CopyAsync(upload, file, arrived, ct) is { } broken) return broken;
        var encoding = await IntakeText.EncodingOfAsync(file, ct);
        if (await RefusalAsync(file, ct) is { } refusal) return refusal;
        try
        {
            using var text = new StreamReader(file, encoding, detectEncodingFromByteOrderMarks: true, leaveOpen: true);
            using var csv = IntakeText.Open(text);
            return await KeepLinesAsync(csv, CleanText.Cut(CleanText.Typed(Path.GetFileName(name)) ?? "leads.csv", 120), IntakeText.NameOf(encoding), ct);
        }
        catch (CsvFormatException wrong)
        {
            return new IntakeFileRefused($"The file is broken near line {wrong.LineNumber}: a quotation mark that opens there is never closed, or the line does not end.");
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
        await using var packed = Scratch();
        var (parts, rows, letters, lines) = (new List<PackedPart>(), new List<string[]>(), 0, 0);
        while (csv.Read())
        {
            var cells = Enumerable.Range(0, csv.FieldCount).Select(csv.GetString).ToArray();
            if (cells.All(c => CleanText.Typed(c) is null)) continue;
            if (++lines > MostLines) return new IntakeFileRefused($"The file has more than {MostLines:N0} lines. Split it, and import one part after the other.");
            rows.Add([csv.LineNumber.ToString(System.Globalization.CultureInfo.InvariantCulture), .. cells]);
            letters += cells.Sum(c => c.Length);
            if (rows.Count < PartLines && letters < PartLetters) continue;
            parts.Add(await PackAsync(packed, rows, lines, ct));
            letters = 0;
        }
        if (lines == 0) return new IntakeFileRefused("The file has a first row, and no line below it.");
        if (rows.Count > 0) parts.Add(await PackAsync(packed, rows, lines, ct));
        return await StoreAsync(packed, parts, kept => new IntakeContents(name, head.Format, encoding, separator, lines, head.Columns, kept), ct);
    }

    // Beside the file, not in the database yet: the last line may still be what refuses all of it.
    private static async Task<PackedPart> PackAsync(Stream packed, List<string[]> rows, int last, CancellationToken ct)
    {
        var bytes = IntakePacking.Pack(rows);
        await packed.WriteAsync(bytes, ct);
        var part = new PackedPart(bytes.Length, last - rows.Count + 1, rows.Count);
        rows.Clear();
        return part;
    }

    // One transaction for all of it; everything is packed already, so that it holds others up no longer than it takes to write.
    private async Task<Guid> StoreAsync(Stream packed, List<PackedPart> parts, Func<IReadOnlyList<IntakePart>, IntakeContents> contentsOf, CancellationToken ct)
    {
        packed.Position = 0;
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var write = await db.BeginWriteAsync(ct);
        var kept = new List<IntakePart>();
        foreach (var part in parts)
        {
            var bytes = new byte[part.Bytes];
            await packed.ReadExactlyAsync(bytes, ct);
            kept.Add(new IntakePart(await SaveAsync(db, "lines to import", bytes, ct), part.From, part.Count));
        }
        var id = await SaveAsync(db, ContentsName, IntakePacking.Pack(JsonSerializer.SerializeToUtf8Bytes(contentsOf(kept))), ct);
        await write.CommitAsync(ct);
        return id;
    }

    private async Task<Guid> SaveAsync(CrmDbContext db, string name, byte[] content, CancellationToken ct)
    {
        var kept = store.AddOwn(db, name, content);
        await db.SaveChangesAsync(ct);
        db.ChangeTracker.Clear(); // the bytes are written: let them go
        return kept.Id;
    }

    // For nobody but the process. Where a file may be open without a name the name goes at once, and nothing of it stays whatever happens to the
    // process; Windows deletes it when it is closed, which a power cut prevents.
    private FileStream Scratch()
    {
        var folder = Path.Combine(storage.Value.Folder, "imports");
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, Path.GetRandomFileName());
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.None, Options = FileOptions.Asynchronous };
        if (OperatingSystem.IsWindows()) options.Options |= FileOptions.DeleteOnClose;
        else options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var scratch = new FileStream(path, options);
        if (!OperatingSystem.IsWindows()) File.Delete(path);
        return scratch;
    }

    private static async Task<Error?> CopyAsync(Stream from, Stream to, IProgress<long> arrived, CancellationToken ct)
    {
        var buffer = new byte[64 * 1024];
        var written = 0L;
        while (await ReadAsync(from, buffer, ct) is var read and not 0)
        {
            if (read is not { } count) return NotArrived;
            if ((written += count) > MostBytes) return TooLarge;
            await to.WriteAsync(buffer.AsMemory(0, count), ct);
            arrived.Report(written);
        }
        return null;
    }

    // Only the sender's line may break unnoticed; a disk of ours that fails is for the log.
    private static async Task<int?> ReadAsync(Stream from, byte[] buffer, CancellationToken ct)
    {
        try
        {
            return await from.ReadAsync(buffer, ct);
        }
        catch (Exception lost) when (lost is IOException or TimeoutException)
        {
            return null;
        }
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

    // Where a part begins in the scratch file nobody needs to know: they lie one behind the other.
    private sealed record PackedPart(int Bytes, int From, int Count);
}
