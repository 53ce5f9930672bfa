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
        return new(now, Start(today), Start(today.AddDays(1)), Start(today.AddDays(7)), now.AddDays(-QuietDays));

        DateTime Start(DateOnly day) => shop.ToUtc(day.ToDateTime(TimeOnly.MinValue));
    }

    public bool IsLate(DateTime nextStepAt) => nextStepAt < Now && nextStepAt != DayStart;
    public bool IsToday(DateTime nextStepAt) => nextStepAt >= DayStart && nextStepAt < DayEnd;
    public bool IsQuiet(DateTime touchedAt) => touchedAt < QuietBefore;
}
