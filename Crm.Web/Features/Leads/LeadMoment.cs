using Crm.Web.Features.Settings;

namespace Crm.Web.Features.Leads;

/// <summary>
/// The borders in time that decide what is due, late or quiet, as UTC instants. A next step at the shop's midnight is meant for the
/// whole day and is late only when the day is over.
/// </summary>
public sealed record LeadMoment(DateTime Now, DateTime DayStart, DateTime DayEnd, DateTime WeekEnd, DateTime QuietBefore)
{
    /// <summary>Days without a human touch after which an open lead is quiet.</summary>
    public const int QuietDays = 14;

    public static LeadMoment Of(Shop shop)
    {
        var (now, today) = (shop.Now, shop.Today);
        return new(now, StartOf(today), StartOf(today.AddDays(1)), StartOf(today.AddDays(7)), now.AddDays(-QuietDays)) { Start = StartOf };

        DateTime StartOf(DateOnly day) => shop.ToUtc(day.ToDateTime(TimeOnly.MinValue));
    }

    /// <summary>The instant at which a day of the shop begins.</summary>
    public required Func<DateOnly, DateTime> Start { get; init; }

    public bool IsLate(DateTime nextStepAt) => nextStepAt < Now && nextStepAt != DayStart;
    public bool IsToday(DateTime nextStepAt) => nextStepAt >= DayStart && nextStepAt < DayEnd;
    public bool IsQuiet(DateTime touchedAt) => touchedAt < QuietBefore;
}
