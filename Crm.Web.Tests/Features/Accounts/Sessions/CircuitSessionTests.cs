using Crm.Data;
using Crm.Data.Live;
using Crm.Data.Storage;
using Crm.Web.Features.Accounts.Sessions;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Live;
using Crm.Web.Platform.Results;
using Crm.Web.Tests.Ground;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Accounts.Sessions;

public sealed class CircuitSessionTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public void A_circuit_is_asked_again_at_least_once_a_minute() => Assert.InRange(CircuitSession.Interval, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(60));

    [Theory, BothDatabases]
    public async Task A_switched_off_account_loses_its_open_circuit(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var desk = await OpenCircuitAsync(shop, TestPeople.Agent);
        var actor = desk.Get<CurrentActor>();
        Assert.True(actor.IsStaff);

        var left = NextState(desk);
        await ChangeAsync(shop, db => db.Users.SingleAsync(u => u.Id == TestPeople.Agent.UserId).ContinueWith(u => u.Result.IsActive = false, TaskScheduler.Default));
        var state = await left;

        Assert.False(state.User.Identity?.IsAuthenticated);
        Assert.False(actor.IsStaff);
        Assert.Null(actor.UserId);
    }

    [Theory, BothDatabases]
    public async Task A_taken_role_counts_in_an_open_circuit_and_the_session_stays(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var desk = await OpenCircuitAsync(shop, TestPeople.Manager);
        var actor = desk.Get<CurrentActor>();
        Assert.True(actor.IsManagement);

        var changed = NextState(desk);
        await ChangeAsync(shop, async db =>
        {
            await db.UserRoles.Where(r => r.UserId == TestPeople.Manager.UserId).ExecuteDeleteAsync();
            db.MarkChanged(ChangeKinds.User);
        });
        var state = await changed;

        Assert.True(state.User.Identity!.IsAuthenticated);
        Assert.False(actor.IsManagement);
        Assert.Equal(TestPeople.Manager.UserId, actor.UserId);
        Assert.NotNull(actor.UnlessStaff());
    }

    [Theory, BothDatabases]
    public async Task An_ended_session_loses_its_open_circuit_and_its_very_next_command(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var desk = await OpenCircuitAsync(shop, TestPeople.Agent);
        var actor = desk.Get<CurrentActor>();
        var other = await Given.SessionAsync(shop, TestPeople.Agent.UserId);

        var left = NextState(desk);
        await ChangeAsync(shop, async db => Assert.Equal(1, await shop.Get<SessionRegister>().EndAllAsync(db, TestPeople.Agent.UserId, except: other.Id, None)));
        await left;

        Assert.IsType<ForbiddenError>((await desk.Get<SessionService>().ListAsync(None)).Error);
        Assert.NotNull(actor.UnlessStaff());
        await using var db = shop.Open();
        Assert.Equal([other.Id], await db.Sessions.Where(s => s.UserId == TestPeople.Agent.UserId && s.EndedAt == null).Select(s => s.Id).ToListAsync());
    }

    [Theory, BothDatabases]
    public async Task The_very_next_command_is_refused_also_where_no_news_is_heard(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var (agent, manager, owner) = (await OpenCircuitAsync(shop, TestPeople.Agent, listen: false), await OpenCircuitAsync(shop, TestPeople.Manager, listen: false), await OpenCircuitAsync(shop, TestPeople.Owner, listen: false));
        foreach (var desk in new[] { agent, manager, owner }) Assert.Null(await CommandAsync(desk, actor => actor.UnlessStaff()));

        // another node; where there is none, this one
        await using var elsewhere = kind is DatabaseKind.Postgres ? new CrmDatabase(kind, shop.Connection, shop.Clock, NoChangeSink.Instance) : null;
        await using (var db = (elsewhere ?? shop.Database).Open(Actor.System("test")))
        await using (var write = await db.BeginWriteAsync(None))
        {
            (await db.Users.SingleAsync(u => u.Id == TestPeople.Agent.UserId)).IsActive = false;
            (await db.Users.SingleAsync(u => u.Id == TestPeople.Owner.UserId)).SecurityStamp = "another password";
            await db.UserRoles.Where(r => r.UserId == TestPeople.Manager.UserId).ExecuteDeleteAsync();
            db.MarkChanged(ChangeKinds.User);
            await db.SaveChangesAsync();
            await write.CommitAsync(None);
        }
        if (kind is DatabaseKind.Postgres) Assert.True(agent.Get<CurrentActor>().IsStaff && manager.Get<CurrentActor>().IsStaff && owner.Get<CurrentActor>().IsStaff);

        Assert.IsType<ForbiddenError>(await CommandAsync(agent, actor => actor.UnlessStaff()));
        Assert.IsType<ForbiddenError>(await CommandAsync(manager, actor => actor.UnlessStaff()));
        Assert.IsType<ForbiddenError>(await CommandAsync(owner, actor => actor.UnlessOwner()));
        Assert.Equal((null, TestPeople.Manager.UserId, null), (agent.Get<CurrentActor>().UserId, manager.Get<CurrentActor>().UserId, owner.Get<CurrentActor>().UserId));
    }

    [Theory, BothDatabases]
    public async Task A_session_that_has_run_out_is_refused(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var started = await Given.SessionAsync(shop, TestPeople.Agent.UserId);
        var states = shop.Get<AccountStates>();
        var session = SessionClaims.Of((await states.ReadAsync(TestPeople.Agent.UserId, None))!, started.Id, SignInMethods.Password);
        Assert.True(SessionClaims.Stands(session, await states.RecallAsync(session, None)));

        shop.Clock.Advance(TimeSpan.FromHours(24));
        Assert.False(SessionClaims.Stands(session, await states.RecallAsync(session, None)));
    }

    [Theory, BothDatabases]
    public async Task Other_peoples_changes_leave_a_circuit_alone(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var desk = await OpenCircuitAsync(shop, TestPeople.Agent);
        var told = new TaskCompletionSource();
        var disturbed = NextState(desk);
        using var ear = shop.Get<ChangeFeed>().Remember([ChangeKinds.User], _ => told.TrySetResult());

        await ChangeAsync(shop, db => db.Users.SingleAsync(u => u.Id == TestPeople.Owner.UserId).ContinueWith(u => u.Result.IsActive = false, TaskScheduler.Default));
        await told.Task.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.False(disturbed.IsCompleted);
        Assert.True(desk.Get<CurrentActor>().IsStaff);
    }

    /// <summary>What a click of theirs does on the server: everything that looks at a circuit's activity first, then the command.</summary>
    private static async Task<Error?> CommandAsync(TestDesk desk, Func<CurrentActor, Error?> command)
    {
        Error? refusal = null;
        Func<CircuitInboundActivityContext, Task> activity = _ => { refusal = command(desk.Get<CurrentActor>()); return Task.CompletedTask; };
        foreach (var handler in desk.Get<IEnumerable<CircuitHandler>>().Reverse()) activity = handler.CreateInboundActivityHandler(activity);
        await activity(null!);
        return refusal;
    }

    private static async Task<TestDesk> OpenCircuitAsync(TestShop shop, TestPerson person, bool listen = true)
    {
        if (listen)
        {
            await shop.Get<PostgresChangeListener>().StartAsync(None);
            await shop.Get<PostgresChangeListener>().WaitUntilListeningAsync(None);
        }
        var desk = shop.AsStranger();
        var session = (CircuitSession)desk.Get<AuthenticationStateProvider>();
        var started = await Given.SessionAsync(shop, person.UserId);
        session.SetAuthenticationState(Task.FromResult(new AuthenticationState(SessionClaims.Of((await shop.Get<AccountStates>().ReadAsync(person.UserId, None))!, started.Id, SignInMethods.Password))));
        foreach (var handler in desk.Get<IEnumerable<CircuitHandler>>()) await handler.OnCircuitOpenedAsync(null!, None);
        return desk;
    }

    private static async Task<AuthenticationState> NextState(TestDesk desk)
    {
        var next = new TaskCompletionSource<AuthenticationState>();
        desk.Get<AuthenticationStateProvider>().AuthenticationStateChanged += async state => next.TrySetResult(await state);
        return await next.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    private static async Task ChangeAsync(TestShop shop, Func<CrmDbContext, Task> change)
    {
        await using var db = shop.Open();
        await using var write = await db.BeginWriteAsync(None);
        await change(db);
        await db.SaveChangesAsync();
        await write.CommitAsync(None);
    }
}
