using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

/// <summary>
/// Loaded into the served shop by DOTNET_STARTUP_HOOKS: tells whoever connects how many bytes are alive there, after a full collection.
/// Only .NET's own assemblies are at hand in that process.
/// </summary>
static class StartupHook
{
    /// <summary>Names the loopback port to answer on.</summary>
    public const string Port = "CRM_BENCH_HEAP_PORT";

    public static void Initialize()
    {
        if (!int.TryParse(Environment.GetEnvironmentVariable(Port), CultureInfo.InvariantCulture, out var port)) return;
        var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        new Thread(() => Answer(listener)) { IsBackground = true, Name = "heap hook" }.Start();
    }

    private static void Answer(TcpListener listener)
    {
        while (true)
        {
            using var client = listener.AcceptTcpClient();
            for (var i = 0; i < 3; i++)
            {
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
                GC.WaitForPendingFinalizers();
            }
            client.GetStream().Write(Encoding.ASCII.GetBytes(GC.GetTotalMemory(forceFullCollection: true).ToString(CultureInfo.InvariantCulture)));
        }
    }
}
