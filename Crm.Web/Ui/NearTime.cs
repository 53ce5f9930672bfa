using System.Globalization;

namespace Crm.Web.Ui;

/// <summary>
/// Writes times as people say them, near ones by their name: "Today, 14:00", "Tomorrow", "Fri 27 Nov". All times are the
/// shop's wall clock; midnight stands for a whole day without an hour.
/// </summary>
public static class NearTime
{
    /// <summary>When something is to be done.</summary>
    public static string Due(DateTime at, DateTime now)
    {
        var day = DayName(at, now);
        return at.TimeOfDay == TimeSpan.Zero ? day : $"{day}, {Hour(at)}";
    }

    /// <summary>When something was done: the day and the hour.</summary>
    public static string Past(DateTime at, DateTime now) =>
        at.Date == now.Date ? $"Today, {Hour(at)}" : at.Date == now.Date.AddDays(-1) ? $"Yesterday, {Hour(at)}" : $"{Day(at, now)}, {Hour(at)}";

    /// <summary>A day: Fri 27 Nov; with its year when that is another.</summary>
    public static string DayName(DateTime at, DateTime now) => (at.Date - now.Date).Days switch
    {
        0 => "Today",
        1 => "Tomorrow",
        -1 => "Yesterday",
        _ => at.ToString(at.Year == now.Year ? "ddd d MMM" : "d MMM yyyy", CultureInfo.InvariantCulture),
    };

    /// <summary>How late: "2 days late" by the calendar, "3 hours late" within the day.</summary>
    public static string Late(DateTime at, DateTime now) => $"{((now.Date - at.Date).Days is > 0 and var days ? Count(days, "day") : Span(now - at))} late";

    /// <summary>How long ago: "2 minutes ago".</summary>
    public static string Ago(DateTime at, DateTime now) => now - at < TimeSpan.FromMinutes(1) ? "just now" : $"{Span(now - at)} ago";

    /// <summary>How far off: "in 40 minutes", only within a day.</summary>
    public static string? In(DateTime at, DateTime now) =>
        at > now && at - now < TimeSpan.FromHours(12) && at.TimeOfDay != TimeSpan.Zero ? $"in {Span(at - now)}" : null;

    /// <summary>A length in its largest whole unit: "2 days", "1 hour".</summary>
    public static string Span(TimeSpan length) => length switch
    {
        { TotalDays: >= 1 } => Count((int)length.TotalDays, "day"),
        { TotalHours: >= 1 } => Count((int)length.TotalHours, "hour"),
        _ => Count(Math.Max(1, (int)length.TotalMinutes), "minute"),
    };

    private static string Count(int number, string unit) => $"{number.ToString("N0", CultureInfo.InvariantCulture)} {unit}{(number == 1 ? "" : "s")}";

    private static string Hour(DateTime at) => at.ToString("HH:mm", CultureInfo.InvariantCulture);

    private static string Day(DateTime at, DateTime now) => at.ToString(at.Year == now.Year ? "d MMM" : "d MMM yyyy", CultureInfo.InvariantCulture);
}
