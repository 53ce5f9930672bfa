using System.Globalization;
using Crm.Web.Features.Leads.Calendar;
using FsCheck;
using FsCheck.Fluent;

namespace Crm.Web.Tests.Features.Leads.Calendar;

/// <summary>Where days and entries stand.</summary>
[Trait("contract", "M-145")]
public sealed class CalendarLayoutTests
{
    [Theory]
    [InlineData(CalendarView.Month, "2026-11-20", "2026-10-26", "2026-12-06")]
    [InlineData(CalendarView.Month, "2027-02-14", "2027-02-01", "2027-02-28")] // four whole weeks
    [InlineData(CalendarView.Month, "2026-12-31", "2026-11-30", "2027-01-03")]
    [InlineData(CalendarView.Week, "2026-11-20", "2026-11-16", "2026-11-22")]
    [InlineData(CalendarView.Week, "2026-11-16", "2026-11-16", "2026-11-22")]
    [InlineData(CalendarView.Week, "2026-11-22", "2026-11-16", "2026-11-22")]
    [InlineData(CalendarView.Day, "2026-11-20", "2026-11-20", "2026-11-20")]
    public void A_view_shows_whole_weeks_from_Monday(CalendarView view, string on, string first, string last)
    {
        var days = CalendarLayout.Days(view, Day(on));
        Assert.Equal((Day(first), Day(last)), (days[0], days[^1]));
        Assert.Equal(days.Select((_, i) => days[0].AddDays(i)), days);
        Assert.True(days.Count <= CalendarQueries.MostDays);
    }

    [Theory]
    [InlineData(CalendarView.Month, "2026-11-20", "November 2026")]
    [InlineData(CalendarView.Week, "2026-11-20", "16 – 22 November 2026")]
    [InlineData(CalendarView.Week, "2026-11-30", "30 November – 6 December 2026")]
    [InlineData(CalendarView.Week, "2026-12-31", "28 December 2026 – 3 January 2027")]
    [InlineData(CalendarView.Day, "2026-11-20", "Friday 20 November 2026")]
    public void A_view_says_what_it_shows(CalendarView view, string on, string expected) => Assert.Equal(expected, CalendarLayout.Title(view, Day(on)));

    [Theory]
    [InlineData(CalendarView.Month, "2026-01-31", 1, "2026-02-01")]
    [InlineData(CalendarView.Month, "2026-01-31", -1, "2025-12-01")]
    [InlineData(CalendarView.Week, "2026-11-20", 1, "2026-11-27")]
    [InlineData(CalendarView.Day, "2026-11-01", -1, "2026-10-31")]
    public void A_step_is_as_long_as_the_view(CalendarView view, string on, int by, string expected) => Assert.Equal(Day(expected), CalendarLayout.Step(view, Day(on), by));

    [Fact]
    public void What_overlaps_stands_side_by_side_and_what_does_not_has_the_whole_width()
    {
        var placed = CalendarLayout.Place([At("09:00"), At("09:15"), At("09:30"), At("12:00")], 8);
        Assert.Equal([("09:00", 0, 2), ("09:15", 1, 2), ("09:30", 0, 2), ("12:00", 0, 1)], placed.Select(p => (p.Entry.Title, p.Lane, p.Lanes)));
    }

    [Fact]
    public void What_finds_no_room_is_counted_in_the_last_place()
    {
        var placed = CalendarLayout.Place(Enumerable.Range(0, 9).Select(i => At("16:30", $"{i}")), 3);
        Assert.Equal([("0", 0, 0), ("1", 1, 0), ("2", 2, 7)], placed.Select(p => (p.Entry.Title, p.Lane, p.Hidden)));
        Assert.All(placed, p => Assert.Equal(3, p.Lanes));
    }

    [Fact]
    public void No_two_that_overlap_share_a_place_and_none_is_lost()
    {
        var days = Gen.Choose(0, 95).Select(q => q * 15).ListOf();
        Prop.ForAll(days.ToArbitrary(), minutes =>
        {
            var entries = minutes.Select((m, i) => At($"{m / 60:00}:{m % 60:00}", $"{i}")).ToList();
            var placed = CalendarLayout.Place(entries, 1_000);
            var clash = placed.Any(a => placed.Any(b => a != b && a.Lane == b.Lane && Math.Abs(a.Minute - b.Minute) < CalendarLayout.EntryMinutes));
            return placed.Count == entries.Count && !clash && placed.All(p => p.Lane < p.Lanes);
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData(0, "00:00")]
    [InlineData(552, "09:15")]
    [InlineData(553, "09:15")]
    [InlineData(-20, "00:00")]
    [InlineData(1500, "23:45")]
    public void A_hand_means_the_nearest_quarter(int minute, string expected) => Assert.Equal(TimeSpan.Parse(expected, CultureInfo.InvariantCulture), CalendarLayout.Snap(minute));

    [Fact]
    public void The_hours_hold_every_entry()
    {
        Assert.Equal((7, 22), CalendarLayout.Hours([]));
        Assert.Equal((6, 24), CalendarLayout.Hours([At("06:10"), At("23:30")]));
    }

    private static CalendarEntry At(string time, string? title = null) =>
        new(CalendarKind.Reminder, Guid.CreateVersion7(), Guid.Empty, "Lead", title ?? time, new DateTime(2026, 11, 20) + TimeSpan.Parse(time, CultureInfo.InvariantCulture), default, "", false, false, null);

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
