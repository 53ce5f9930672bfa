using Crm.Data.Accounts;
using Crm.Data.Limits;
using Crm.Data.Outbox;
using Crm.Data.Storage;
using Crm.Web.Features.Accounts.Sessions;
using Crm.Web.Features.Messaging.Mails;
using Crm.Web.Platform.Jobs;
using Crm.Web.Platform.Limits;
using Crm.Web.Platform.Outbox;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Platform.Jobs;

/// <summary>The sweeps take what opens nothing any more, and nothing else; a second time finds nothing.</summary>
[Trait("contract", "M-251")]
public class SweepTests
{
    private static readonly CancellationToken Now = CancellationToken.None;
    private static readonly DateTime Today = TestClock.Start;

    [Theory, BothDatabases]
    public async Task Messages_sent_or_given_up_a_month_ago_go(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await using (var db = shop.Open())
        {
            db.OutboxMessages.AddRange(
                Message("sent long ago", OutboxState.Sent, -31), Message("sent lately", OutboxState.Sent, -29),
                Message("dead long ago", OutboxState.Dead, -31), Message("dead lately", OutboxState.Dead, -29), Message("waiting", OutboxState.Waiting, -6));
            await db.SaveChangesAsync();
        }

        Assert.Equal("0 messages ended by their age, 2 old messages removed.", await RunAsync<OutboxSweep>(shop));
        Assert.Equal("0 messages ended by their age, 0 old messages removed.", await RunAsync<OutboxSweep>(shop));

        await using var read = shop.Open();
        Assert.Equal(["dead lately", "sent lately", "waiting"], await read.OutboxMessages.Select(m => m.Key).OrderBy(k => k).ToListAsync());
    }

    [Theory, BothDatabases]
    public async Task Secret_links_go_when_they_no_longer_work_also_where_nothing_is_sent(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await using (var db = shop.Open())
        {
            shop.Get<Mailer>().Post(db, "waiting", "ama@example.com", "", new PasswordResetMail("", "/reset-password?token=SECRET", 60));
            shop.Get<Mailer>().Post(db, "dead", "kofi@example.com", "", new VerifyEmailMail("", "/verify-email?token=SECRET", 1));
            shop.Get<Mailer>().Post(db, "longer", "esi@example.com", "", new VerifyEmailMail("", "/verify-email?token=SECRET", 24));
            shop.Get<Mailer>().Post(db, "open", "yaa@example.com", "", new WelcomeMail("", "/me"));
            await db.SaveChangesAsync();
            await db.OutboxMessages.Where(m => m.Key == "dead").ExecuteUpdateAsync(set => set.SetProperty(m => m.State, OutboxState.Dead).SetProperty(m => m.LastError, "no"));
        }
        shop.Clock.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal("0 messages ended by their age, 0 old messages removed.", await RunAsync<OutboxSweep>(shop));
        shop.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("2 messages ended by their age, 0 old messages removed.", await RunAsync<OutboxSweep>(shop));
        Assert.Equal("0 messages ended by their age, 0 old messages removed.", await RunAsync<OutboxSweep>(shop));

        await using var read = shop.Open();
        var rows = await read.OutboxMessages.OrderBy(m => m.Key).ToListAsync();
        Assert.Equal([("dead", OutboxState.Dead, "no"), ("longer", OutboxState.Waiting, null), ("open", OutboxState.Waiting, null), ("waiting", OutboxState.Dead, "Its link no longer works.")],
            rows.Select(m => (m.Key, m.State, m.LastError)));
        Assert.Equal(["longer"], rows.Where(m => m.Body.Contains("SECRET")).Select(m => m.Key));
        Assert.Contains("Password reset to ama@example.com", (await shop.As(TestPeople.Owner).Get<OutboxBoard>().ViewAsync(Now)).Value.Troubled.Select(t => t.What));
        shop.Clock.Advance(TimeSpan.FromDays(7));
        Assert.Equal("2 messages ended by their age, 0 old messages removed.", await RunAsync<OutboxSweep>(shop));
    }

    [Theory, BothDatabases]
    public async Task Counters_whose_window_is_over_go(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await using (var db = shop.Open())
        {
            db.RateCounters.AddRange(
                new RateCounter { Key = "old", WindowStart = Today.AddDays(-3).Ticks, Used = 1 }, new RateCounter { Key = "new", WindowStart = Today.AddHours(-30).Ticks, Used = 1 });
            await db.SaveChangesAsync();
        }

        Assert.Equal("1 counters removed.", await RunAsync<RateCounterSweep>(shop));

        await using var read = shop.Open();
        Assert.Equal("new", (await read.RateCounters.SingleAsync()).Key);
    }

    [Theory, BothDatabases]
    public async Task Sessions_tokens_and_links_that_are_over_go(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        Session old = SessionOf(-40, -31), over = SessionOf(-3, -2), open = SessionOf(-1, 1), ended = SessionOf(-40, 30);
        ended.End(Today.AddDays(-31));
        await using (var db = shop.Open())
        {
            db.Sessions.AddRange(old, over, open, ended);
            db.RefreshTokens.AddRange(TokenOf(old, -31, 1), TokenOf(over, -2, 2), TokenOf(open, 1, 3), TokenOf(ended, 20, 4));
            db.OneTimeTokens.AddRange(LinkOf(-2, 1), LinkOf(0, 2), LinkOf(1, 3));
            await db.SaveChangesAsync();
        }

        Assert.Equal("2 sessions, 3 refresh tokens and 1 links removed.", await RunAsync<AccountSweep>(shop));
        Assert.Equal("0 sessions, 0 refresh tokens and 0 links removed.", await RunAsync<AccountSweep>(shop));

        await using var read = shop.Open();
        Assert.Equal(new[] { over.Id, open.Id }.Order(), (await read.Sessions.Select(s => s.Id).ToListAsync()).Order());
        Assert.Equal(open.Id, (await read.RefreshTokens.SingleAsync()).SessionId);
        Assert.Equal(2, await read.OneTimeTokens.CountAsync());
    }

    private static Task<string> RunAsync<TJob>(TestShop shop)
        where TJob : IBackgroundJob =>
        shop.Get<JobRunner>().RunAsync(shop.Get<JobRunner>().Plans.Single(p => p.Type == typeof(TJob)).Name, Now);

    private static OutboxMessage Message(string key, OutboxState state, int days) => new()
    {
        Channel = "mail", Key = key, Body = "{}", State = state, CreatedAt = Today.AddDays(days), DueAt = Today.AddDays(days),
        SentAt = state is OutboxState.Sent ? Today.AddDays(days) : null,
    };

    private static Session SessionOf(int started, int expires) =>
        new() { UserId = TestPeople.Agent.UserId, Kind = SessionKind.Api, StartedAt = Today.AddDays(started), ExpiresAt = Today.AddDays(expires) };

    private static RefreshToken TokenOf(Session session, int expires, byte mark) => new() { SessionId = session.Id, Hash = [mark], ExpiresAt = Today.AddDays(expires) };

    private static OneTimeToken LinkOf(int expires, byte mark) => new()
    {
        UserId = TestPeople.Agent.UserId, Purpose = TokenPurpose.VerifyEmail, Hash = [mark], Email = "ama@example.com",
        IssuedAt = Today.AddDays(-5), ExpiresAt = Today.AddDays(expires),
    };
}
