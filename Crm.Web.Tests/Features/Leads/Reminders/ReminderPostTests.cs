using Crm.Data;
using Crm.Data.Audit;
using Crm.Data.Leads;
using Crm.Data.Live;
using Crm.Data.Storage;
using Crm.Web.Features.Leads;
using Crm.Web.Features.Leads.Reminders;
using Crm.Web.Features.Messaging.Mails;
using Crm.Web.Features.Settings;
using Crm.Web.Features.Settings.Clocks;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Outbox;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Leads.Reminders;

/// <summary>Reminders fire: one notice and one mail each, whatever happens to the nodes.</summary>
[Trait("contract", "M-141")]
[Trait("contract", "M-142")]
public sealed class ReminderPostTests
{
    private static readonly CancellationToken Ct = CancellationToken.None;

    [Theory, BothDatabases]
    public async Task What_is_due_is_told_once_by_bell_and_mail(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var lead = await shop.LeadAsync("Accra Grill House", owner: TestPeople.OtherAgent);
        var due = await shop.ReminderAsync(lead, dueAt: shop.Clock.Now, of: TestPeople.Agent);
        var later = await shop.ReminderAsync(lead, "Later", shop.Clock.Now.AddMinutes(1), TestPeople.Agent);

        Assert.Equal("1 reminder sent.", await shop.PostAsync());
        Assert.Equal("0 reminders sent.", await shop.PostAsync());

        await using var db = shop.Open();
        var notice = await db.Notices.SingleAsync(Ct);
        Assert.Equal((TestPeople.Agent.UserId, "reminder", "Send the price list · Accra Grill House", $"/leads/{lead}"), (notice.UserId, notice.Kind, notice.Text, notice.Link));
        var mail = Assert.Single(await TestMail.WaitingAsync(db));
        Assert.Equal("ama@example.com", mail.ToEmail);
        Assert.Equal(new ReminderDueMail("Ama", "Send the price list", "Accra Grill House", null, shop.Clock.Now, $"/leads/{lead}", "America/Toronto"), mail.Mail);
        Assert.Equal(notice.Key, (await db.OutboxMessages.SingleAsync(Ct)).Key);
        var (sent, waits) = (await db.Reminders.SingleAsync(r => r.Id == due, Ct), await db.Reminders.SingleAsync(r => r.Id == later, Ct));
        Assert.Equal((ReminderStatus.Sent, shop.Clock.Now), (sent.Status, sent.SentAt));
        Assert.Equal((ReminderStatus.Pending, null), (waits.Status, waits.SentAt));
        Assert.Contains("Sent to Ama Boakye", (await db.AuditEntries.SingleAsync(a => a.EntityId == due && a.Action == AuditAction.Noted, Ct)).After);
    }

    [Theory, BothDatabases]
    public async Task The_subject_names_what_is_to_be_done(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var lead = await shop.LeadAsync("Mama Nkẹ́chi's Kitchen");
        await shop.ReminderAsync(lead, "Taste the ọfada rice", of: TestPeople.Agent);
        await shop.PostAsync();

        await using var db = shop.Open();
        var envelope = Assert.Single(await TestMail.WaitingAsync(db));
        var words = shop.Get<MailTemplates>().Render("reminder-due", "en", new Dictionary<string, object?>
        {
            ["shop"] = "Baobab", ["address"] = "", ["home"] = "", ["name"] = "Ama", ["link"] = "https://shop.example/leads", ["details"] = "", ["due"] = "now",
            ["title"] = ((ReminderDueMail)envelope.Mail).Title, ["lead"] = ((ReminderDueMail)envelope.Mail).Lead,
        });
        Assert.Equal("Reminder: Taste the ọfada rice", words.Subject);
        Assert.Contains("Mama Nkẹ́chi's Kitchen", words.Text);
    }

    [Theory, BothDatabases]
    public async Task Nodes_that_race_tell_each_once(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var lead = await shop.LeadAsync("Accra Grill House");
        const int Count = ReminderPost.BatchSize * 2 + 20;
        for (var i = 0; i < Count; i++) await shop.ReminderAsync(lead, $"Thing {i}", shop.Clock.Now.AddSeconds(-i % 7), TestPeople.Agent);
        await using var second = new CrmDatabase(kind, shop.Connection, shop.Clock, NoChangeSink.Instance);
        await using var third = new CrmDatabase(kind, shop.Connection, shop.Clock, NoChangeSink.Instance);

        await Task.WhenAll(Node(shop, shop.Database).RunAsync(Ct), Node(shop, second).RunAsync(Ct), Node(shop, third).RunAsync(Ct));

        await AssertEachOnceAsync(shop, Count);
    }

    [Theory, BothDatabases]
    public async Task A_node_that_dies_after_the_claim_has_told_nothing_and_another_tells_it_once(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var lead = await shop.LeadAsync("Accra Grill House");
        await shop.ReminderAsync(lead, of: TestPeople.Agent);

        await Assert.ThrowsAsync<InvalidOperationException>(() => Node(shop, shop.Database, new Mailer(new OutboxWriter(new BrokenClock()))).RunAsync(Ct));
        await using (var db = shop.Open())
        {
            Assert.Equal(ReminderStatus.Pending, (await db.Reminders.SingleAsync(Ct)).Status);
            Assert.Equal((0, 0), (await db.Notices.CountAsync(Ct), await db.OutboxMessages.CountAsync(Ct)));
        }

        Assert.Equal("1 reminder sent.", await shop.PostAsync());
        await AssertEachOnceAsync(shop, 1);
    }

    [Theory, BothDatabases]
    public async Task Called_off_or_done_it_is_never_told_and_snoozed_only_at_its_new_time(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var lead = await shop.LeadAsync("Accra Grill House");
        var now = shop.Clock.Now;
        await shop.ReminderAsync(lead, "called off", now.AddHours(-1), TestPeople.Agent, then: r => r.Cancel(now));
        await shop.ReminderAsync(lead, "done", now.AddHours(-1), TestPeople.Agent, then: r => r.Finish(now));
        var snoozed = await shop.ReminderAsync(lead, "snoozed", now.AddHours(-1), TestPeople.Agent);
        Assert.Equal("1 reminder sent.", await shop.PostAsync());
        Assert.Null((await shop.As(TestPeople.Agent).Get<LeadReminders>().SnoozeAsync(lead, snoozed, SnoozeBy.TenMinutes, Ct)).Error);

        shop.Clock.Advance(TimeSpan.FromMinutes(9));
        Assert.Equal("0 reminders sent.", await shop.PostAsync());
        shop.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("1 reminder sent.", await shop.PostAsync());
        shop.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal("0 reminders sent.", await shop.PostAsync());

        await using var db = shop.Open();
        Assert.Equal(["snoozed · Accra Grill House", "snoozed · Accra Grill House"], await db.Notices.Select(n => n.Text).ToListAsync(Ct));
        Assert.Equal(2, await db.OutboxMessages.CountAsync(Ct));
    }

    [Theory, BothDatabases]
    public async Task What_came_due_while_the_shop_was_closed_is_told_once_when_it_opens(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var lead = await shop.LeadAsync("Accra Grill House");
        await shop.ReminderAsync(lead, dueAt: shop.Clock.Now.AddDays(2), of: TestPeople.Agent);
        shop.Clock.Advance(TimeSpan.FromDays(9));

        Assert.Equal("1 reminder sent.", await shop.PostAsync());
        Assert.Equal("0 reminders sent.", await shop.PostAsync());
        await AssertEachOnceAsync(shop, 1);
    }

    [Theory, BothDatabases]
    public async Task Whoever_left_is_told_nothing_and_the_leads_owner_is_told_instead(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var (owned, orphan) = (await shop.LeadAsync("Owned", owner: TestPeople.OtherAgent), await shop.LeadAsync("Orphan"));
        await using (var db = shop.Open())
        {
            (await db.Users.SingleAsync(u => u.Id == TestPeople.Agent.UserId, Ct)).IsActive = false;
            await db.SaveChangesAsync(Ct);
        }
        await shop.ReminderAsync(owned, "of one who left", of: TestPeople.Agent);
        await shop.ReminderAsync(owned, "of nobody");
        await shop.ReminderAsync(orphan, "of one who left, nobody's lead", of: TestPeople.Agent);

        Assert.Equal("3 reminders sent.", await shop.PostAsync());

        await using var read = shop.Open();
        var told = (await read.Notices.ToListAsync(Ct)).Select(n => (n.Text, n.UserId)).ToList();
        Assert.Equal(
            new[] { ("of one who left · Owned", TestPeople.OtherAgent.UserId), ("of nobody · Owned", TestPeople.OtherAgent.UserId),
                ("of one who left, nobody's lead · Orphan", TestPeople.Owner.UserId), ("of one who left, nobody's lead · Orphan", TestPeople.Manager.UserId) }.Order(),
            told.Order());
        Assert.Equal(4, await read.OutboxMessages.CountAsync(Ct));
        Assert.DoesNotContain(await TestMail.WaitingAsync(read), m => m.ToEmail == "ama@example.com");
    }

    [Theory, BothDatabases]
    public async Task Nobody_is_told_of_a_lead_that_they_may_not_see(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var lead = await shop.LeadAsync("Accra Grill House", owner: TestPeople.OtherAgent);
        await shop.ReminderAsync(lead, of: TestPeople.Agent);
        Assert.Null((await shop.As(TestPeople.Owner).Get<Web.Features.Accounts.RoleRights.RightsService>().SetAsync(Roles.Agent, Permission.SeeAllLeads, false, Ct)).Error);

        await shop.PostAsync();

        await using var db = shop.Open();
        Assert.Equal(TestPeople.OtherAgent.UserId, (await db.Notices.SingleAsync(Ct)).UserId);
        Assert.Equal("tunde@example.com", Assert.Single(await TestMail.WaitingAsync(db)).ToEmail);
    }

    private static ReminderPost Node(TestShop shop, CrmDatabase database, Mailer? mailer = null) =>
        new(new Contexts(database), shop.Get<StaffDirectory>(), shop.Get<ReminderPeople>(), mailer ?? shop.Get<Mailer>(), shop.Get<Shop>(), shop.Get<Zones>());

    private static async Task AssertEachOnceAsync(TestShop shop, int count)
    {
        await using var db = shop.Open();
        Assert.Equal(count, await db.Reminders.CountAsync(r => r.Status == ReminderStatus.Sent, Ct));
        Assert.Equal(count, await db.Notices.CountAsync(Ct));
        Assert.Equal(count, await db.OutboxMessages.CountAsync(Ct));
        Assert.Equal(await db.Notices.Select(n => n.Key).Order().ToListAsync(Ct), await db.OutboxMessages.Select(m => m.Key).Order().ToListAsync(Ct));
    }

    private sealed class Contexts(CrmDatabase database) : IDbContextFactory<CrmDbContext>
    {
        public CrmDbContext CreateDbContext() => database.Open(Actor.System("node"));
    }

    private sealed class BrokenClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => throw new InvalidOperationException("the power went");
    }
}
