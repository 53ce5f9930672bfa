using System.Net;
using Crm.Data.Leads;
using Crm.Data.Storage;
using Crm.Web.Features.Leads.Calendar;
using Crm.Web.Features.Leads.Reminders;
using Crm.Web.Platform.Access;
using Crm.Web.Tests.Features.Leads.Reminders;
using Crm.Web.Tests.Ground;
using Crm.Web.Tests.Platform.ICalendar;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Leads.Calendar;

/// <summary>The secret address that calendar programs read.</summary>
[Trait("contract", "M-145")]
public sealed class CalendarFeedTests
{
    private static readonly CancellationToken Ct = CancellationToken.None;

    [Theory, BothDatabases]
    public async Task It_shows_ones_own_open_reminders_and_next_steps_in_sight(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var (mine, theirs) = (await shop.LeadAsync("Mama Nkẹ́chi, Kitchen", owner: TestPeople.Agent, nextStep: "Taste", nextStepAt: shop.Clock.Now.AddDays(1)), await shop.LeadAsync("Theirs", owner: TestPeople.OtherAgent, nextStep: "No", nextStepAt: shop.Clock.Now));
        var call = await shop.ReminderAsync(mine, "Call", shop.Clock.Now.AddHours(2), TestPeople.Agent);
        await shop.ReminderAsync(theirs, "Seen", shop.Clock.Now, TestPeople.Agent, ReminderRepeat.Monthly);
        await shop.ReminderAsync(mine, "Another's", shop.Clock.Now, TestPeople.OtherAgent);
        await shop.ReminderAsync(mine, "Done", shop.Clock.Now, TestPeople.Agent, then: r => r.Finish(shop.Clock.Now));
        await shop.ReminderAsync(mine, "Called off", shop.Clock.Now, TestPeople.Agent, then: r => r.Cancel(shop.Clock.Now));
        var secret = await MakeAsync(shop, TestPeople.Agent);

        var events = await EventsAsync(shop, secret);
        Assert.Equal(["Seen · Theirs", "Call · Mama Nkẹ́chi, Kitchen", "Taste · Mama Nkẹ́chi, Kitchen"], events.Select(e => e.Text("SUMMARY")));
        Assert.Equal((call.ToString(), "20261120T170000Z"), (events[1]["UID"], events[1]["DTSTART"]));
        Assert.Equal("FREQ=MONTHLY;BYMONTHDAY=20", events[0]["RRULE"]);

        Assert.Null((await shop.As(TestPeople.Owner).Get<Web.Features.Accounts.RoleRights.RightsService>().SetAsync(Roles.Agent, Permission.SeeAllLeads, false, Ct)).Error);
        Assert.Equal(["Call · Mama Nkẹ́chi, Kitchen", "Taste · Mama Nkẹ́chi, Kitchen"], (await EventsAsync(shop, secret)).Select(e => e.Text("SUMMARY")));
    }

    [Theory, BothDatabases]
    public async Task A_new_address_ends_the_old_one_and_it_can_be_switched_off(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var feeds = shop.As(TestPeople.Agent).Get<CalendarFeeds>();
        var reader = shop.Get<CalendarFeedReader>();
        Assert.False((await feeds.StateAsync(Ct)).Value.IsOn);
        var (first, second) = (await MakeAsync(shop, TestPeople.Agent), await MakeAsync(shop, TestPeople.Agent));
        Assert.NotEqual(first, second);
        Assert.Equal(43, second.Length);

        Assert.Null(await reader.ReadAsync(first, Ct));
        Assert.NotNull(await reader.ReadAsync(second, Ct));
        Assert.Equal(new FeedState(shop.Clock.Now, shop.Clock.Now), (await feeds.StateAsync(Ct)).Value);
        await using (var db = shop.Open()) Assert.DoesNotContain(second, (await db.CalendarFeeds.SingleAsync(Ct)).TokenHash, StringComparison.Ordinal);
        Assert.Null((await feeds.EndAsync(Ct)).Error);
        Assert.Null(await reader.ReadAsync(second, Ct));
    }

    [Theory, BothDatabases]
    public async Task A_program_reads_it_without_a_session_and_asks_again_cheaply(DatabaseKind kind)
    {
        await using var site = await TestSite.OpenAsync(kind);
        var path = await MakeAsync(site, TestPeople.Agent.UserId);
        using var program = site.Program();

        var first = await program.GetAsync(path);
        Assert.Equal((HttpStatusCode.OK, "text/calendar; charset=utf-8"), (first.Status, first.Message.Content.Headers.ContentType!.ToString()));
        Assert.Equal("VCALENDAR", IcsPart.Read(first.Text).Name);
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.IfNoneMatch.Add(first.Message.Headers.ETag!);
        var again = await program.SendAsync(request);
        Assert.Equal((HttpStatusCode.NotModified, ""), (again.Status, again.Text));
        Assert.Equal(HttpStatusCode.OK, (await program.SendAsync(HttpMethod.Head, path)).Status);
        Assert.Equal("no-referrer", Assert.Single(first.Message.Headers.GetValues("Referrer-Policy")));
    }

    [Theory, BothDatabases]
    public async Task Of_somebody_who_left_and_at_a_guessed_address_there_is_nothing(DatabaseKind kind)
    {
        await using var site = await TestSite.OpenAsync(kind);
        var path = await MakeAsync(site, TestPeople.Agent.UserId);
        using var program = site.Program();
        Assert.Equal(HttpStatusCode.NotFound, (await program.GetAsync("/calendar/feed/guessed.ics")).Status);
        await using (var db = site.Open())
        {
            (await db.Users.SingleAsync(u => u.Id == TestPeople.Agent.UserId, Ct)).IsActive = false;
            await db.SaveChangesAsync(Ct);
        }
        await site.HearAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await program.GetAsync(path)).Status);
    }

    [Fact]
    public async Task Guessing_is_limited()
    {
        await using var site = await TestSite.OpenAsync(DatabaseKind.Sqlite, limited: true, settings: [("RateLimits:CalendarFeeds", "5")]);
        using var program = site.Program();
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 7; i++) answers.Add((await program.GetAsync($"/calendar/feed/guess{i}.ics")).Status);
        Assert.Equal([.. Enumerable.Repeat(HttpStatusCode.NotFound, 5), HttpStatusCode.TooManyRequests, HttpStatusCode.TooManyRequests], answers);
    }

    [Theory]
    [InlineData(ReminderRepeat.Monthly, 31, "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1")]
    [InlineData(ReminderRepeat.Monthly, 29, "FREQ=MONTHLY;BYMONTHDAY=28,29;BYSETPOS=-1")]
    [InlineData(ReminderRepeat.Monthly, 28, "FREQ=MONTHLY;BYMONTHDAY=28")]
    [InlineData(ReminderRepeat.Weekdays, 3, "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR")]
    public void Short_months_mean_their_last_day(ReminderRepeat repeat, int day, string rule) => Assert.Equal(rule, CalendarFeedReader.RuleOf(repeat, new ReminderRhythm(day, new TimeOnly(9, 0))));

    [Theory, BothDatabases]
    public async Task The_calendar_reads_its_days_and_no_others_of_ones_own_or_of_everybody(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var lead = await shop.LeadAsync("Accra Grill House", owner: TestPeople.Agent, nextStep: "Whole day", nextStepAt: new DateTime(2026, 11, 20, 5, 0, 0, DateTimeKind.Utc));
        await shop.ReminderAsync(lead, "first", new DateTime(2026, 11, 16, 5, 0, 0, DateTimeKind.Utc), TestPeople.Agent);
        await shop.ReminderAsync(lead, "before", new DateTime(2026, 11, 16, 4, 59, 0, DateTimeKind.Utc), TestPeople.Agent);
        await shop.ReminderAsync(lead, "last", new DateTime(2026, 11, 23, 4, 59, 0, DateTimeKind.Utc), TestPeople.Agent);
        await shop.ReminderAsync(lead, "after", new DateTime(2026, 11, 23, 5, 0, 0, DateTimeKind.Utc), TestPeople.Agent);
        await shop.ReminderAsync(lead, "another's", shop.Clock.Now, TestPeople.OtherAgent);
        await using (var db = shop.Open())
        {
            db.Correspondence.Add(new Correspondence { LeadId = lead, Subject = "Tasting", Kind = CorrespondenceKind.Meeting, HappenedAt = shop.Clock.Now.AddHours(-1), LoggedById = TestPeople.Agent.UserId, CreatedAt = shop.Clock.Now });
            db.Correspondence.Add(new Correspondence { LeadId = lead, Subject = "A call", Kind = CorrespondenceKind.Phone, HappenedAt = shop.Clock.Now.AddHours(-1), LoggedById = TestPeople.Agent.UserId, CreatedAt = shop.Clock.Now });
            await db.SaveChangesAsync(Ct);
        }
        var (from, to) = (new DateOnly(2026, 11, 16), new DateOnly(2026, 11, 23));

        var mine = (await shop.As(TestPeople.Agent).Get<CalendarQueries>().ReadAsync(from, to, true, Ct)).Value.Entries;
        Assert.Equal(["first", "Whole day", "Tasting", "last"], mine.Select(e => e.Title));
        Assert.Equal([CalendarKind.Reminder, CalendarKind.NextStep, CalendarKind.Meeting, CalendarKind.Reminder], mine.Select(e => e.Kind));
        Assert.Equal((true, false, false), (mine[1].IsAllDay, mine[1].IsLate, mine[2].CanMove));
        var all = (await shop.As(TestPeople.Manager).Get<CalendarQueries>().ReadAsync(from, to, true, Ct)).Value.Entries;
        Assert.Contains("another's", all.Select(e => e.Title));
        Assert.Empty((await shop.As(TestPeople.Manager).Get<CalendarQueries>().ReadAsync(from, to, false, Ct)).Value.Entries);
    }

    private static async Task<string> MakeAsync(TestShop shop, TestPerson person)
    {
        var path = (await shop.As(person).Get<CalendarFeeds>().MakeAsync(Ct)).Value;
        return path[CalendarFeeds.PathOf("").IndexOf(".ics", StringComparison.Ordinal)..^4];
    }

    private static async Task<string> MakeAsync(TestSite site, Guid userId)
    {
        const string Secret = "a-secret-of-the-test";
        await using var db = site.Open();
        db.CalendarFeeds.Add(new CalendarFeed { UserId = userId, TokenHash = CalendarFeeds.HashOf(Secret), CreatedAt = site.Clock.Now });
        await db.SaveChangesAsync(Ct);
        return CalendarFeeds.PathOf(Secret);
    }

    private static async Task<List<IcsPart>> EventsAsync(TestShop shop, string secret) => IcsPart.Read((await shop.Get<CalendarFeedReader>().ReadAsync(secret, Ct))!).All("VEVENT");
}
