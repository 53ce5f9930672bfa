using Crm.Data.Leads;
using Crm.Web.Features.Settings.Clocks;
using Crm.Web.Ui;

namespace Crm.Web.Features.Leads.Reminders;

/// <summary>Reminders in words.</summary>
static class ReminderWords
{
    public static readonly (SnoozeBy By, string Label)[] Snoozes =
        [(SnoozeBy.TenMinutes, "In 10 minutes"), (SnoozeBy.Hour, "In an hour"), (SnoozeBy.Tomorrow, "Tomorrow, 9:00"), (SnoozeBy.NextWeek, "Monday, 9:00")];

    public static string Of(ReminderRepeat repeat) => repeat switch
    {
        ReminderRepeat.Never => "Once",
        ReminderRepeat.Daily => "Every day",
        ReminderRepeat.Weekdays => "Monday to Friday",
        ReminderRepeat.Weekly => "Every week",
        ReminderRepeat.Monthly => "Every month",
        ReminderRepeat.Yearly => "Every year",
    };

    /// <summary>When something is due, by the clock of whoever reads it.</summary>
    public static string When(OwnClock clock, DateTime utc) => NearTime.Due(clock.ToLocal(utc), clock.Now);

    /// <summary>Below a reminder's title: when, how late, snoozed until when, whose, how often.</summary>
    public static string Line(OwnClock clock, LeadReminderLine reminder, bool withPerson = true)
    {
        var (at, now) = (clock.ToLocal(reminder.DueAt), clock.Now);
        var late = reminder.IsOpen && reminder.DueAt < clock.UtcNow;
        return string.Join(" · ", new[]
        {
            NearTime.Due(at, now), late ? NearTime.Late(at, now) : null,
            reminder is { IsOpen: true, Status: ReminderStatus.Pending } && reminder.FireAt > reminder.DueAt ? $"snoozed until {When(clock, reminder.FireAt)}" : null,
            withPerson && reminder.Person.Length > 0 ? reminder.Person : null,
            reminder.Repeat is ReminderRepeat.Never ? null : Of(reminder.Repeat).ToLowerInvariant(),
            reminder.Status is ReminderStatus.Cancelled ? "called off" : null,
        }.OfType<string>());
    }
}
