using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Crm.E2E.Ground;

/// <summary>A mail server that takes every mail, and leaves the sender of one waiting for its answer as long as the test likes.</summary>
public sealed partial class PostOffice : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource closing = new();
    private readonly ConcurrentQueue<string> taken = [];
    private readonly ConcurrentQueue<string> heldBack = [];
    private readonly Task accepting;

    public PostOffice()
    {
        listener.Start();
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>The recipient whose sender is kept waiting; null for nobody.</summary>
    public string? Holds { get; set; }

    /// <summary>To whom mails came that were answered for, in their order.</summary>
    public IReadOnlyList<string> Taken => [.. taken];

    /// <summary>To whom mails came that nobody answered for.</summary>
    public IReadOnlyList<string> HeldBack => [.. heldBack];

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = ServeAsync(await listener.AcceptTcpClientAsync(closing.Token));
        }
        catch (OperationCanceledException)
        {
            // closed
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var _ = client;
        try
        {
            await ConverseAsync(client.GetStream());
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // the sender was killed, or we close
        }
    }

    private async Task ConverseAsync(Stream stream)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8);
        await using var writer = new StreamWriter(stream, new UTF8Encoding(false)) { AutoFlush = true, NewLine = "\r\n" };
        await writer.WriteLineAsync("220 post office");
        var to = "";
        while (await reader.ReadLineAsync(closing.Token) is { } line)
        {
            var verb = line.Split(' ')[0].ToUpperInvariant();
            if (verb == "RCPT") to = Address().Match(line).Groups["address"].Value;
            if (verb == "DATA")
            {
                await writer.WriteLineAsync("354 go on");
                while (await reader.ReadLineAsync(closing.Token) is { } part && part != ".") { }
                if (to == Holds)
                {
                    heldBack.Enqueue(to);
                    await Task.Delay(Timeout.Infinite, closing.Token);
                }
                taken.Enqueue(to);
            }
            await writer.WriteLineAsync(verb == "QUIT" ? "221 bye" : "250 fine");
            if (verb == "QUIT") return;
        }
    }

    [GeneratedRegex("<(?<address>[^>]+)>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Address();

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        await accepting;
        listener.Dispose();
        closing.Dispose();
    }
}
