using System.Runtime.InteropServices;

namespace Crm.Web.Platform.Hosting;

/// <summary>Turns Ctrl+C and a polite kill into a cancellation, so that a command can end what it began.</summary>
public sealed class StopSignal : IDisposable
{
    private readonly CancellationTokenSource source;
    private readonly PosixSignalRegistration[] registrations;

    /// <summary>Listens until disposed.</summary>
    public StopSignal(CancellationToken ct)
    {
        source = CancellationTokenSource.CreateLinkedTokenSource(ct);
        registrations = [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM }.Select(s => PosixSignalRegistration.Create(s, Stop))];
    }

    /// <summary>Cancelled as soon as somebody asks to stop.</summary>
    public CancellationToken Token => source.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var registration in registrations) registration.Dispose();
        source.Dispose();
    }

    private void Stop(PosixSignalContext context)
    {
        context.Cancel = true;
        source.Cancel();
    }
}
