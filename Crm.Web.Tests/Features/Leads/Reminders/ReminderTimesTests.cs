using System.Globalization;
using Crm.Data.Leads;
using Crm.Web.Features.Leads.Reminders;
using Crm.Web.Platform.Times;
using FsCheck;
using FsCheck.Fluent;

namespace Crm.Web.Tests.Features.Leads.Reminders;

/// <summary>The rules of dates, with daylight saving and short months.</summary>
[Trait("contract", "M-140")]
public sealed class ReminderTimesTests
{
    private static readonly TimeZoneInfo Toronto = TimeZoneInfo.FindSystemTimeZoneById("America/Toronto");
    private static readonly string[] Zones = ["America/Toronto", "Europe/London", "Africa/Nairobi", "Australia/Lord_Howe", "Africa/Cairo", "Pacific/Auckland", "UTC"];

    [Theory]
    [InlineData(SnoozeBy.TenMinutes, "2026-11-20 10:00", "2026-11-20 10:10")]
    [InlineData(SnoozeBy.Hour, "2026-11-20 23:30", "2026-11-21 00:30")]
    [InlineData(SnoozeBy.Hour, "2027-03-14 01:30", "2027-03-14 03:30")] // an hour by the sun: the clock skips one
    [InlineData(SnoozeBy.Tomorrow, "2026-11-20 08:00", "2026-11-21 09:00")]
    [InlineData(SnoozeBy.Tomorrow, "2026-10-31 23:59", "2026-11-01 09:00")]
    [InlineData(SnoozeBy.NextWeek, "2026-11-20 10:00", "2026-11-23 09:00")] // from a Friday
    [InlineData(SnoozeBy.NextWeek, "2026-11-22 10:00", "2026-11-23 09:00")] // from a Sunday
    [InlineData(SnoozeBy.NextWeek, "2026-11-23 08:00", "2026-11-30 09:00")] // Monday itself means the next
    public void Snoozed_it_is_told_again_when_the_words_say(SnoozeBy by, string now, string expected) =>
        Assert.Equal(expected, Wall(ReminderTimes.Until(by, Utc(now), Toronto)));

    [Theory]
    [InlineData(ReminderRepeat.Daily, "2026-11-20 10:00", "2026-11-21 10:00")]
    [InlineData(ReminderRepeat.Daily, "2026-10-31 10:00", "2026-11-01 10:00")] // the day has 25 hours
    [InlineData(ReminderRepeat.Daily, "2027-03-13 10:00", "2027-03-14 10:00")] // the day has 23 hours
    [InlineData(ReminderRepeat.Daily, "2027-03-13 02:30", "2027-03-14 03:30")] // skipped: an hour on
    [InlineData(ReminderRepeat.Weekdays, "2026-11-20 10:00", "2026-11-23 10:00")]
    [InlineData(ReminderRepeat.Weekdays, "2026-11-21 10:00", "2026-11-23 10:00")]
    [InlineData(ReminderRepeat.Weekdays, "2026-11-23 10:00", "2026-11-24 10:00")]
    [InlineData(ReminderRepeat.Weekly, "2026-10-28 10:00", "2026-11-04 10:00")]
    [InlineData(ReminderRepeat.Monthly, "2026-11-20 10:00", "2026-12-20 10:00")]
    [InlineData(ReminderRepeat.Monthly, "2027-01-31 10:00", "2027-02-28 10:00")]
    [InlineData(ReminderRepeat.Monthly, "2028-01-30 10:00", "2028-02-29 10:00")]
    [InlineData(ReminderRepeat.Monthly, "2026-12-31 10:00", "2027-01-31 10:00")]
    [InlineData(ReminderRepeat.Yearly, "2028-02-29 10:00", "2029-02-28 10:00")]
    [InlineData(ReminderRepeat.Yearly, "2026-11-20 10:00", "2027-11-20 10:00")]
    public void A_repeated_one_comes_at_the_same_hour_of_the_wall_clock(ReminderRepeat repeat, string due, string expected) =>
        Assert.Equal(expected, Wall(Next(repeat, Utc(due), Utc(due))));

    [Theory]
    [InlineData(ReminderRepeat.Monthly, "2027-01-31 10:00", "2027-02-28 10:00 2027-03-31 10:00 2027-04-30 10:00 2027-05-31 10:00")]
    [InlineData(ReminderRepeat.Monthly, "2027-01-30 10:00", "2027-02-28 10:00 2027-03-30 10:00 2027-04-30 10:00 2027-05-30 10:00")]
    [InlineData(ReminderRepeat.Monthly, "2027-02-28 10:00", "2027-03-28 10:00 2027-04-28 10:00")]
    [InlineData(ReminderRepeat.Yearly, "2028-02-29 10:00", "2029-02-28 10:00 2030-02-28 10:00 2031-02-28 10:00 2032-02-29 10:00")]
    [InlineData(ReminderRepeat.Daily, "2027-03-13 02:30", "2027-03-14 03:30 2027-03-15 02:30 2027-03-16 02:30")]
    public void A_series_keeps_to_its_day_and_hour_over_short_months_and_skipped_hours(ReminderRepeat repeat, string first, string expected)
    {
        var series = new List<DateTime> { Utc(first) };
        foreach (var wall in expected.Split(' ').Chunk(2))
        {
            series.Insert(0, ReminderTimes.Next(repeat, series[0], ReminderRhythm.Of(series, Toronto), series[0], Toronto)!.Value);
            Assert.Equal(string.Join(' ', wall), Wall(series[0]));
        }
    }

    [Theory]
    [InlineData(ReminderRepeat.Daily, "2026-11-10 10:00", "2026-11-20 09:00", "2026-11-20 10:00")]
    [InlineData(ReminderRepeat.Daily, "2026-11-10 10:00", "2026-11-20 10:00", "2026-11-21 10:00")]
    [InlineData(ReminderRepeat.Monthly, "2027-01-31 10:00", "2027-04-05 09:00", "2027-04-30 10:00")]
    [InlineData(ReminderRepeat.Weekly, "2026-11-27 10:00", "2026-11-20 09:00", "2026-12-04 10:00")] // finished early
    public void What_was_missed_meanwhile_is_left_out(ReminderRepeat repeat, string due, string done, string expected) =>
        Assert.Equal(expected, Wall(Next(repeat, Utc(due), Utc(done))));

    [Fact]
    public void Once_is_once() => Assert.Null(Next(ReminderRepeat.Never, Utc("2026-11-20 10:00"), Utc("2026-11-20 10:00")));

    [Fact]
    public void Whatever_the_zone_and_the_hour_the_next_one_lies_ahead_at_the_same_wall_clock_time()
    {
        var cases = from zone in Gen.Elements(Zones)
                    from repeat in Gen.Elements(ReminderRepeat.Daily, ReminderRepeat.Weekdays, ReminderRepeat.Weekly, ReminderRepeat.Monthly, ReminderRepeat.Yearly)
                    from minutes in Gen.Choose(0, 60 * 24 * 365 * 6)
                    from late in Gen.Choose(0, 60 * 24 * 400)
                    select (zone, repeat, minutes, late);
        Prop.ForAll(cases.ToArbitrary(), c =>
        {
            var zone = TimeZoneInfo.FindSystemTimeZoneById(c.zone);
            var due = new DateTime(2025, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddMinutes(c.minutes);
            var next = ReminderTimes.Next(c.repeat, due, ReminderRhythm.Of([due], zone), due.AddMinutes(c.late), zone)!.Value;
            var (from, to) = (zone.ToWall(due), zone.ToWall(next));
            var sameHour = to.TimeOfDay == from.TimeOfDay || zone.IsInvalidTime(to.Date + from.TimeOfDay) || zone.IsAmbiguousTime(to);
            var fits = c.repeat switch
            {
                ReminderRepeat.Weekdays => to.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday),
                ReminderRepeat.Weekly => to.DayOfWeek == from.DayOfWeek,
                ReminderRepeat.Monthly or ReminderRepeat.Yearly => to.Day == Math.Min(from.Day, DateTime.DaysInMonth(to.Year, to.Month)),
                _ => true,
            };
            return next > due && next > due.AddMinutes(c.late) && sameHour && fits;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_monthly_series_never_forgets_its_day()
    {
        var cases = from day in Gen.Choose(1, 31) from month in Gen.Elements(1, 3, 5, 7, 8, 10, 12) from year in Gen.Choose(2025, 2031) select new DateTime(year, month, day, 15, 0, 0, DateTimeKind.Utc);
        Prop.ForAll(cases.ToArbitrary(), first =>
        {
            var series = new List<DateTime> { first };
            for (var i = 0; i < 15; i++) series.Insert(0, ReminderTimes.Next(ReminderRepeat.Monthly, series[0], ReminderRhythm.Of(series, TimeZoneInfo.Utc), series[0], TimeZoneInfo.Utc)!.Value);
            return series.All(at => at.Day == Math.Min(first.Day, DateTime.DaysInMonth(at.Year, at.Month)));
        }).QuickCheckThrowOnFailure();
    }

    private static DateTime? Next(ReminderRepeat repeat, DateTime due, DateTime after) => ReminderTimes.Next(repeat, due, ReminderRhythm.Of([due], Toronto), after, Toronto);

    private static DateTime Utc(string wall) => Toronto.ToInstant(DateTime.ParseExact(wall, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture));

    private static string Wall(DateTime? utc) => Toronto.ToWall(utc!.Value).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
