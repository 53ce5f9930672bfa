using System.Globalization;
using Crm.Data.Leads;
using Crm.Data.Storage;
using Crm.Web.Features.Accounts.Clock;
using Crm.Web.Features.Leads;
using Crm.Web.Features.Leads.Calendar;
using Crm.Web.Features.Leads.Reminders;
using Crm.Web.Features.Messaging.Mails;
using Crm.Web.Features.Settings.Clocks;
using Crm.Web.Platform.Results;
using Crm.Web.Platform.Times;
using Crm.Web.Tests.Features.Leads;
using Crm.Web.Tests.Features.Leads.Reminders;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Settings.Clocks;

public sealed class OwnClockTests
{
    private static readonly CancellationToken Ct = CancellationToken.None;

    [Theory, BothDatabases]
    public async Task Who_chose_a_zone_lives_by_it_and_all_others_by_the_shops(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var ama = shop.As(TestPeople.Agent);
        Assert.Equal("America/Toronto", ama.Get<OwnClock>().Zone.Id);

        await ChooseAsync(shop, TestPeople.Agent, "Africa/Lagos");
        Assert.Equal("Africa/Lagos", ama.Get<OwnClock>().Zone.Id);
        Assert.Equal("Africa/Lagos", (await ama.Get<ClockChoice>().ReadAsync(Ct)).Value.Zone);
        Assert.Equal("America/Toronto", shop.As(TestPeople.OtherAgent).Get<OwnClock>().Zone.Id);
        Assert.Equal("America/Toronto", shop.AsSystem().Get<OwnClock>().Zone.Id);

        foreach (var wrong in new[] { "Africa/Nowhere", "EST5EDT; DROP", "../../etc/passwd", new string('x', 200) })
            Assert.IsType<ZoneUnknown>((await ama.Get<ClockChoice>().SaveAsync(new ClockForm { Zone = wrong }, Ct)).Error);
        Assert.IsType<ForbiddenError>((await shop.As(TestPeople.CustomerA).Get<ClockChoice>().SaveAsync(new ClockForm { Zone = "Africa/Lagos" }, Ct)).Error);
        await ChooseAsync(shop, TestPeople.Agent, "");
        Assert.Equal("America/Toronto", ama.Get<OwnClock>().Zone.Id);
        Assert.Contains(ama.Get<ClockChoice>().Choices().Single(g => g.Name == "Africa").Zones, z => z.Id == "Africa/Lagos" && z.Label.StartsWith("Lagos, ", StringComparison.Ordinal));
    }

    // what is typed, and the instant: Toronto goes on at 02:00 on 14 March 2027 and back at 02:00 on 7 November; London on 28 March and 31 October; Lagos never
    [Theory]
    [InlineData("America/Toronto", "2027-03-14 02:30", "2027-03-14 07:30")]
    [InlineData("America/Toronto", "2027-11-07 01:30", "2027-11-07 06:30")]
    [InlineData("America/Toronto", "2027-03-15 09:00", "2027-03-15 13:00")]
    [InlineData("Europe/London", "2027-03-28 01:30", "2027-03-28 01:30")]
    [InlineData("Europe/London", "2027-10-31 01:30", "2027-10-31 01:30")]
    [InlineData("Europe/London", "2027-07-01 09:00", "2027-07-01 08:00")]
    [InlineData("Africa/Lagos", "2027-03-28 01:30", "2027-03-28 00:30")]
    [InlineData("Africa/Lagos", "2027-11-07 01:30", "2027-11-07 00:30")]
    public async Task A_reminder_is_entered_by_ones_own_clock(string zone, string wall, string utc)
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        await ChooseAsync(shop, TestPeople.Agent, zone);
        var (lead, at) = (await shop.LeadAsync("Accra Grill"), Time(wall));
        var id = (await shop.As(TestPeople.Agent).Get<LeadReminders>().AddAsync(lead, new LeadReminderEdit { Title = "Call", On = DateOnly.FromDateTime(at), Time = TimeOnly.FromDateTime(at) }, Ct)).Value;
        await using var db = shop.Open();
        Assert.Equal(Time(utc), (await db.Reminders.SingleAsync(r => r.Id == id, Ct)).DueAt);
    }

    [Theory]
    [InlineData("America/Toronto", "2027-03-13 09:00", "2027-03-14 09:00", 23)]
    [InlineData("America/Toronto", "2027-11-06 09:00", "2027-11-07 09:00", 25)]
    [InlineData("America/Toronto", "2027-03-13 02:30", "2027-03-14 03:30", 24)]
    [InlineData("Europe/London", "2027-03-27 09:00", "2027-03-28 09:00", 23)]
    [InlineData("Europe/London", "2027-10-30 09:00", "2027-10-31 09:00", 25)]
    [InlineData("Africa/Lagos", "2027-03-13 09:00", "2027-03-14 09:00", 24)]
    [InlineData("Africa/Lagos", "2027-10-30 09:00", "2027-10-31 09:00", 24)]
    public async Task What_repeats_daily_keeps_the_hour_of_whose_it_is_whoever_ticks_it_off(string zone, string wall, string next, int hours)
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        await ChooseAsync(shop, TestPeople.Agent, zone);
        var clock = TimeZoneInfo.FindSystemTimeZoneById(zone);
        var (lead, due) = (await shop.LeadAsync("Accra Grill"), clock.ToInstant(Time(wall)));
        var id = await shop.ReminderAsync(lead, dueAt: due, of: TestPeople.Agent, repeat: ReminderRepeat.Daily);
        Assert.Null((await shop.As(TestPeople.Manager).Get<LeadReminders>().FinishAsync(lead, id, Ct)).Error);
        await using var db = shop.Open();
        var follower = await db.Reminders.SingleAsync(r => r.FollowsId == id, Ct);
        Assert.Equal((Time(next), hours), (clock.ToWall(follower.DueAt), (int)(follower.DueAt - due).TotalHours));
    }

    [Theory, BothDatabases]
    public async Task Snoozing_lists_calendar_feed_and_mail_follow_ones_own_clock(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await ChooseAsync(shop, TestPeople.Agent, "Africa/Lagos");
        var lagos = TimeZoneInfo.FindSystemTimeZoneById("Africa/Lagos");
        var (ama, lead) = (shop.As(TestPeople.Agent), await shop.LeadAsync("Accra Grill", owner: TestPeople.Agent));
        var today = ama.Get<OwnClock>().Today;
        var id = await shop.ReminderAsync(lead, dueAt: lagos.ToInstant(today.AddDays(1).ToDateTime(new TimeOnly(0, 30))), of: TestPeople.Agent, repeat: ReminderRepeat.Weekly);
        Assert.Equal(new ReminderCounts(0, 0, 1), (await ama.Get<ReminderQueries>().CountsAsync(false, Ct)).Value); // still today in Toronto

        Assert.Null((await ama.Get<LeadReminders>().SnoozeAsync(lead, id, SnoozeBy.Tomorrow, Ct)).Error);
        await using (var db = shop.Open()) Assert.Equal(today.AddDays(1).ToDateTime(new TimeOnly(9, 0)), lagos.ToWall((await db.Reminders.SingleAsync(Ct)).FireAt));
        var entry = Assert.Single((await ama.Get<CalendarQueries>().ReadAsync(today, today.AddDays(2), false, Ct)).Value.Entries);
        Assert.Equal(today.AddDays(1).ToDateTime(new TimeOnly(0, 30)), entry.At);
        var path = (await ama.Get<CalendarFeeds>().MakeAsync(Ct)).Value;
        var feed = await shop.Get<CalendarFeedReader>().ReadAsync(path.Split('/')[^1][..^".ics".Length], Ct);
        Assert.Contains("TZID:Africa/Lagos", feed, StringComparison.Ordinal);
        Assert.Contains($"DTSTART;TZID=Africa/Lagos:{today.AddDays(1).ToString("yyyyMMdd", CultureInfo.InvariantCulture)}T003000", feed, StringComparison.Ordinal);

        shop.Clock.Advance(TimeSpan.FromDays(1));
        await shop.PostAsync();
        await using (var db = shop.Open())
        {
            var mail = Assert.Single(await TestMail.WaitingAsync(db)).Mail;
            Assert.Equal("Africa/Lagos", mail.ByZone);
            Assert.EndsWith("00:30", Assert.IsType<string>(shop.Get<MailValues>().Of(mail, "en")["due"]), StringComparison.Ordinal);
        }
    }

    [Theory, BothDatabases]
    public async Task A_next_step_is_read_and_written_by_ones_own_clock_and_is_the_same_instant_for_all(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await ChooseAsync(shop, TestPeople.Agent, "Africa/Lagos");
        var lead = await shop.LeadAsync("Accra Grill", owner: TestPeople.Agent);
        var (ama, malik) = (shop.As(TestPeople.Agent).Get<LeadForms>(), shop.As(TestPeople.Manager).Get<LeadForms>());
        foreach (var (time, shown) in new (TimeOnly?, (DateOnly, TimeOnly?))[]
        {
            (new(15, 0), (new(2026, 12, 1), new(9, 0))), (null, (new(2026, 12, 1), null)), (new(0, 0), (new(2026, 11, 30), new(18, 0))),
        })
        {
            await using var db = shop.Open();
            var stored = await db.Leads.AsNoTracking().SingleAsync(Ct);
            var edit = ama.Of(stored);
            (edit.NextStep, edit.NextStepOn, edit.NextStepTime) = ("Call", new DateOnly(2026, 12, 1), time);
            Assert.Null((await shop.As(TestPeople.Agent).Get<LeadService>().EditAsync(lead, ama.Of(stored), edit, Ct)).Error);
            stored = await db.Leads.AsNoTracking().SingleAsync(Ct);
            Assert.Equal((new DateOnly(2026, 12, 1), time), (ama.Of(stored).NextStepOn!.Value, ama.Of(stored).NextStepTime));
            Assert.Equal(shown, (malik.Of(stored).NextStepOn!.Value, malik.Of(stored).NextStepTime));
        }
    }

    private static async Task ChooseAsync(TestShop shop, TestPerson person, string zone) =>
        Assert.Null((await shop.As(person).Get<ClockChoice>().SaveAsync(new ClockForm { Zone = zone }, Ct)).Error);

    private static DateTime Time(string text) => DateTime.ParseExact(text, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
