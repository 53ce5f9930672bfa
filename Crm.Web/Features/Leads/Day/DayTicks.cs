using Crm.Web.Platform.Results;

namespace Crm.Web.Features.Leads.Day;

/// <summary>Ticks things of a day off, reminder or next step, and takes that back.</summary>
public sealed class DayTicks(LeadReminders reminders, LeadNextSteps steps)
{
    /// <returns>Done, or what <see cref="LeadReminders.FinishAsync"/> or <see cref="LeadNextSteps.FinishAsync"/> refuses.</returns>
    public Task<Result<Done>> FinishAsync(DayRow row, CancellationToken ct) => row.ReminderId is { } reminder
        ? reminders.FinishAsync(row.LeadId, reminder, ct)
        : steps.FinishAsync(row.LeadId, new LeadStep(row.What, row.At), ct);

    /// <returns>Done, or what <see cref="LeadReminders.ReopenAsync"/> or <see cref="LeadNextSteps.PutBackAsync"/> refuses.</returns>
    public Task<Result<Done>> TakeBackAsync(DayRow row, CancellationToken ct) => row.ReminderId is { } reminder
        ? reminders.ReopenAsync(row.LeadId, reminder, ct)
        : steps.PutBackAsync(row.LeadId, new LeadStep(row.What, row.At), ct);
}
