using System.Diagnostics;
using System.IO.Compression;
using Crm.Data.Storage;
using Crm.Web.Features.Exchange;
using Crm.Web.Features.Exchange.OnlineRetail;

namespace Crm.Bench;

/// <summary>Reads the Online Retail file in, then again; the floor is reading the same file's lines and keeping nothing.</summary>
static class ImportBench
{
    public static async Task<int> RunAsync(string file)
    {
        var (lines, floor) = await FloorAsync(file);
        Clocked.Say($"floor: {lines:0} lines read in {floor:0.0} s, {lines / floor:0} lines a second");
        foreach (var kind in Enum.GetValues<DatabaseKind>())
        {
            await using var shop = await BenchShop.OpenAsync(kind);
            foreach (var time in (string[])["first", "second"])
            {
                using var scope = shop.AsOwner();
                var start = Stopwatch.GetTimestamp();
                _ = (await scope.ServiceProvider.GetRequiredService<OnlineRetailImport>()
                    .RunAsync(file, Path.GetFileName(file), new Progress<ImportProgress>(), CancellationToken.None)).Value;
                var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
                Clocked.Say($"{kind} {time} time: {seconds:0.0} s, {lines / seconds:0} lines a second, {seconds / floor:0.0} x the floor");
            }
            Clocked.Say($"{kind}: peak memory of this process {Process.GetCurrentProcess().PeakWorkingSet64 / 1024 / 1024} MiB");
        }
        return 0;
    }

    private static async Task<(int Lines, double Seconds)> FloorAsync(string file)
    {
        var start = Stopwatch.GetTimestamp();
        var lines = -1;
        await using Stream raw = File.OpenRead(file);
        await using var plain = file.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(raw, CompressionMode.Decompress) : raw;
        using var reader = new StreamReader(plain);
        while (await reader.ReadLineAsync() is not null) lines++;
        return (lines, Stopwatch.GetElapsedTime(start).TotalSeconds);
    }
}
