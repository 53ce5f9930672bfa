namespace Crm.Web.Features.Leads;

/// <summary>The longest texts that a lead and its parts hold, beside those that the entities name.</summary>
public static class LeadLimits
{
    public const int Business = 100;
    public const int City = 100;
    public const int NextStep = 200;
    public const int Value = 20;

    /// <summary>How far from today something can be planned, either way.</summary>
    public const int YearsAway = 10;
    public const int LostNote = 500;
    public const int ContactName = 200;
    public const int ContactPosition = 100;
    public const int ContactNotes = 2000;
    public const int ReminderText = 2000;
    public const int TalkText = 10_000;
    public const int TalkOutcome = 200;
}
