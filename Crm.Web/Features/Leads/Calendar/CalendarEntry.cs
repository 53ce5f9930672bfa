namespace Crm.Web.Features.Leads.Calendar;

/// <summary>What stands in the calendar.</summary>
public enum CalendarKind { Reminder, NextStep, Meeting }

/// <summary>Something in the calendar, by the wall clock of whoever looks.</summary>
/// <param name="Id">Of the reminder or meeting; of the lead for its next step.</param>
/// <param name="At">On their wall clock; a next step at midnight is meant for the whole day.</param>
/// <param name="Person">Whose it is; empty for nobody's.</param>
/// <param name="Stored">The reminder as its parts show it; null for others.</param>
public sealed record CalendarEntry(CalendarKind Kind, Guid Id, Guid LeadId, string Lead, string Title, DateTime At, DateTime AtUtc, string Person, bool IsDone, bool IsLate, LeadReminderLine? Stored)
{
    /// <summary>How its element on screen is named.</summary>
    public string Key => $"{Kind}-{Id:N}";
    public bool IsAllDay => Kind is CalendarKind.NextStep && At.TimeOfDay == TimeSpan.Zero;

    /// <summary>A meeting took place when it did, and what is done stays where it was.</summary>
    public bool CanMove => Kind is not CalendarKind.Meeting && !IsDone;
    public DateOnly Day => DateOnly.FromDateTime(At);
}
