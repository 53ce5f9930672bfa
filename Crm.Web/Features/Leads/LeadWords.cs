using Crm.Data.Leads;

namespace Crm.Web.Features.Leads;

/// <summary>The words on screen for what is stored as a value.</summary>
public static class LeadWords
{
    public static string Of(LeadStatus status) => status switch
    {
        LeadStatus.New => "New",
        LeadStatus.Contacted => "Contacted",
        LeadStatus.Qualified => "Qualified",
        LeadStatus.Converted => "Converted",
        LeadStatus.Lost => "Lost",
    };

    public static string Of(LeadPriority priority) => priority switch
    {
        LeadPriority.Low => "Low",
        LeadPriority.Medium => "Medium",
        LeadPriority.High => "High",
    };

    public static string Of(LostReason reason) => reason switch
    {
        LostReason.Price => "Price",
        LostReason.Delivery => "Delivery",
        LostReason.Competitor => "Went to a competitor",
        LostReason.NoAnswer => "No answer",
        LostReason.NotNow => "Not now",
        LostReason.NotAFit => "Not a fit",
        LostReason.Other => "Other",
    };

    public static string Of(LeadWhen when) => when switch
    {
        LeadWhen.Today => "Due today",
        LeadWhen.Week => "Due within a week",
        LeadWhen.Late => "Late",
        LeadWhen.None => "No next step",
        LeadWhen.Stale => "Stale",
        LeadWhen.Given => "Given, not begun",
    };

    public static string Of(CorrespondenceKind kind) => kind switch
    {
        CorrespondenceKind.Email => "E-mail",
        CorrespondenceKind.Phone => "Call",
        CorrespondenceKind.Meeting => "Meeting",
        CorrespondenceKind.WhatsApp => "Message",
        CorrespondenceKind.Other => "Talk",
    };

    /// <summary>The dot of a column.</summary>
    public static Ui.Tone Tone(LeadStatus status) => status switch
    {
        LeadStatus.New => Ui.Tone.Info,
        LeadStatus.Contacted => Ui.Tone.Warn,
        LeadStatus.Qualified => Ui.Tone.Accent,
        LeadStatus.Converted => Ui.Tone.Ok,
        LeadStatus.Lost => Ui.Tone.Neutral,
    };
}
