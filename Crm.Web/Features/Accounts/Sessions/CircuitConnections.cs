using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;

namespace Crm.Web.Features.Accounts.Sessions;

/// <summary>
/// Cuts the connections of circuits whose session has ended. Their services refuse at once and their page leaves by itself; this is
/// for whoever keeps the page from leaving.
/// </summary>
sealed class CircuitConnections : IHubFilter, IDisposable
{
    /// <summary>How often it looks; what memory may not know yet (<see cref="AccountStates.MostAge"/>) comes on top.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(25);

    private readonly ConcurrentDictionary<string, HubCallerContext> open = new();
    private readonly AccountStates accounts;
    private readonly ITimer timer;

    public CircuitConnections(AccountStates accounts, TimeProvider clock)
    {
        this.accounts = accounts;
        timer = clock.CreateTimer(_ => _ = CutEndedAsync(CancellationToken.None), null, Interval, Interval);
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
}
