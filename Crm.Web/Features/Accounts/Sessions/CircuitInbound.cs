using Crm.Web.Platform.Access;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace Crm.Web.Features.Accounts.Sessions;

/// <summary>
/// Has the session checked before anything that comes in over a circuit, so that the very next command of somebody who lost it is
/// refused, also on a node that hears no news. From memory as a rule, without a query.
/// </summary>
sealed partial class CircuitInbound(AuthenticationStateProvider authentication, CurrentActor actor, ILogger<CircuitInbound> logger) : CircuitHandler, IDisposable
{
    // what is typed must reach the page in the order in which it was typed, also while the database is asked
    private readonly SemaphoreSlim turn = new(1, 1);

    public override Func<CircuitInboundActivityContext, Task> CreateInboundActivityHandler(Func<CircuitInboundActivityContext, Task> next) =>
        async context => await await BeginAsync(context, next);

    public void Dispose() => turn.Dispose();

    // In turn until the activity has begun; waiting for its end there would keep out the answers that it may be waiting for itself.
    private async Task<Task> BeginAsync(CircuitInboundActivityContext context, Func<CircuitInboundActivityContext, Task> next)
    {
        await turn.WaitAsync();
        try
        {
            return await IsCheckedAsync() ? next(context) : Task.CompletedTask;
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<bool> IsCheckedAsync()
    {
        try
        {
            // told here as well: the news may be on its way to the actor just now
            if (authentication is CircuitSession session) actor.Become(await session.CheckInboundAsync(CancellationToken.None), actor.Ip);
            return true;
        }
        catch (Exception failure)
        {
            // The edge: nobody is let in unlooked at, and a database that is away for a while costs nobody their page.
            LogNotChecked(failure);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Warning, "A session could not be checked, so what its page asked for was left undone")]
    private partial void LogNotChecked(Exception failure);
}
