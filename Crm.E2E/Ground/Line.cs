using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Crm.E2E.Ground;

/// <summary>
/// The wire between a browser and the shop, to be cut or frozen. What is frozen neither breaks nor answers: bytes vanish, and
/// those connections stay dead when the wire is good again, as behind a router that forgot them.
/// </summary>
public sealed class Line : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentDictionary<Wire, byte> wires = [];
    private readonly int shopPort;
    private readonly Task accepting;
    private volatile bool cut;
    private volatile bool frozen;

    public Line(Uri shop)
    {
        shopPort = shop.Port;
        listener.Start();
        Address = new Uri($"http://localhost:{((IPEndPoint)listener.LocalEndpoint).Port}");
        accepting = AcceptAsync();
    }

    /// <summary>Where the browser goes instead of the shop itself.</summary>
    public Uri Address { get; }

    /// <summary>Breaks every connection and refuses new ones.</summary>
    public void Cut()
    {
        cut = true;
        foreach (var wire in wires.Keys) wire.Dispose();
    }

    /// <summary>Lets every byte of every connection vanish.</summary>
    public void Freeze()
    {
        frozen = true;
        foreach (var wire in wires.Keys) wire.IsDead = true;
    }

    /// <summary>New connections work again.</summary>
    public void Mend() => cut = frozen = false;

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        foreach (var wire in wires.Keys) wire.Dispose();
        await accepting;
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var browser = await listener.AcceptTcpClientAsync(stop.Token);
                if (cut) browser.Dispose();
                else _ = CarryAsync(browser);
            }
        }
        catch (OperationCanceledException)
        {
            // the journey is over
        }
    }

    private async Task CarryAsync(TcpClient browser)
    {
        using var wire = new Wire(browser, new TcpClient()) { IsDead = frozen };
        wires.TryAdd(wire, 0);
        try
        {
            await wire.Shop.ConnectAsync(IPAddress.Loopback, shopPort, stop.Token);
            await Task.WhenAny(wire.PumpAsync(browser, wire.Shop, stop.Token), wire.PumpAsync(wire.Shop, browser, stop.Token));
        }
        catch (Exception error) when (error is SocketException or IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // one end hung up
        }
        finally
        {
            wires.TryRemove(wire, out _);
        }
    }

    private sealed class Wire(TcpClient browser, TcpClient shop) : IDisposable
    {
        private volatile bool dead;

        public TcpClient Shop => shop;

        public bool IsDead { get => dead; set => dead = value; }

        public async Task PumpAsync(TcpClient from, TcpClient to, CancellationToken ct)
        {
            var buffer = new byte[16 * 1024];
            while (await from.GetStream().ReadAsync(buffer, ct) is > 0 and var count)
                if (!dead) await to.GetStream().WriteAsync(buffer.AsMemory(0, count), ct);
        }

        public void Dispose()
        {
            browser.Dispose();
            shop.Dispose();
        }
    }
}
