using Crm.Data.Leads;
using Crm.Web.Features.Settings;
using Crm.Web.Features.Settings.Pipeline;

namespace Crm.Web.Features.Leads;

/// <summary>Whether a lead was worked on lately enough for its stage.</summary>
public enum LeadAge { Fresh, Ageing, Stale }

/// <summary>
/// The borders in time that decide what is due, late or stale, as UTC instants. A next step at the shop's midnight is meant for the
/// whole day and is late only when the day is over.
/// </summary>
public sealed record LeadMoment(DateTime Now, DateTime DayStart, DateTime DayEnd, DateTime WeekEnd, PipelineSettings Clocks)
{
    private const double Ageing = 0.7;

    /// <summary>Before these an untouched lead is stale.</summary>
    public StaleBorders Stale => Clocks.BordersAt(Now);

    public static LeadMoment Of(Shop shop)
    {
        var (now, today) = (shop.Now, shop.Today);
        return new(now, StartOf(today), StartOf(today.AddDays(1)), StartOf(today.AddDays(7)), shop.Pipeline) { Start = StartOf };

        DateTime StartOf(DateOnly day) => shop.ToUtc(day.ToDateTime(TimeOnly.MinValue));
    }

    /// <summary>The instant at which a day of the shop begins.</summary>
    public required Func<DateOnly, DateTime> Start { get; init; }

    public bool IsLate(DateTime nextStepAt) => nextStepAt < Now && nextStepAt != DayStart;
    public bool IsToday(DateTime nextStepAt) => nextStepAt >= DayStart && nextStepAt < DayEnd;

    /// <summary>How near an open lead is to being forgotten; a planned step does not stop this clock.</summary>
    public LeadAge AgeOf(LeadStatus status, DateTime touchedAt)
    {
        if (Clocks.DaysOf(status) is not { } days) return LeadAge.Fresh;
        var rested = Now - touchedAt;
        return rested > TimeSpan.FromDays(days) ? LeadAge.Stale : rested > TimeSpan.FromDays(days * Ageing) ? LeadAge.Ageing : LeadAge.Fresh;
    }
}
