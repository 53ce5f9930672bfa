using Crm.Data.Leads;
using Crm.Web.Platform.Times;

namespace Crm.Web.Features.Leads.Reminders;

/// <summary>How far a reminder is put off.</summary>
public enum SnoozeBy { TenMinutes, Hour, Tomorrow, NextWeek }

/// <summary>The rules of dates: when a snoozed reminder is told again, and when a repeated one comes next. Pure arithmetic on a zone's wall clock.</summary>
public static class ReminderTimes
{
    public static readonly TimeOnly Morning = new(9, 0);

    private const int MostSteps = 10_000;

    /// <summary>When a snoozed reminder is told again: tomorrow and next week mean nine in the morning, next week its Monday.</summary>
    /// <param name="now">UTC.</param>
    public static DateTime Until(SnoozeBy by, DateTime now, TimeZoneInfo zone)
    {
        var today = DateOnly.FromDateTime(zone.ToWall(now));
        return by switch
        {
            SnoozeBy.TenMinutes => now.AddMinutes(10),
            SnoozeBy.Hour => now.AddHours(1),
            SnoozeBy.Tomorrow => zone.ToInstant(today.AddDays(1).ToDateTime(Morning)),
            SnoozeBy.NextWeek => zone.ToInstant(today.AddDays(7 - ((int)today.DayOfWeek + 6) % 7).ToDateTime(Morning)),
        };
    }

    /// <summary>
    /// When a repeated reminder is due next: at the same hour of the wall clock, whatever daylight saving does in between; on the same day
    /// of the month, or on the last where the month is shorter. What was missed meanwhile is left out.
    /// </summary>
    /// <param name="dueAt">UTC, of the one that was finished.</param>
    /// <param name="rhythm">Day and hour that the series keeps to; see <see cref="ReminderRhythm.Of"/>.</param>
    /// <param name="after">UTC: the next one lies after it, and after the finished one.</param>
    public static DateTime? Next(ReminderRepeat repeat, DateTime dueAt, ReminderRhythm rhythm, DateTime after, TimeZoneInfo zone)
    {
        if (repeat is ReminderRepeat.Never) return null;
        var from = DateOnly.FromDateTime(zone.ToWall(dueAt));
        var border = after > dueAt ? after : dueAt;
        for (var step = 1; step <= MostSteps; step++)
        {
            var day = Day(repeat, from, rhythm.Day, step);
            if (repeat is ReminderRepeat.Weekdays && day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday) continue;
            if (zone.ToInstant(day.ToDateTime(rhythm.Time)) is var next && next > border) return next;
        }
        return null;
    }

    private static DateOnly Day(ReminderRepeat repeat, DateOnly from, int day, int step) => repeat switch
    {
        ReminderRepeat.Daily or ReminderRepeat.Weekdays => from.AddDays(step),
        ReminderRepeat.Weekly => from.AddDays(7 * step),
        ReminderRepeat.Monthly => On(new DateOnly(from.Year, from.Month, 1).AddMonths(step), day),
        ReminderRepeat.Yearly => On(new DateOnly(from.Year, from.Month, 1).AddYears(step), day),
        ReminderRepeat.Never => from,
    };

    private static DateOnly On(DateOnly first, int day) => first.AddDays(Math.Min(day, DateTime.DaysInMonth(first.Year, first.Month)) - 1);
}

/// <summary>What a series of reminders keeps to, however a short month or daylight saving moved a single one.</summary>
/// <param name="Day">Of the month: 31 also for the one of 28 February that follows 31 January.</param>
/// <param name="Time">Of the wall clock.</param>
public sealed record ReminderRhythm(int Day, TimeOnly Time)
{
    /// <summary>How far back a series has to be looked at: 29 February comes every fourth year, at worst every eighth.</summary>
    public const int MostBefore = 24;

    /// <summary>Read from a reminder and those that it follows.</summary>
    /// <param name="dues">UTC, the newest first.</param>
    public static ReminderRhythm Of(IReadOnlyList<DateTime> dues, TimeZoneInfo zone)
    {
        var walls = dues.Select(due => zone.ToWall(due)).ToList();
        return new(DayOf(walls), TimeOf(walls, zone));
    }

    /// <summary>Whether those before it must be known.</summary>
    public static bool NeedsPast(DateTime due, TimeZoneInfo zone) =>
        zone.ToWall(due) is var wall && (IsLast(wall) && wall.Day < 31 || IsMoved(wall, zone));

    // The last day of a month stands for a later one of the months before; a day that is not the last was meant.
    private static int DayOf(List<DateTime> walls)
    {
        var day = walls[0].Day;
        for (var at = 0; at + 1 < walls.Count && IsLast(walls[at]) && walls[at + 1].Day >= walls[at].Day; at++) day = Math.Max(day, walls[at + 1].Day);
        return day;
    }

    private static TimeOnly TimeOf(List<DateTime> walls, TimeZoneInfo zone)
    {
        var time = TimeOnly.FromDateTime(walls[0]);
        return walls.Count > 1 && IsMoved(walls[0], zone) && TimeOnly.FromDateTime(walls[1]) == time.AddHours(-1) ? time.AddHours(-1) : time;
    }

    private static bool IsLast(DateTime wall) => wall.Day == DateTime.DaysInMonth(wall.Year, wall.Month);

    private static bool IsMoved(DateTime wall, TimeZoneInfo zone) => zone.IsInvalidTime(wall.AddHours(-1));
}
