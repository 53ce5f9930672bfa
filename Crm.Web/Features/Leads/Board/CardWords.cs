using Crm.Web.Features.Settings.Clocks;
using Crm.Web.Ui;

namespace Crm.Web.Features.Leads.Board;

/// <summary>The last line of a card: what comes next, or what holds it up.</summary>
/// <param name="Css">due, late or none; empty for nothing to notice.</param>
/// <param name="Icon">Name in the sprite.</param>
public sealed record CardCue(string Css, string Icon, string Text)
{
    /// <summary>What is late or due, else what comes next; how long nobody touched it stands beside the value.</summary>
    public static CardCue Of(LeadCard card, LeadMoment moment, OwnClock clock)
    {
        var now = clock.ToLocal(moment.Now);
        if (!card.IsOpen) return Closed(card, clock.ToLocal(card.StatusSince), now);
        var step = card.NextStepAt is { } at ? clock.StepWall(at) : (DateTime?)null;
        if (step is { } late && moment.IsLate(card.NextStepAt!.Value)) return new("late", "alert", NearTime.Late(late, now));
        if (step is { } today && moment.IsToday(card.NextStepAt!.Value)) return new("due", "bell", NearTime.Due(today, now));
        if (step is { } coming) return new("", "cal", NearTime.DayName(coming, now));
        return card.NextStep is null ? new("open", "flag", "No next step yet") : new("", "flag", card.NextStep);
    }

    private static CardCue Closed(LeadCard card, DateTime since, DateTime now) => card.LostReason is null
        ? new("", "check", $"Converted {Day(since, now)}")
        : new("", "x", $"Closed {Day(since, now)}");

    private static string Day(DateTime at, DateTime now) => NearTime.DayName(at, now) switch
    {
        "Today" => "today",
        "Yesterday" => "yesterday",
        var day => day,
    };
}

/// <summary>The other words of a card.</summary>
public static class CardWords
{
    /// <summary>What kind of lead and who to speak with; for a lost one, why.</summary>
    public static string Line(LeadCard card)
    {
        if (card.LostReason is { } reason) return string.Join(" · ", new[] { LeadWords.Of(reason), card.LostNote }.OfType<string>());
        return string.Join(" · ", new[] { card.Business, card.Person }.OfType<string>());
    }

    /// <summary>One to three bars.</summary>
    public static string Bars(Crm.Data.Leads.LeadPriority priority) => priority switch
    {
        Crm.Data.Leads.LeadPriority.Low => "l",
        Crm.Data.Leads.LeadPriority.Medium => "m",
        Crm.Data.Leads.LeadPriority.High => "h",
    };
}
