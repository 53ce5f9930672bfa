using System.Globalization;

namespace Crm.Data.Seed;

/// <summary>The parts of the year in which the shop sells other things than usual.</summary>
enum SeedSeason { Ordinary, December, Easter, Carnival, Eid }

/// <summary>The shop's days: when it is open, when it is full, and how local time becomes an instant.</summary>
sealed class SeedCalendar(DateTime now)
{
    public const int Opens = 10 * 60;
    public const int Closes = 20 * 60;

    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("America/Toronto");
    private static readonly UmAlQuraCalendar Moon = new();
    private readonly Dictionary<DateOnly, SeedSeason> seasons = [];

    public DateTime Now { get; } = now;
    public DateOnly Today { get; } = DayOf(now);

    /// <summary>The first day in the books: with this month there are 24, so that every month of a year has one before it.</summary>
    public DateOnly Start => new DateOnly(Today.Year, Today.Month, 1).AddMonths(-23);

    public static DateOnly DayOf(DateTime utc) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(utc, Zone));
    public static int MinuteOf(DateTime utc) => (int)TimeZoneInfo.ConvertTimeFromUtc(utc, Zone).TimeOfDay.TotalMinutes;

    /// <summary>The instant of a minute of a day; a minute that daylight saving skips moves an hour on.</summary>
    public static DateTime At(DateOnly day, int minute)
    {
        var wall = day.ToDateTime(TimeOnly.MinValue).AddMinutes(minute);
        return TimeZoneInfo.ConvertTimeToUtc(Zone.IsInvalidTime(wall) ? wall.AddHours(1) : wall, Zone);
    }

    public static bool IsClosed(DateOnly day) => day is { Month: 12, Day: 25 } or { Month: 1, Day: 1 };

    /// <summary>How full a day is beside an ordinary one: weekends and feasts are, January is not, and trade grows a little.</summary>
    public double Fullness(DateOnly day) => Weekday(day.DayOfWeek) * Feast(SeasonOf(day)) * MonthOf(day) * Growth(day);

    public SeedSeason SeasonOf(DateOnly day)
    {
        if (!seasons.TryGetValue(day, out var season)) seasons[day] = season = Find(day);
        return season;
    }

    private double Growth(DateOnly day) => 1 + 0.05 * (day.DayNumber - Start.DayNumber) / 365;

    private static double Weekday(DayOfWeek day) => day switch
    {
        DayOfWeek.Monday or DayOfWeek.Tuesday => 0.65,
        DayOfWeek.Wednesday => 0.75,
        DayOfWeek.Thursday => 0.95,
        DayOfWeek.Friday => 1.25,
        DayOfWeek.Saturday => 1.65,
        DayOfWeek.Sunday => 1.1,
    };

    private static double Feast(SeedSeason season) => season switch
    {
        SeedSeason.Ordinary => 1,
        SeedSeason.December => 1.6,
        SeedSeason.Easter or SeedSeason.Carnival => 1.4,
        SeedSeason.Eid => 1.3,
    };

    private static double MonthOf(DateOnly day) => day.Month switch { 1 or 2 => 0.82, 6 or 7 => 1.05, 11 => 1.06, _ => 1 };

    private static SeedSeason Find(DateOnly day)
    {
        if (day is { Month: 12, Day: >= 8 and <= 31 }) return SeedSeason.December;
        if (Before(day, EasterSunday(day.Year), 9)) return SeedSeason.Easter;
        if (Before(day, CivicHoliday(day.Year), 11)) return SeedSeason.Carnival;
        var end = day.AddDays(8).ToDateTime(TimeOnly.MinValue);
        var isEid = Enumerable.Range(0, 9).Select(ahead => end.AddDays(-ahead)).Any(d => (Moon.GetMonth(d), Moon.GetDayOfMonth(d)) is (10, 1) or (12, 10));
        return isEid ? SeedSeason.Eid : SeedSeason.Ordinary;
    }

    private static bool Before(DateOnly day, DateOnly feast, int days) => day <= feast && day > feast.AddDays(-days);

    /// <summary>The first Monday of August, which ends the Caribbean carnival in Toronto.</summary>
    private static DateOnly CivicHoliday(int year)
    {
        var first = new DateOnly(year, 8, 1);
        return first.AddDays((DayOfWeek.Monday - first.DayOfWeek + 7) % 7);
    }

    /// <summary>The Gregorian rule of Meeus, Jones and Butcher.</summary>
    private static DateOnly EasterSunday(int year)
    {
        var (a, b, c) = (year % 19, year / 100, year % 100);
        var h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
        var l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
        var m = (a + 11 * h + 22 * l) / 451;
        return new DateOnly(year, (h + l - 7 * m + 114) / 31, (h + l - 7 * m + 114) % 31 + 1);
    }
}
