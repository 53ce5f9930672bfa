namespace Crm.Web.Platform.Times;

/// <summary>Between instants and a zone's wall clock, with the one rule for the hours that daylight saving skips and repeats.</summary>
public static class WallClock
{
    /// <summary>What a clock on the wall shows at an instant.</summary>
    public static DateTime ToWall(this TimeZoneInfo zone, DateTime utc) => TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), zone);

    /// <summary>The instant of a wall-clock time; one that daylight saving skips moves an hour on, of one that comes twice it is the later.</summary>
    public static DateTime ToInstant(this TimeZoneInfo zone, DateTime wall)
    {
        var time = DateTime.SpecifyKind(wall, DateTimeKind.Unspecified);
        return TimeZoneInfo.ConvertTimeToUtc(zone.IsInvalidTime(time) ? time.AddHours(1) : time, zone);
    }
}
