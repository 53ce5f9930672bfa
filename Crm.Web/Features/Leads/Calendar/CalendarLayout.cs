using System.Globalization;

namespace Crm.Web.Features.Leads.Calendar;

/// <summary>How much of the calendar is in sight.</summary>
public enum CalendarView { Month, Week, Day }

/// <summary>An entry in the column of its day.</summary>
/// <param name="Lane">From the left, beginning with 0, where several overlap.</param>
/// <param name="Lanes">How many stand side by side there.</param>
/// <param name="Hidden">More than 0: stands for so many, for which there is no room.</param>
public sealed record PlacedEntry(CalendarEntry Entry, int Lane, int Lanes, int Hidden = 0)
{
    public int Minute => (int)Entry.At.TimeOfDay.TotalMinutes;
}

/// <summary>Where days and entries stand: pure arithmetic on the shop's calendar, weeks beginning on Monday.</summary>
public static class CalendarLayout
{
    /// <summary>How long an entry looks: a reminder has no length of its own.</summary>
    public const int EntryMinutes = 30;

    /// <summary>What a drag and an arrow key snap to.</summary>
    public const int SnapMinutes = 15;

    /// <summary>The days in sight, whole weeks for a month.</summary>
    public static IReadOnlyList<DateOnly> Days(CalendarView view, DateOnly on) => view switch
    {
        CalendarView.Day => [on],
        CalendarView.Week => Span(Monday(on), 7),
        CalendarView.Month => Span(Monday(First(on)), (Monday(First(on).AddMonths(1).AddDays(-1)).DayNumber - Monday(First(on)).DayNumber) + 7),
    };

    /// <summary>The same view, so many of its lengths on or back.</summary>
    public static DateOnly Step(CalendarView view, DateOnly on, int by) => view switch
    {
        CalendarView.Day => on.AddDays(by),
        CalendarView.Week => on.AddDays(7 * by),
        CalendarView.Month => First(on).AddMonths(by),
    };

    /// <summary>The heading: "November 2026", "16 – 22 November 2026", "Friday 20 November 2026".</summary>
    public static string Title(CalendarView view, DateOnly on)
    {
        var (from, to) = (Days(view, on)[0], Days(view, on)[^1]);
        return view switch
        {
            CalendarView.Month => Write(on, "MMMM yyyy"),
            CalendarView.Day => Write(on, "dddd d MMMM yyyy"),
            CalendarView.Week => $"{Write(from, from.Month == to.Month ? "%d" : from.Year == to.Year ? "d MMMM" : "d MMMM yyyy")} – {Write(to, "d MMMM yyyy")}",
        };
    }

    /// <summary>The hours to show for these: from before the shop opens until after it closes, and more where something lies outside.</summary>
    /// <returns>From, inclusive, to, exclusive.</returns>
    public static (int From, int To) Hours(IEnumerable<CalendarEntry> entries)
    {
        var hours = entries.Where(e => !e.IsAllDay).Select(e => e.At.Hour).DefaultIfEmpty(12).ToList();
        return (Math.Min(7, hours.Min()), Math.Max(22, hours.Max() + 1));
    }

    /// <summary>One day's entries side by side where they overlap, those that begin first on the left.</summary>
    /// <param name="most">For how many there is room; the last place then stands for the rest.</param>
    public static IReadOnlyList<PlacedEntry> Place(IEnumerable<CalendarEntry> entries, int most)
    {
        var placed = new List<PlacedEntry>();
        var cluster = new List<(CalendarEntry Entry, int Lane)>();
        var ends = new List<double>();
        foreach (var entry in entries.Where(e => !e.IsAllDay).OrderBy(e => e.At).ThenBy(e => e.Title, StringComparer.Ordinal).ThenBy(e => e.Id))
        {
            var minute = entry.At.TimeOfDay.TotalMinutes;
            if (ends.Count > 0 && minute >= ends.Max()) Close();
            var lane = ends.FindIndex(end => end <= minute);
            if (lane < 0) (lane, ends) = (ends.Count, [.. ends, 0]);
            ends[lane] = minute + EntryMinutes;
            cluster.Add((entry, lane));
        }
        Close();
        return placed;

        void Close()
        {
            var fit = ends.Count <= most ? ends.Count : most - 1;
            placed.AddRange(cluster.Where(c => c.Lane < fit).Select(c => new PlacedEntry(c.Entry, c.Lane, Math.Min(ends.Count, most))));
            if (cluster.Where(c => c.Lane >= fit).ToList() is [var first, ..] rest) placed.Add(new PlacedEntry(first.Entry, fit, most, rest.Count));
            cluster.Clear();
            ends.Clear();
        }
    }

    /// <summary>The nearest time that a hand can mean; never the next day.</summary>
    public static TimeSpan Snap(int minute) => TimeSpan.FromMinutes(Math.Clamp((minute + SnapMinutes / 2) / SnapMinutes * SnapMinutes, 0, 24 * 60 - SnapMinutes));

    private static DateOnly First(DateOnly day) => new(day.Year, day.Month, 1);
    private static DateOnly Monday(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
    private static DateOnly[] Span(DateOnly from, int days) => [.. Enumerable.Range(0, days).Select(from.AddDays)];
    private static string Write(DateOnly day, string format) => day.ToString(format, CultureInfo.InvariantCulture);
}
