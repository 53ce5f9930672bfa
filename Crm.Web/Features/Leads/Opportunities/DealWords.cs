using Crm.Data.Leads;
using Crm.Web.Features.Settings;
using Crm.Web.Ui;

namespace Crm.Web.Features.Leads.Opportunities;

/// <summary>The words on screen for what is stored of an opportunity.</summary>
public static class DealWords
{
    public static string Of(WonReason reason) => reason switch
    {
        WonReason.Price => "Price",
        WonReason.Quality => "Quality",
        WonReason.Range => "Range of goods",
        WonReason.Service => "Service",
        WonReason.Delivery => "Delivery",
        WonReason.Relationship => "They know us",
        WonReason.Other => "Other",
    };

    /// <summary>The dot of a stage.</summary>
    public static Tone Tone(DealOutcome outcome, int basisPoints) => outcome switch
    {
        DealOutcome.Won => Ui.Tone.Ok,
        DealOutcome.Lost => Ui.Tone.Neutral,
        DealOutcome.Open => basisPoints < 3000 ? Ui.Tone.Info : basisPoints < 6000 ? Ui.Tone.Warn : Ui.Tone.Accent,
    };

    /// <summary>2500 is 25 %.</summary>
    public static string Percent(int basisPoints) => basisPoints % 100 == 0 ? $"{basisPoints / 100} %" : FormattableString.Invariant($"{basisPoints / 100m:0.##} %");

    /// <summary>Whose it is: the customer, else the lead.</summary>
    public static string Whose(OpportunityRow deal) => deal.CustomerName.Length > 0 ? deal.CustomerName : deal.LeadName;

    /// <summary>When it is expected to close, or how it ended; an open one whose day has passed is late.</summary>
    public static (string Css, string Icon, string Text) Cue(OpportunityRow deal, Shop shop)
    {
        var now = shop.ToLocal(shop.Now);
        if (deal.ClosedAt is { } closed)
            return deal.Outcome is DealOutcome.Won ? ("", "check", $"Won {Day(shop.ToLocal(closed), now)}") : ("", "x", $"Lost {Day(shop.ToLocal(closed), now)}");
        if (deal.ExpectedOn is not { } on) return ("st", "hour", "No day yet");
        var day = on.ToDateTime(TimeOnly.MinValue);
        return on < shop.Today ? ("late", "alert", NearTime.Late(day, now)) : on == shop.Today ? ("due", "cal", "Today") : ("", "cal", NearTime.DayName(day, now));
    }

    private static string Day(DateTime at, DateTime now) => NearTime.DayName(at, now) switch { "Today" => "today", "Yesterday" => "yesterday", var day => day };
}
