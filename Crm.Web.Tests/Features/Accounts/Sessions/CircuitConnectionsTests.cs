using System.Security.Claims;
using Crm.Data.Storage;
using Crm.Web.Features.Accounts.Sessions;
using Crm.Web.Tests.Ground;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.SignalR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace Crm.Web.Tests.Features.Accounts.Sessions;

public sealed class CircuitConnectionsTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory, BothDatabases]
    public async Task A_circuit_that_does_not_leave_by_itself_is_cut_within_a_minute_even_when_no_news_came(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        using var timers = new HandTimer();
        using var connections = new CircuitConnections(shop.Get<AccountStates>(), timers, NullLogger<CircuitConnections>.Instance);
        var (ended, standing) = (await ConnectAsync(shop, connections, "one"), await ConnectAsync(shop, connections, "two"));
        await connections.CutEndedAsync(None);

        await using (var db = shop.Open())
            await db.Sessions.Where(s => s.Id == SessionClaims.SessionId(ended.User)).ExecuteUpdateAsync(set => set.SetProperty(s => s.EndedAt, shop.Clock.Now));
        Assert.InRange(timers.Period + AccountStates.MostAge, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(60));
        shop.Clock.Advance(AccountStates.MostAge);
        timers.Fire();
        await ended.Cut.Task.WaitAsync(TimeSpan.FromSeconds(30));

        await connections.CutEndedAsync(None);
        Assert.False(standing.Cut.Task.IsCompleted);
    }

    [Theory, BothDatabases]
    public async Task One_that_has_left_is_not_asked_about_and_a_strangers_is_left_alone(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        using var timers = new HandTimer();
        using var connections = new CircuitConnections(shop.Get<AccountStates>(), timers, NullLogger<CircuitConnections>.Instance);
        var gone = await ConnectAsync(shop, connections, "gone");
        await connections.OnDisconnectedAsync(Lifetime(shop, gone), null, (_, _) => Task.CompletedTask);
        var stranger = new Connection("stranger", new ClaimsPrincipal(new ClaimsIdentity()));
        await connections.OnConnectedAsync(Lifetime(shop, stranger), _ => Task.CompletedTask);
        await using (var db = shop.Open()) await db.Sessions.ExecuteDeleteAsync();

        shop.Get<AccountStates>().Forget(Guid.Empty);
        await connections.CutEndedAsync(None);

        Assert.False(gone.Cut.Task.IsCompleted || stranger.Cut.Task.IsCompleted);
    }

    [Theory, BothDatabases]
    public async Task Whoever_comes_back_as_nobody_finds_no_circuit(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        using var timers = new HandTimer();
        using var connections = new CircuitConnections(shop.Get<AccountStates>(), timers, NullLogger<CircuitConnections>.Instance);
        var signedIn = await ConnectAsync(shop, connections, "one");
        var nobody = new Connection("nobody", new ClaimsPrincipal(new ClaimsIdentity()));

        Assert.Equal(true, await CallAsync(nameof(SilentHub.ConnectCircuit), signedIn));
        Assert.Equal(false, await CallAsync(nameof(SilentHub.ConnectCircuit), nobody));
        Assert.Equal(true, await CallAsync(nameof(SilentHub.StartCircuit), nobody));

        async Task<object?> CallAsync(string method, Connection connection) => await connections.InvokeMethodAsync(
            new(connection, shop.Get<IServiceProvider>(), new SilentHub(), typeof(SilentHub).GetMethod(method)!, []), _ => ValueTask.FromResult<object?>(true));
    }

    private static async Task<Connection> ConnectAsync(TestShop shop, CircuitConnections connections, string id)
    {
        var session = await Given.SessionAsync(shop, TestPeople.Agent.UserId);
        var account = await shop.Get<AccountStates>().ReadAsync(TestPeople.Agent.UserId, None);
        var connection = new Connection(id, SessionClaims.Of(account!, session.Id, SignInMethods.Password));
        await connections.OnConnectedAsync(Lifetime(shop, connection), _ => Task.CompletedTask);
        return connection;
    }

    private static HubLifetimeContext Lifetime(TestShop shop, Connection connection) => new(connection, shop.Get<IServiceProvider>(), new SilentHub());

    private sealed class SilentHub : Hub
    {
        public void ConnectCircuit() { }

        public void StartCircuit() { }
    }

    private sealed class Connection(string id, ClaimsPrincipal user) : HubCallerContext
    {
        public TaskCompletionSource Cut { get; } = new();
        public override string ConnectionId => id;
        public override string? UserIdentifier => null;
        public override ClaimsPrincipal User => user;
        public override IDictionary<object, object?> Items { get; } = new Dictionary<object, object?>();
        public override IFeatureCollection Features { get; } = new FeatureCollection();
        public override CancellationToken ConnectionAborted => CancellationToken.None;
        public override void Abort() => Cut.TrySetResult();
    }

    /// <summary>A clock whose one timer goes off when the test says so.</summary>
    private sealed class HandTimer : TimeProvider, ITimer
    {
        private Action? goOff;

        public TimeSpan Period { get; private set; }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            (goOff, Period) = (() => callback(state), period);
            return this;
        }

        public void Fire() => goOff!();

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose() => goOff = null;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
