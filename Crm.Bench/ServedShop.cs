using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Npgsql;

namespace Crm.Bench;

/// <summary>The product in a process of its own over a new PostgreSQL database with demo data, gone afterwards; and floor applications beside it.</summary>
sealed class ServedShop : IAsyncDisposable
{
    /// <summary>CRM_BENCH_PORT moves the ports, for two benches beside each other.</summary>
    public static readonly int Port = int.Parse(Environment.GetEnvironmentVariable("CRM_BENCH_PORT") ?? "5982", CultureInfo.InvariantCulture);
    public static readonly int FloorPort = Port + 1;
    public static readonly int HeapPort = Port + 2;
    private const string Demo = "password123";

    private readonly string name = $"crm_bench_{Guid.CreateVersion7():N}";
    private readonly string folder = Directory.CreateTempSubdirectory("crm-bench-").FullName;
    private readonly List<Process> processes = [];

    public string Connection => new NpgsqlConnectionStringBuilder(BenchShop.Server) { Database = name }.ToString();

    public static Uri Shop => new($"http://127.0.0.1:{Port}");
    public static Uri Floor => new($"http://127.0.0.1:{FloorPort}");

    /// <summary>Processor time that the shop has used so far; it is the first process that is started.</summary>
    public TimeSpan Worked
    {
        get
        {
            processes[0].Refresh();
            return processes[0].TotalProcessorTime;
        }
    }

    /// <param name="environment">Variables for its process.</param>
    public static async Task<ServedShop> OpenAsync(params (string Name, string Value)[] environment)
    {
        var shop = new ServedShop();
        await shop.ExecuteAsync($"CREATE DATABASE \"{shop.name}\"");
        await shop.StartAsync(Path.Combine(AppContext.BaseDirectory.Replace("Crm.Bench", "Crm.Web", StringComparison.Ordinal), "Crm.Web.dll"),
            ["serve", "--port", $"{Port}", "--data", shop.folder, "--postgres", shop.Connection], new Uri(Shop, "/healthz"), environment);
        return shop;
    }

    /// <summary>Starts one of the floors of this very program.</summary>
    public Task StartFloorAsync(params string[] arguments) => StartAsync(typeof(ServedShop).Assembly.Location, arguments, new Uri(Floor, "/up"), []);

    /// <summary>The access token of a demo person.</summary>
    public static async Task<string> SignInAsync(string userName)
    {
        using var client = new HttpClient { BaseAddress = Shop };
        using var answer = await client.PostAsJsonAsync("/api/token/", new { username = userName, password = Demo });
        return (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access").GetString()!;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in processes)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
        }
        Directory.Delete(folder, recursive: true);
        await ExecuteAsync($"DROP DATABASE IF EXISTS \"{name}\" WITH (FORCE)");
    }

    private async Task StartAsync(string program, string[] arguments, Uri up, (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet", [program, .. arguments]) { RedirectStandardOutput = true };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["Logging__LogLevel__Default"] = "Warning";
        foreach (var limit in new[] { "SignIns", "Registrations", "MailedLinks", "Anonymous", "SignedIn" }) start.Environment[$"CRM__RateLimits__{limit}"] = "1000000";
        foreach (var (variable, value) in environment) start.Environment[variable] = value;
        var process = Process.Start(start)!;
        processes.Add(process);
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        for (var tries = 0; tries < 1200; tries++)
        {
            if (process.HasExited) throw new InvalidOperationException($"{program} stopped.");
            try
            {
                using var answer = await client.GetAsync(up);
                if (answer.IsSuccessStatusCode) return;
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
            {
                // Not yet.
            }
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }
        throw new InvalidOperationException($"{program} did not come up.");
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(BenchShop.Server) { Pooling = false }.ToString());
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
