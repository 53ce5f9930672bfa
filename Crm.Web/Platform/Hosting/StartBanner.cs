using System.Collections.Concurrent;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Crm.Web.Platform.Hosting;

/// <summary>What a person reads once the shop is open: its address, and the lines that other parts added while starting.</summary>
public sealed class StartBanner
{
    private readonly ConcurrentQueue<string> lines = new();

    /// <summary>Adds a line under the address, such as a demo sign-in; call it before the start ends.</summary>
    public void Add(string line) => lines.Enqueue(line);

    /// <summary>Prints it, unless nothing is listening (an app that a test holds in memory).</summary>
    public void Print(TextWriter output, IHost app)
    {
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        if (addresses.Count == 0) return;

        output.WriteLine($"The shop is open at {string.Join(" and ", addresses)}");
        foreach (var line in lines) output.WriteLine($"  {line}");
        output.WriteLine("Stop it with Ctrl+C.");
        output.Flush();
    }
}
