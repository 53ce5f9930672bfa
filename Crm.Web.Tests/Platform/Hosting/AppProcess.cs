using System.Diagnostics;
using System.Text;
using System.Threading.Channels;

namespace Crm.Web.Tests.Platform.Hosting;

/// <summary>The app as a person starts it: a process of its own, with its own data folder that goes with it.</summary>
internal sealed class AppProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly Process process;
    private readonly Channel<string> errorLines = Channel.CreateUnbounded<string>();
    private readonly Task<string> errors;

    private AppProcess(string arguments, IReadOnlyDictionary<string, string> environment, string folder)
    {
        Folder = folder;
        var start = new ProcessStartInfo("dotnet", $"\"{Path.Combine(AppContext.BaseDirectory, "Crm.Web.dll")}\" {arguments}")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = folder,
        };
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("CRM__", StringComparison.Ordinal) || k.StartsWith("ASPNETCORE_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Testing";
        start.Environment["CRM__Storage__DataDirectory"] = Path.Combine(folder, "data");
        foreach (var (name, value) in environment) start.Environment[name] = value;
        process = Process.Start(start)!;
        errors = ReadErrorsAsync();
    }

    /// <summary>Where it was started; its data lies below.</summary>
    public string Folder { get; }

    /// <summary>Starts it in an empty folder.</summary>
    public static AppProcess Start(string arguments, params (string Name, string Value)[] environment) =>
        new(arguments, environment.ToDictionary(e => e.Name, e => e.Value), Directory.CreateTempSubdirectory("crm-test-").FullName);

    /// <summary>The next line that it prints; null when it printed its last.</summary>
    public async Task<string?> ReadLineAsync(CancellationToken ct) => await process.StandardOutput.ReadLineAsync(ct).AsTask().WaitAsync(Patience, ct);

    /// <summary>The next line on standard error that starts so; null when there is none any more.</summary>
    public async Task<string?> ReadErrorAsync(string start, CancellationToken ct)
    {
        try
        {
            while (true)
                if (await errorLines.Reader.ReadAsync(ct).AsTask().WaitAsync(Patience, ct) is var line && line.StartsWith(start, StringComparison.Ordinal)) return line;
        }
        catch (ChannelClosedException)
        {
            return null;
        }
    }

    /// <summary>Ends it at once, as a power cut would.</summary>
    public async Task KillAsync(CancellationToken ct)
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync(ct);
    }

    /// <summary>Waits for its end.</summary>
    public async Task<AppEnd> EndAsync(CancellationToken ct)
    {
        var output = process.StandardOutput.ReadToEndAsync(ct);
        await process.WaitForExitAsync(ct).WaitAsync(Patience, ct);
        return new AppEnd(process.ExitCode, await output, await errors);
    }

    /// <summary>Asks it politely to stop; Ctrl+C's own signal would not reach it under a shell that ignores that.</summary>
    public void AskToStop()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        kill.WaitForExit();
    }

    private async Task<string> ReadErrorsAsync()
    {
        var all = new StringBuilder();
        while (await process.StandardError.ReadLineAsync() is { } line)
        {
            all.Append(line).Append('\n');
            errorLines.Writer.TryWrite(line);
        }
        errorLines.Writer.Complete();
        return all.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }
        process.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}

/// <summary>How a process ended.</summary>
internal sealed record AppEnd(int ExitCode, string Output, string Errors)
{
    /// <summary>The one line on standard error; fails when there is another.</summary>
    public string OnlyError => Assert.Single(Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
}
