using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace Crm.Web.Platform.Access;

/// <summary>
/// Tells a circuit's services who is acting and from where: before its first component runs, whenever the person changes, and
/// when the circuit comes back over another connection.
/// </summary>
sealed class ActorCircuitHandler(CurrentActor actor, AuthenticationStateProvider authentication, IHttpContextAccessor connection) : CircuitHandler, IDisposable
{
    public override async Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        var ip = Address; // of the request that holds the connection; known only while it is being opened
        authentication.AuthenticationStateChanged += Follow;
        actor.Become((await authentication.GetAuthenticationStateAsync()).User, ip);
    }

    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        if (Address is { } ip) actor.MoveTo(ip);
        return Task.CompletedTask;
    }

    private string? Address => connection.HttpContext?.Connection.RemoteIpAddress?.ToString();

    private async void Follow(Task<AuthenticationState> state) => actor.Become((await state).User, actor.Ip);

    public void Dispose() => authentication.AuthenticationStateChanged -= Follow;
}
