using System.Globalization;

namespace Crm.Web.Platform.ICalendar;

/// <summary>Writes a calendar as RFC 5545 has it, so that Google Calendar, Apple Calendar and Outlook read it. The same content is always the same text.</summary>
public static class IcsWriter
{
    /// <summary>The media type of what is written.</summary>
    public const string ContentType = "text/calendar; charset=utf-8";

    private const int YearsAhead = 10;

    public static string Write(IcsCalendar calendar)
    {
        var lines = new IcsLines();
        var refresh = string.Create(CultureInfo.InvariantCulture, $"PT{calendar.RefreshMinutes}M");
        lines.Add("BEGIN", "VCALENDAR");
        lines.Add("VERSION", "2.0");
        lines.Add("PRODID", "-//CRM//Reminders//EN");
        lines.Add("CALSCALE", "GREGORIAN");
        lines.Add("METHOD", "PUBLISH");
        lines.AddText("NAME", calendar.Name);
        lines.AddText("X-WR-CALNAME", calendar.Name);
        lines.Add("X-WR-TIMEZONE", calendar.Zone.Id);
        lines.Add("REFRESH-INTERVAL;VALUE=DURATION", refresh);
        lines.Add("X-PUBLISHED-TTL", refresh);
        var walls = calendar.Events.Select(e => e.Start.Wall).OfType<DateTime>().ToList();
        if (walls.Count > 0) IcsZone.Write(lines, calendar.Zone, walls.Min().Year - 1, walls.Max().Year + YearsAhead);
        foreach (var each in calendar.Events) Write(lines, each, calendar.Zone);
        lines.Add("END", "VCALENDAR");
        return lines.ToString();
    }

    private static void Write(IcsLines lines, IcsEvent each, TimeZoneInfo zone)
    {
        lines.Add("BEGIN", "VEVENT");
        lines.Add("UID", each.Uid);
        lines.AddUtc("DTSTAMP", each.ChangedAt);
        if (each.CreatedAt is { } created) lines.AddUtc("CREATED", created);
        lines.AddUtc("LAST-MODIFIED", each.ChangedAt);
        lines.Add("SEQUENCE", each.Sequence.ToString(CultureInfo.InvariantCulture));
        WriteStart(lines, each, zone);
        if (each is { Rule: { } rule, Start.Wall: not null }) lines.Add("RRULE", rule);
        lines.AddText("SUMMARY", each.Summary);
        lines.AddText("DESCRIPTION", each.Description);
        if (each.Url is { } url) lines.Add("URL", url);
        lines.Add("TRANSP", "TRANSPARENT");
        if (each.Rings) WriteAlarm(lines, each.Summary);
        lines.Add("END", "VEVENT");
    }

    private static void WriteStart(IcsLines lines, IcsEvent each, TimeZoneInfo zone)
    {
        if (each.Start.Day is { } day)
        {
            lines.Add("DTSTART;VALUE=DATE", IcsLines.Day(day));
            lines.Add("DTEND;VALUE=DATE", IcsLines.Day(day.AddDays(1)));
            return;
        }
        if (each.Start.Wall is { } wall) lines.Add($"DTSTART;TZID={zone.Id}", IcsLines.Wall(wall));
        else lines.AddUtc("DTSTART", each.Start.Utc!.Value);
        lines.Add("DURATION", string.Create(CultureInfo.InvariantCulture, $"PT{each.Minutes}M"));
    }

    private static void WriteAlarm(IcsLines lines, string words)
    {
        lines.Add("BEGIN", "VALARM");
        lines.Add("ACTION", "DISPLAY");
        lines.AddText("DESCRIPTION", words);
        lines.Add("TRIGGER", "PT0S");
        lines.Add("END", "VALARM");
    }
}
