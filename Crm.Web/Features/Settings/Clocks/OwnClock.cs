using Crm.Web.Platform.Access;
using Crm.Web.Platform.Times;

namespace Crm.Web.Features.Settings.Clocks;

/// <summary>
/// The clock on the wall of whoever acts: the one place that answers in which zone they read and write times
/// (docs/decisions/0031-everybody-by-their-own-clock.md).
/// </summary>
public sealed class OwnClock(CurrentActor actor, Zones zones, Shop shop)
{
    public TimeZoneInfo Zone => zones.Of(actor.UserId);

    /// <summary>UTC.</summary>
    public DateTime UtcNow => shop.Now;

    /// <summary>What their clock shows.</summary>
    public DateTime Now => ToLocal(shop.Now);
    public DateOnly Today => DateOnly.FromDateTime(Now);

    public DateTime ToLocal(DateTime utc) => Zone.ToWall(utc);
    public DateOnly DayOf(DateTime utc) => DateOnly.FromDateTime(ToLocal(utc));

    /// <summary>The instant of a time on their clock; one that daylight saving skips moves an hour on.</summary>
    public DateTime ToUtc(DateTime wall) => Zone.ToInstant(wall);

    /// <summary>The instant at which one of their days begins.</summary>
    public DateTime StartOf(DateOnly day) => ToUtc(day.ToDateTime(TimeOnly.MinValue));

    /// <summary>The instant of a planned step. Without an hour it is meant for that day, whoever looks: the shop's midnight stands for it.</summary>
    public DateTime ToUtc(DateOnly day, TimeOnly? time) => time is { } hour ? ToUtc(day.ToDateTime(hour)) : shop.ToUtc(day.ToDateTime(TimeOnly.MinValue));

    /// <summary>Day and hour of a planned step; no hour for one that is meant for the whole day.</summary>
    public (DateOnly Day, TimeOnly? Time) Read(DateTime stepAt) =>
        IsWholeDay(stepAt) ? (shop.DayOf(stepAt), null) : ToLocal(stepAt) is var wall ? (DateOnly.FromDateTime(wall), TimeOnly.FromDateTime(wall)) : default;

    /// <summary>When a planned step is, for words and calendars: at midnight when it is meant for the whole day.</summary>
    public DateTime StepWall(DateTime stepAt) => IsWholeDay(stepAt) ? shop.ToLocal(stepAt) : ToLocal(stepAt);

    /// <summary>Whether a planned step has no hour.</summary>
    public bool IsWholeDay(DateTime stepAt) => shop.ToLocal(stepAt).TimeOfDay == TimeSpan.Zero;
}
