using Crm.Web.Platform.Results;

namespace Crm.Web.Features.Leads.Day;

/// <summary>Ticks things of a day off, reminder or next step, and takes that back.</summary>
public sealed class DayTicks(LeadReminders reminders, LeadNextSteps steps)
{
    /// <returns>Done, or what <see cref="LeadReminders.FinishAsync"/> or <see cref="LeadNextSteps.FinishAsync"/> refuses.</returns>
    public async Task<Result<Done>> FinishAsync(DayRow row, CancellationToken ct)
    {
        if (row.ReminderId is { } reminder && (await reminders.FinishAsync(row.LeadId, reminder, ct)).Failed(out var refusal, out _)) return refusal;
        return row.IsStep ? Settled(row, await steps.FinishAsync(row.LeadId, Step(row), ct)) : default(Done);
    }

    /// <returns>Done, or what <see cref="LeadReminders.ReopenAsync"/> or <see cref="LeadNextSteps.PutBackAsync"/> refuses.</returns>
    public async Task<Result<Done>> TakeBackAsync(DayRow row, CancellationToken ct)
    {
        if (row.ReminderId is { } reminder && (await reminders.ReopenAsync(row.LeadId, reminder, ct)).Failed(out var refusal, out _)) return refusal;
        return row.IsStep ? Settled(row, await steps.PutBackAsync(row.LeadId, Step(row), ct)) : default(Done);
    }

    // the reminder was meant; a step that a colleague planned anew meanwhile stays as they want it
    private static Result<Done> Settled(DayRow row, Result<Done> step) => row.ReminderId is not null && step.Error is NextStepChanged ? default(Done) : step;

    private static LeadStep Step(DayRow row) => new(row.What, row.At);
}
