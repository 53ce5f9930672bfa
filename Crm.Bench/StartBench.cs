using System.Diagnostics;

namespace Crm.Bench;

/// <summary>From `./run` to the first whole page, with everything built and seeded; the floor is `dotnet --version`.</summary>
static class StartBench
{
    private const int Port = 5981;

    public static async Task<int> RunAsync()
    {
        var root = FindRoot();
        var data = Directory.CreateTempSubdirectory("crm-bench-").FullName;
        await OpenAsync(root, data);
        var floor = await Clocked.RunAsync(5, () => Process.Start(new ProcessStartInfo("dotnet", "--version") { RedirectStandardOutput = true })!.WaitForExitAsync());
        var start = await Clocked.RunAsync(5, () => OpenAsync(root, data));
        Clocked.Say($"start: first page after median {start.Median / 1000:0.00} s, p95 {start.P95 / 1000:0.00} s, {start.Median / floor.Median:0.0} x `dotnet --version` ({floor.Median:0} ms)");
        Directory.Delete(data, recursive: true);
        return 0;
    }

    private static async Task OpenAsync(string root, string data)
    {
        using var shop = Process.Start(new ProcessStartInfo(Path.Combine(root, "run"), ["--port", $"{Port}", "--data", data]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        using var client = new HttpClient { BaseAddress = new Uri($"http://localhost:{Port}"), Timeout = TimeSpan.FromMinutes(5) };
        while (!shop.HasExited)
        {
            try
            {
                using var page = await client.GetAsync("/account/sign-in");
                if (page.IsSuccessStatusCode) break;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
            }
        }
        if (shop.HasExited) throw new InvalidOperationException(await shop.StandardError.ReadToEndAsync());
        shop.Kill(entireProcessTree: true);
        await shop.WaitForExitAsync();
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Crm.sln"))) folder = folder.Parent!;
        return folder.FullName;
    }
}
