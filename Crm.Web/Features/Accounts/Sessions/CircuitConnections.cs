using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;

namespace Crm.Web.Features.Accounts.Sessions;

/// <summary>
/// Cuts the connections of circuits whose session has ended. Their services refuse at once and their page leaves by itself; this is
/// for whoever keeps the page from leaving.
/// </summary>
sealed partial class CircuitConnections : IHubFilter, IDisposable
{
    /// <summary>How often it looks; what memory may not know yet (<see cref="AccountStates.MostAge"/>) comes on top.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(25);

    // Blazor's own method, by which a browser takes up the circuit that it had; it answers whether there is one
    private const string ReconnectMethod = "ConnectCircuit";

    private readonly ConcurrentDictionary<string, HubCallerContext> open = new();
    private readonly AccountStates accounts;
    private readonly ILogger<CircuitConnections> logger;
    private readonly ITimer timer;

    public CircuitConnections(AccountStates accounts, TimeProvider clock, ILogger<CircuitConnections> logger)
    {
        (this.accounts, this.logger) = (accounts, logger);
        timer = clock.CreateTimer(_ => _ = LookAsync(), null, Interval, Interval);
    }

    public Task OnConnectedAsync(HubLifetimeContext context, Func<HubLifetimeContext, Task> next)
    {
        if (context.Context.User is { } user && SessionClaims.UserId(user) is not null) open[context.Context.ConnectionId] = context.Context;
        return next(context);
    }

    public Task OnDisconnectedAsync(HubLifetimeContext context, Exception? exception, Func<HubLifetimeContext, Exception?, Task> next)
    {
        open.TryRemove(context.Context.ConnectionId, out _);
        return next(context, exception);
    }

    /// <summary>Whoever was cut off comes back as nobody, and finds no circuit any more: their page loads anew, and asks to sign in.</summary>
    public ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next) =>
        invocationContext.HubMethodName == ReconnectMethod && invocationContext.Context.User?.Identity?.IsAuthenticated != true
            ? ValueTask.FromResult<object?>(false)
            : next(invocationContext);

    /// <summary>Looks at every open connection once.</summary>
    public async Task CutEndedAsync(CancellationToken ct)
    {
        foreach (var (id, connection) in open)
        {
            var session = connection.User!;
            if (SessionClaims.Stands(session, await accounts.RecallAsync(session, ct))) continue;
            open.TryRemove(id, out _);
            connection.Abort();
        }
    }

    public void Dispose() => timer.Dispose();

    private async Task LookAsync()
    {
        try
        {
            await CutEndedAsync(CancellationToken.None);
        }
        catch (Exception failure)
        {
            // The edge of the timer: a database that does not answer now is asked again the next time.
            LogLookFailed(failure);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Could not look for connections whose session has ended")]
    private partial void LogLookFailed(Exception failure);
}
