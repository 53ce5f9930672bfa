using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Crm.Bench.Circuits;

/// <summary>
/// A browser without a screen: opens a page's circuit, acknowledges what it draws, answers its scripts' imports, and calls what the
/// page's scripts would call. Speaks Blazor's hub as its own script does.
/// </summary>
sealed partial class BlazorCircuit : IAsyncDisposable
{
    private const string RecordSeparator = "\u001e";

    private readonly ClientWebSocket socket = new();
    private readonly SemaphoreSlim sending = new(1, 1);
    private readonly ConcurrentDictionary<string, TaskCompletionSource<string?>> calls = new();
    private readonly ConcurrentDictionary<long, string> modules = new();
    private readonly ConcurrentDictionary<string, long> listeners = new();
    private readonly TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource leaving = new();
    private volatile Awaited? awaited;
    private Task reading = Task.CompletedTask;
    private long lastModule;
    private long lastCall;

    /// <summary>Why the connection ended, or null while it stands.</summary>
    public string? Lost { get; private set; }

    /// <summary>Loads the page with a signed-in client and starts its circuit.</summary>
    public static async Task<BlazorCircuit> OpenAsync(HttpClient client, Uri page, string cookies, CancellationToken ct)
    {
        var html = await client.GetStringAsync(page, ct);
        var markers = ServerMarker().Matches(html).Select(m => JsonSerializer.Deserialize<JsonElement>(m.Groups[1].Value)).ToList();
        if (markers.Count == 0) throw new InvalidOperationException($"{page} has no interactive component.");
        var state = StateMarker().Match(html).Groups[1].Value;
        using var negotiated = await client.PostAsync(new Uri(page, "/_blazor/negotiate?negotiateVersion=1"), null, ct);
        var connection = (await negotiated.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>(ct)).GetProperty("connectionToken").GetString();

        var circuit = new BlazorCircuit();
        circuit.socket.Options.SetRequestHeader("Cookie", cookies);
        circuit.socket.Options.SetRequestHeader("Origin", page.GetLeftPart(UriPartial.Authority));
        await circuit.socket.ConnectAsync(new Uri($"ws://{page.Authority}/_blazor?id={connection}"), ct);
        await circuit.socket.SendAsync(Encoding.UTF8.GetBytes($$"""{"protocol":"blazorpack","version":1}{{RecordSeparator}}"""), WebSocketMessageType.Text, true, ct);
        circuit.reading = circuit.ReadAsync();
        await circuit.SendAsync([1, NoHeaders.Instance, "0", "StartCircuit", new object?[] { new Uri(page, "/").ToString(), page.ToString(), JsonSerializer.Serialize(markers), state }]);
        await circuit.started.Task.WaitAsync(ct);
        return circuit;
    }

    /// <summary>Waits until the script of a component has told the page who listens, as at the end of its first rendering.</summary>
    /// <param name="module">Part of the module's address.</param>
    public async Task WaitForListenerAsync(string module, CancellationToken ct)
    {
        while (Listener(module) is null) await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, ct);
    }

    /// <summary>Calls a method of the component as its script does, and waits for its answer and, if asked, until a text was drawn.</summary>
    public async Task CallAsync(string module, string method, string argsJson, string? untilDrawn, CancellationToken ct)
    {
        var call = Interlocked.Increment(ref lastCall).ToString(System.Globalization.CultureInfo.InvariantCulture);
        var answer = calls[call] = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var drawn = untilDrawn is null ? null : awaited = new Awaited(Encoding.UTF8.GetBytes(untilDrawn), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        var listener = Listener(module) ?? throw new InvalidOperationException($"{module} does not listen.");
        await SendAsync([1, NoHeaders.Instance, null, "BeginInvokeDotNetFromJS", new object?[] { call, null, method, listener, argsJson }]);
        if (await answer.Task.WaitAsync(ct) is { } error) throw new InvalidOperationException(error);
        if (drawn is not null) await drawn.Seen.Task.WaitAsync(ct);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await leaving.CancelAsync();
        await reading;
        socket.Dispose();
        sending.Dispose();
        leaving.Dispose();
    }

    private long? Listener(string module) => listeners.FirstOrDefault(l => l.Key.Contains(module, StringComparison.Ordinal)) is { Key: not null } found ? found.Value : null;

    private async Task ReadAsync()
    {
        var (buffer, filled, greeted) = (new byte[32 * 1024], 0, false);
        try
        {
            while (true)
            {
                if (filled == buffer.Length) Array.Resize(ref buffer, buffer.Length * 2);
                var got = await socket.ReceiveAsync(buffer.AsMemory(filled), leaving.Token);
                if (got.MessageType is WebSocketMessageType.Close) throw new WebSocketException($"closed: {socket.CloseStatusDescription}");
                filled += got.Count;
                var from = 0;
                if (!greeted)
                {
                    from = buffer.AsSpan(0, filled).IndexOf((byte)0x1E) + 1;
                    if (from == 0) continue;
                    greeted = true;
                }
                var messages = Pack.Read(buffer.AsMemory(from, filled - from), out var taken);
                foreach (var message in messages) await HearAsync(message);
                from += taken;
                buffer.AsSpan(from, filled - from).CopyTo(buffer);
                filled -= from;
            }
        }
        catch (OperationCanceledException) when (leaving.IsCancellationRequested)
        {
            // left by ourselves
        }
        catch (Exception e) when (e is WebSocketException or InvalidOperationException or IOException)
        {
            Lost = e.Message;
            started.TrySetException(e);
            foreach (var call in calls.Values) call.TrySetException(e);
            awaited?.Seen.TrySetException(e);
        }
    }

    private async Task HearAsync(object?[] message)
    {
        switch (message)
        {
            case [3L, _, _, 1L, var error]: throw new InvalidOperationException($"StartCircuit: {error}");
            case [3L, ..]: started.TrySetResult(); break;
            case [6L]: await SendAsync([6]); break;
            case [7L, var why, ..]: throw new InvalidOperationException($"The server closed: {why}");
            case [1L, _, _, "JS.RenderBatch", object?[] args, ..]:
                if (awaited is { } wanted && args[1] is ReadOnlyMemory<byte> batch && batch.Span.IndexOf(wanted.Text) >= 0)
                {
                    awaited = null;
                    wanted.Seen.TrySetResult();
                }
                await SendAsync([1, NoHeaders.Instance, null, "OnRenderCompleted", new object?[] { args[0], null }]);
                break;
            case [1L, _, _, "JS.BeginInvokeJS", object?[] args, ..]: await AnswerAsync((long)args[0]!, (string)args[1]!, (string?)args[2], (long)args[4]!); break;
            case [1L, _, _, "JS.EndInvokeDotNet", object?[] args, ..]:
                if (calls.TryRemove((string)args[0]!, out var call)) call.TrySetResult(args[1] is true ? null : (string?)args[2]);
                break;
            case [1L, _, _, "JS.Error", object?[] args, ..]: throw new InvalidOperationException($"The circuit failed: {args[0]}");
        }
    }

    // An import gets the number of a new module; whoever starts one is remembered; everything else is answered with nothing.
    private async Task AnswerAsync(long task, string identifier, string? argsJson, long target)
    {
        var result = "null";
        if (identifier == "import")
        {
            var id = Interlocked.Increment(ref lastModule);
            modules[id] = argsJson ?? "";
            result = $$"""{"__jsObjectId":{{id}}}""";
        }
        else if (identifier == "start" && modules.TryGetValue(target, out var path) && Reference().Match(argsJson ?? "") is { Success: true } self)
        {
            listeners[path] = long.Parse(self.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
        }
        if (task != 0) await SendAsync([1, NoHeaders.Instance, null, "EndInvokeJSFromDotNet", new object?[] { task, true, $"[{task},true,{result}]" }]);
    }

    private async Task SendAsync(object?[] message)
    {
        await sending.WaitAsync(leaving.Token);
        try
        {
            await socket.SendAsync(Pack.Write(message), WebSocketMessageType.Binary, true, leaving.Token);
        }
        finally
        {
            sending.Release();
        }
    }

    [GeneratedRegex("""<!--Blazor:(\{"type":"server".*?\})-->""", RegexOptions.None, 2000)]
    private static partial Regex ServerMarker();

    [GeneratedRegex("<!--Blazor-Server-Component-State:(.*?)-->", RegexOptions.None, 2000)]
    private static partial Regex StateMarker();

    [GeneratedRegex("""__dotNetObject":(\d+)""", RegexOptions.None, 2000)]
    private static partial Regex Reference();

    private sealed record Awaited(byte[] Text, TaskCompletionSource Seen);
}
