using System.Net;
using System.Security.Claims;
using Crm.Web.Platform.Access;
using Microsoft.AspNetCore.Components.Authorization;

namespace Crm.Web.Tests.Platform.Access;

public sealed class ActorCircuitHandlerTests
{
    [Fact, Trait("contract", "M-154")]
    public async Task The_trail_says_from_where_a_circuit_was_opened_and_where_it_came_back()
    {
        var (actor, people, connection) = (new CurrentActor(rights: null!), new People(), new HttpContextAccessor());
        using var handler = new ActorCircuitHandler(actor, people, connection);
        connection.HttpContext = From("192.0.2.7");

        await handler.OnCircuitOpenedAsync(null!, default);
        await handler.OnConnectionUpAsync(null!, default);
        Assert.Equal(("Ama Boakye", "192.0.2.7"), (actor.ForAudit.Name, actor.ForAudit.Ip));

        people.Change("Amma Boakye");
        connection.HttpContext = null;
        Assert.Equal(("Amma Boakye", "192.0.2.7"), (actor.ForAudit.Name, actor.ForAudit.Ip));

        connection.HttpContext = From("2001:db8::5");
        await handler.OnConnectionUpAsync(null!, default);
        Assert.Equal(("Amma Boakye", "2001:db8::5"), (actor.ForAudit.Name, actor.ForAudit.Ip));
    }

    private static DefaultHttpContext From(string address) => new() { Connection = { RemoteIpAddress = IPAddress.Parse(address) } };

    private sealed class People : AuthenticationStateProvider
    {
        private AuthenticationState now = Named("Ama Boakye");

        public override Task<AuthenticationState> GetAuthenticationStateAsync() => Task.FromResult(now);

        public void Change(string name) => NotifyAuthenticationStateChanged(Task.FromResult(now = Named(name)));

        private static AuthenticationState Named(string name) => new(new ClaimsPrincipal(new ClaimsIdentity([new Claim(ActorClaims.DisplayName, name)], "test")));
    }
}
