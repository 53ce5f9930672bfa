using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace Crm.Web.Platform.Access;

/// <summary>Tells a circuit's services who is acting, before its first component runs and whenever that changes.</summary>
sealed class ActorCircuitHandler(CurrentActor actor, AuthenticationStateProvider authentication) : CircuitHandler, IDisposable
{
    public override async Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        authentication.AuthenticationStateChanged += Follow;
        actor.Become((await authentication.GetAuthenticationStateAsync()).User, ip: null);
    }

    private async void Follow(Task<AuthenticationState> state) => actor.Become((await state).User, ip: null);

    public void Dispose() => authentication.AuthenticationStateChanged -= Follow;
}
