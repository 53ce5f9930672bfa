namespace Crm.Web.Ui;

/// <summary>
/// Ends what a component still has under way when it leaves the screen. Its token may be asked for at any time, also afterwards: whatever
/// goes on between two readings is called off there, instead of ending the circuit.
/// </summary>
public sealed class Leaving : IDisposable
{
    private readonly CancellationTokenSource source = new();

    public Leaving() => Token = source.Token;

    public CancellationToken Token { get; }
    public bool IsCancellationRequested => Token.IsCancellationRequested;

    /// <summary>The component is gone.</summary>
    public void Dispose()
    {
        if (IsCancellationRequested) return;
        source.Cancel();
        source.Dispose();
    }
}
