using Crm.Web.Platform.Results;
using Crm.Web.Platform.Storage;
using Microsoft.Extensions.Options;

namespace Crm.Web.Features.Exchange;

/// <summary>Keeps an uploaded file on disk until it is read in. Sizes are counted, not believed.</summary>
public sealed class ImportUploads(IOptions<StorageOptions> storage, TimeProvider clock)
{
    /// <summary>The largest file that is taken: 200 MB.</summary>
    public const long MostBytes = 200L * 1024 * 1024;

    /// <summary>The refusal of a larger one.</summary>
    public static readonly FileRefused TooLarge = new($"The file is larger than {MostBytes / 1024 / 1024} MB. Compress it with gzip, or use the command line: ./run import online-retail FILE.");

    private string Folder => Path.Combine(storage.Value.Folder, "imports", "uploads");

    /// <summary>Writes the upload down and returns its path, or the refusal when it is too large; then nothing is left of it.</summary>
    public async Task<Result<string>> KeepAsync(Stream upload, IProgress<long> uploaded, CancellationToken ct)
    {
        Directory.CreateDirectory(Folder);
        var path = Path.Combine(Folder, Path.GetRandomFileName());
        var isKept = false;
        try
        {
            await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
            isKept = await CopyAsync(upload, file, uploaded, ct);
            return isKept ? path : TooLarge;
        }
        finally
        {
            if (!isKept) File.Delete(path);
        }
    }

    /// <summary>Removes what a dead process left behind; a file of today may still be on its way in, on another node.</summary>
    public void Clear()
    {
        if (!Directory.Exists(Folder)) return;
        var yesterday = clock.GetUtcNow().UtcDateTime.AddDays(-1);
        foreach (var file in Directory.EnumerateFiles(Folder).Where(f => File.GetLastWriteTimeUtc(f) < yesterday)) File.Delete(file);
    }

    private static async Task<bool> CopyAsync(Stream from, Stream to, IProgress<long> uploaded, CancellationToken ct)
    {
        var buffer = new byte[64 * 1024];
        var written = 0L;
        for (int read; (read = await from.ReadAsync(buffer, ct)) > 0;)
        {
            if ((written += read) > MostBytes) return false;
            await to.WriteAsync(buffer.AsMemory(0, read), ct);
            uploaded.Report(written);
        }
        return true;
    }
}
