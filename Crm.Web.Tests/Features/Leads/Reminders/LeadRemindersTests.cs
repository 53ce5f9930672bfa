using Crm.Data.Leads;
using Crm.Data.Storage;
using Crm.Web.Features.Leads;
using Crm.Web.Features.Leads.Reminders;
using Crm.Web.Platform.Paging;
using Crm.Web.Platform.Results;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Leads.Reminders;

/// <summary>What people do with reminders: give, change, put off, finish, call off, bring back; and their lists.</summary>
[Trait("contract", "M-140")]
public sealed class LeadRemindersTests
{
    private static readonly CancellationToken Ct = CancellationToken.None;

    [Theory, BothDatabases]
    public async Task A_finished_repeated_one_has_one_follower_however_often_it_is_finished(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var lead = await shop.LeadAsync("Accra Grill House");
        var first = await shop.ReminderAsync(lead, dueAt: shop.Clock.Now, of: TestPeople.OtherAgent, repeat: ReminderRepeat.Weekly);
        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => shop.As(TestPeople.Agent).Get<LeadReminders>().FinishAsync(lead, first, Ct)));

        Assert.All(results, r => Assert.True(r.Error is null or LeadBusy));
        await using var db = shop.Open();
        var follower = await db.Reminders.SingleAsync(r => r.FollowsId == first, Ct);
        Assert.Equal((shop.Clock.Now.AddDays(7), ReminderRepeat.Weekly, TestPeople.OtherAgent.UserId, ReminderStatus.Pending),
            (follower.DueAt, follower.Repeat, follower.UserId!.Value, follower.Status));
        Assert.NotNull((await db.Reminders.SingleAsync(r => r.Id == first, Ct)).DoneAt);
    }

    [Theory, BothDatabases]
    public async Task Opened_again_it_takes_its_untouched_follower_back(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var lead = await shop.LeadAsync("Accra Grill House");
        var reminders = shop.As(TestPeople.Agent).Get<LeadReminders>();
        var first = await shop.ReminderAsync(lead, of: TestPeople.Agent, repeat: ReminderRepeat.Daily);

        await reminders.FinishAsync(lead, first, Ct);
        Assert.Null((await reminders.ReopenAsync(lead, first, Ct)).Error);
        await using (var db = shop.Open()) Assert.Null((await db.Reminders.SingleAsync(Ct)).DoneAt);

        await reminders.FinishAsync(lead, first, Ct);
        await using (var db = shop.Open())
            Assert.Null((await reminders.SnoozeAsync(lead, (await db.Reminders.SingleAsync(r => r.FollowsId == first, Ct)).Id, SnoozeBy.Hour, Ct)).Error);
        await reminders.ReopenAsync(lead, first, Ct);
        await using var read = shop.Open();
        Assert.Equal(2, await read.Reminders.CountAsync(Ct));
    }

    [Theory, BothDatabases]
    public async Task A_series_on_the_last_of_the_month_comes_back_to_its_day(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var lead = await shop.LeadAsync("Accra Grill House");
        var reminders = shop.As(TestPeople.Agent).Get<LeadReminders>();
        var id = await shop.ReminderAsync(lead, dueAt: new DateTime(2027, 1, 31, 15, 0, 0, DateTimeKind.Utc), of: TestPeople.Agent, repeat: ReminderRepeat.Monthly);
        var days = new List<int>();
        for (var i = 0; i < 4; i++)
        {
            await reminders.FinishAsync(lead, id, Ct);
            await using var db = shop.Open();
            var next = await db.Reminders.SingleAsync(r => r.FollowsId == id, Ct);
            (id, _) = (next.Id, next);
            days.Add(next.DueAt.Day);
        }
        Assert.Equal([28, 31, 30, 31], days);
    }

    [Theory, BothDatabases]
    public async Task Whoever_is_given_one_is_told_and_whoever_gives_it_to_themselves_is_not(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var lead = await shop.LeadAsync("Accra Grill House");
        var reminders = shop.As(TestPeople.Agent).Get<LeadReminders>();
        var on = new DateOnly(2026, 11, 27);
        var mine = (await reminders.AddAsync(lead, new LeadReminderEdit { Title = "Mine", On = on }, Ct)).Value;
        await reminders.AddAsync(lead, new LeadReminderEdit { Title = "Yours", On = on, UserId = TestPeople.OtherAgent.UserId }, Ct);
        Assert.Null((await reminders.AssignAsync(lead, mine, TestPeople.Manager.UserId, Ct)).Error);
        Assert.IsType<InvalidError>((await reminders.AssignAsync(lead, mine, TestPeople.CustomerA.UserId, Ct)).Error);

        await using var db = shop.Open();
        Assert.Equal(
            new[] { (TestPeople.Manager.UserId, "Ama Boakye gave you a reminder: Mine · Accra Grill House"), (TestPeople.OtherAgent.UserId, "Ama Boakye gave you a reminder: Yours · Accra Grill House") },
            (await db.Notices.ToListAsync(Ct)).OrderBy(n => n.UserId).Select(n => (n.UserId, n.Text)));
    }

    [Theory, BothDatabases]
    public async Task Nobody_is_given_one_of_a_lead_that_they_may_not_see(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var lead = await shop.LeadAsync("Accra Grill House", owner: TestPeople.Agent);
        Assert.Null((await shop.As(TestPeople.Owner).Get<Web.Features.Accounts.RoleRights.RightsService>().SetAsync("Agent", Web.Platform.Access.Permission.SeeAllLeads, false, Ct)).Error);
        var refused = await shop.As(TestPeople.Agent).Get<LeadReminders>()
            .AddAsync(lead, new LeadReminderEdit { Title = "Call", On = new DateOnly(2026, 11, 27), UserId = TestPeople.OtherAgent.UserId }, Ct);
        Assert.Equal("Tunde Balogun does not see this lead.", Assert.IsType<InvalidError>(refused.Error).For("UserId"));
    }

    [Theory, BothDatabases]
    [Trait("contract", "M-142")]
    public async Task Another_time_is_told_anew_and_other_words_are_not(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var lead = await shop.LeadAsync("Accra Grill House");
        var reminders = shop.As(TestPeople.Agent).Get<LeadReminders>();
        var edit = new LeadReminderEdit { Title = "Call", On = new DateOnly(2026, 11, 20), Time = new TimeOnly(9, 0) };
        var id = (await reminders.AddAsync(lead, edit, Ct)).Value;
        await shop.PostAsync();

        edit.Title = "Call Kwame";
        Assert.Null((await reminders.EditAsync(lead, id, null, edit, Ct)).Error);
        Assert.Equal(ReminderStatus.Sent, await StatusAsync());
        edit.On = new DateOnly(2026, 11, 27);
        Assert.Null((await reminders.EditAsync(lead, id, null, edit, Ct)).Error);
        Assert.Equal(ReminderStatus.Pending, await StatusAsync());
        Assert.Null((await reminders.CancelAsync(lead, id, Ct)).Error);
        Assert.Equal(ReminderStatus.Cancelled, await StatusAsync());
        Assert.IsType<ReminderClosed>((await reminders.SnoozeAsync(lead, id, SnoozeBy.Hour, Ct)).Error);
        Assert.IsType<ReminderClosed>((await reminders.MoveAsync(lead, id, new DateTime(2026, 11, 28, 9, 0, 0), Ct)).Error);
        Assert.Null((await reminders.ReopenAsync(lead, id, Ct)).Error);
        Assert.Equal(ReminderStatus.Pending, await StatusAsync());

        async Task<ReminderStatus> StatusAsync()
        {
            await using var db = shop.Open();
            return (await db.Reminders.SingleAsync(r => r.Id == id, Ct)).Status;
        }
    }

    [Theory, BothDatabases]
    public async Task A_lost_race_says_what_is_there_now_and_saves_nothing(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var lead = await shop.LeadAsync("Accra Grill House");
        var id = await shop.ReminderAsync(lead, of: TestPeople.Agent);
        var reminders = shop.As(TestPeople.Agent).Get<LeadReminders>();
        var seen = await SeenAsync();
        await reminders.MoveAsync(lead, id, new DateTime(2026, 11, 21, 14, 30, 0), Ct);
        var mine = new LeadReminderEdit { Title = "Mine", On = new DateOnly(2026, 12, 1) };

        var lost = Assert.IsType<ReminderChanged>((await reminders.EditAsync(lead, id, seen, mine, Ct)).Error);
        Assert.Equal("Somebody changed this reminder meanwhile. It is now “Send the price list”, due Tomorrow, 14:30. Save again to have yours instead.", lost.Message);
        await using var db = shop.Open();
        Assert.Equal(new DateTime(2026, 11, 21, 19, 30, 0), (await db.Reminders.AsNoTracking().SingleAsync(Ct)).DueAt);
        Assert.Null((await reminders.EditAsync(lead, id, lost.Now, mine, Ct)).Error);

        seen = await SeenAsync();
        await reminders.SnoozeAsync(lead, id, SnoozeBy.Hour, Ct); // shows in no field of the form
        mine.Title = "Mine again";
        Assert.Null((await reminders.EditAsync(lead, id, seen, mine, Ct)).Error);
        Assert.Equal("Mine again", (await db.Reminders.AsNoTracking().SingleAsync(Ct)).Title);

        async Task<LeadReminderEdit> SeenAsync() => reminders.Of(Assert.Single((await shop.As(TestPeople.Agent).Get<LeadQueries>().FindAsync(lead, Ct)).Value.Reminders));
    }

    [Theory, BothDatabases]
    [Trait("contract", "M-143")]
    [Trait("contract", "M-144")]
    public async Task The_lists_hold_what_their_names_say_of_ones_own_or_of_everybody(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var lead = await shop.LeadAsync("Accra Grill House");
        var now = shop.Clock.Now;
        await shop.ReminderAsync(lead, "late", now.AddDays(-2), TestPeople.Agent);
        await shop.ReminderAsync(lead, "just late", now.AddMinutes(-1), TestPeople.Agent);
        await shop.ReminderAsync(lead, "today", now.AddHours(2), TestPeople.Agent);
        await shop.ReminderAsync(lead, "tonight", new DateTime(2026, 11, 21, 4, 59, 0, DateTimeKind.Utc), TestPeople.Agent);
        await shop.ReminderAsync(lead, "tomorrow", new DateTime(2026, 11, 21, 5, 0, 0, DateTimeKind.Utc), TestPeople.Agent);
        await shop.ReminderAsync(lead, "done", now.AddHours(-3), TestPeople.Agent, then: r => r.Finish(now));
        await shop.ReminderAsync(lead, "called off", now.AddHours(-4), TestPeople.Agent, then: r => r.Cancel(now));
        await shop.ReminderAsync(lead, "another's", now.AddDays(-1), TestPeople.OtherAgent);

        var mine = shop.As(TestPeople.Agent).Get<ReminderQueries>();
        Assert.Equal(["late", "just late"], await TitlesAsync(mine, ReminderList.Overdue, false));
        Assert.Equal(["today", "tonight"], await TitlesAsync(mine, ReminderList.Today, false));
        Assert.Equal(["tomorrow"], await TitlesAsync(mine, ReminderList.Upcoming, false));
        Assert.Equal(["done", "called off"], await TitlesAsync(mine, ReminderList.Done, false));
        Assert.Equal(["late", "just late"], await TitlesAsync(mine, ReminderList.Overdue, true)); // an agent's everybody is themselves
        Assert.Equal((2, new ReminderCounts(2, 2, 1)), ((await mine.OverdueAsync(Ct)).Value, (await mine.CountsAsync(false, Ct)).Value));
        var all = shop.As(TestPeople.Manager).Get<ReminderQueries>();
        Assert.Equal(["late", "another's", "just late"], await TitlesAsync(all, ReminderList.Overdue, true));
        Assert.Empty(await TitlesAsync(all, ReminderList.Overdue, false));
    }

    [Theory, BothDatabases]
    public async Task A_long_list_is_read_page_by_page(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var lead = await shop.LeadAsync("Accra Grill House");
        for (var i = 0; i < ReminderQueries.PageSize + 3; i++) await shop.ReminderAsync(lead, $"{i:00}", shop.Clock.Now.AddMinutes(-100 + i), TestPeople.Agent);
        var queries = shop.As(TestPeople.Agent).Get<ReminderQueries>();

        var first = (await queries.PageAsync(ReminderList.Overdue, false, null, ReminderQueries.PageSize, Ct)).Value;
        var rest = (await queries.PageAsync(ReminderList.Overdue, false, Cursor.At(first.Rows[^1].Line.DueAt, first.Rows[^1].Line.Id), ReminderQueries.PageSize, Ct)).Value;
        Assert.Equal((ReminderQueries.PageSize, true, false), (first.Rows.Count, first.HasLater, rest.HasLater));
        Assert.Equal(["50", "51", "52"], rest.Rows.Select(r => r.Line.Title));
    }

    private static async Task<IEnumerable<string>> TitlesAsync(ReminderQueries queries, ReminderList list, bool everybody) =>
        (await queries.PageAsync(list, everybody, null, ReminderQueries.PageSize, Ct)).Value.Rows.Select(r => r.Line.Title);
}
