using System.Globalization;

namespace Crm.Web.Platform.ICalendar;

/// <summary>
/// A zone's VTIMEZONE, with each change of its clock written out by its date: no rule has to be guessed from the machine's data, and
/// every reader understands it. After the last year the last change holds.
/// </summary>
static class IcsZone
{
    public static void Write(IcsLines lines, TimeZoneInfo zone, int fromYear, int toYear)
    {
        var at = new DateTime(fromYear, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        var end = new DateTime(toYear + 1, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        lines.Add("BEGIN", "VTIMEZONE");
        lines.Add("TZID", zone.Id);
        Part(lines, zone, at, zone.GetUtcOffset(at), at);
        for (var day = at; day < end; day = day.AddDays(1))
            if (zone.GetUtcOffset(day) != zone.GetUtcOffset(day.AddDays(1))) Part(lines, zone, Change(zone, day), zone.GetUtcOffset(day), null);
        lines.Add("END", "VTIMEZONE");
    }

    // The first instant of the new offset, to the second.
    private static DateTime Change(TimeZoneInfo zone, DateTime day)
    {
        var (before, after) = (day, day.AddDays(1));
        while (after - before > TimeSpan.FromSeconds(1))
        {
            var middle = before.AddSeconds(Math.Floor((after - before).TotalSeconds / 2));
            if (zone.GetUtcOffset(middle) == zone.GetUtcOffset(day)) before = middle;
            else after = middle;
        }
        return after;
    }

    private static void Part(IcsLines lines, TimeZoneInfo zone, DateTime at, TimeSpan from, DateTime? wall)
    {
        var name = zone.IsDaylightSavingTime(at) ? "DAYLIGHT" : "STANDARD";
        lines.Add("BEGIN", name);
        lines.Add("DTSTART", IcsLines.Wall(wall ?? at + from));
        lines.Add("TZOFFSETFROM", Offset(from));
        lines.Add("TZOFFSETTO", Offset(zone.GetUtcOffset(at)));
        lines.Add("END", name);
    }

    private static string Offset(TimeSpan offset) => (offset < TimeSpan.Zero ? "-" : "+") + offset.ToString(offset.Seconds == 0 ? "hhmm" : "hhmmss", CultureInfo.InvariantCulture);
}
