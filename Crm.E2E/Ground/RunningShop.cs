using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Npgsql;

namespace Crm.E2E.Ground;

/// <summary>The shop as a person starts it: its own process, data folder or database, and demo data.</summary>
public sealed class RunningShop : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private readonly ProcessStartInfo start;
    private readonly StringBuilder output = new();
    private TaskCompletionSource open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Process process;
    private readonly string folder;
    private readonly string? postgres;

    private RunningShop(ProcessStartInfo start, string folder, string? postgres, Uri address) =>
        (this.start, process, this.folder, this.postgres, Address) = (start, Process.Start(start)!, folder, postgres, address);

    public Uri Address { get; }

    /// <summary>Everything that the process has written so far.</summary>
    public string Output
    {
        get
        {
            lock (output) return output.ToString();
        }
    }

    /// <param name="onPostgres">On a new database of the cluster named by CRM_TEST_POSTGRES instead of a SQLite file.</param>
    /// <param name="settings">Beside those that every journey has, by their variables' names.</param>
    public static async Task<RunningShop> StartAsync(bool onPostgres, params (string Name, string Value)[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("crm-e2e-").FullName;
        var postgres = onPostgres ? await NewDatabaseAsync() : null;
        var port = FreePort();
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var word in (string[])[House.App, "serve", "--port", $"{port}", "--data", folder, .. postgres is null ? [] : new[] { "--postgres", postgres }])
            start.ArgumentList.Add(word);
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["CRM__RateLimits__Enabled"] = "false";
        foreach (var (name, value) in settings) start.Environment[name] = value;
        var shop = new RunningShop(start, folder, postgres, new Uri($"http://localhost:{port}"));
        shop.Listen();
        await shop.WaitUntilOpenAsync();
        return shop;
    }

    /// <summary>Ends the process at once, as a power cut does (SIGKILL), and starts it again on what it left.</summary>
    public async Task KillAndStartAgainAsync()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        open = new(TaskCreationOptions.RunContinuationsAsynchronously);
        process = Process.Start(start)!;
        Listen();
        await WaitUntilOpenAsync();
    }

    private void Listen()
    {
        DataReceivedEventHandler keep = (_, line) =>
        {
            lock (output) output.AppendLine(line.Data);
            if (line.Data?.Contains("The shop is open at", StringComparison.Ordinal) == true) open.TrySetResult();
        };
        process.OutputDataReceived += keep;
        process.ErrorDataReceived += keep;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    private async Task WaitUntilOpenAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        var first = await Task.WhenAny(open.Task, process.WaitForExitAsync(patience.Token));
        if (first != open.Task) throw new InvalidOperationException($"The shop did not open:\n{Output}");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task<string> NewDatabaseAsync()
    {
        var server = Environment.GetEnvironmentVariable("CRM_TEST_POSTGRES") is { Length: > 0 } url
            ? url
            : throw new InvalidOperationException("CRM_TEST_POSTGRES is not set: run ./test, or build/postgres.sh start.");
        var name = $"crm_e2e_{Guid.CreateVersion7():N}";
        await ExecuteAsync(server, $"CREATE DATABASE \"{name}\"");
        return new NpgsqlConnectionStringBuilder(server) { Database = name }.ToString();
    }

    private static async Task ExecuteAsync(string server, string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(server) { Pooling = false }.ToString());
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        Directory.Delete(folder, recursive: true);
        if (postgres is null) return;
        var database = new NpgsqlConnectionStringBuilder(postgres);
        await ExecuteAsync(new NpgsqlConnectionStringBuilder(postgres) { Database = "postgres" }.ToString(), $"DROP DATABASE IF EXISTS \"{database.Database}\" WITH (FORCE)");
    }
}
