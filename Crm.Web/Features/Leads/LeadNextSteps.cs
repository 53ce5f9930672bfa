using Crm.Data;
using Crm.Data.Leads;
using Crm.Web.Features.Settings.Clocks;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Leads;

/// <summary>How far a next step is put off.</summary>
public enum Postponement { Hour, Tomorrow, NextWeek }

/// <summary>A next step as somebody saw it when deciding about it.</summary>
/// <param name="At">UTC.</param>
public sealed record LeadStep(string? What, DateTime? At)
{
    public static LeadStep Of(LeadDetail lead) => new(lead.NextStep, lead.NextStepAt);
}

/// <summary>Puts off or finishes the one next step of a lead: the one that was seen, never another that a colleague planned since.</summary>
public sealed class LeadNextSteps(LeadWork work, LeadForms forms, OwnClock clock)
{
    private static readonly TimeOnly Morning = new(9, 0);

    /// <summary>Puts it off, counted from now.</summary>
    /// <returns>Done, or <see cref="NextStepChanged"/>.</returns>
    public Task<Result<Done>> PostponeAsync(Guid leadId, LeadStep seen, Postponement by, CancellationToken ct) => ChangeAsync(leadId, seen, lead => lead.PlanNext(lead.NextStep, At(by)), ct);

    /// <summary>Puts it on another time.</summary>
    /// <param name="wall">On the clock of whoever moves it; midnight means the whole day.</param>
    /// <returns>The change, by which it can be taken back, or <see cref="NextStepChanged"/>, or why the day cannot be.</returns>
    public Task<Result<Guid>> MoveAsync(Guid leadId, LeadStep seen, DateTime wall, CancellationToken ct) => ChangeAsync(leadId, seen, lead =>
    {
        var complaints = new Complaints();
        forms.CheckDay(complaints, nameof(LeadEdit.NextStepOn), DateOnly.FromDateTime(wall));
        if (complaints.Error is { } complaint) return complaint;
        lead.PlanNext(lead.NextStep, clock.ToUtc(DateOnly.FromDateTime(wall), wall.TimeOfDay == TimeSpan.Zero ? null : TimeOnly.FromDateTime(wall)));
        return null;
    }, db => db.ChangeId!.Value, ct);

    /// <summary>It is done; the lead has no next step until somebody plans one.</summary>
    /// <returns>Done, or <see cref="NextStepChanged"/>.</returns>
    public Task<Result<Done>> FinishAsync(Guid leadId, LeadStep seen, CancellationToken ct) => ChangeAsync(leadId, seen, lead => lead.PlanNext(null, null), ct);

    /// <summary>Puts a finished step back where no other was planned meanwhile.</summary>
    /// <returns>Done, or <see cref="NextStepChanged"/>.</returns>
    public Task<Result<Done>> PutBackAsync(Guid leadId, LeadStep was, CancellationToken ct) => work.OnAsync<Done>(leadId, async (db, _) =>
    {
        var lead = await db.Leads.SingleAsync(l => l.Id == leadId, ct);
        if (lead.NextStep is not null) return new NextStepChanged(lead.NextStep);
        lead.PlanNext(was.What, was.At);
        return default(Done);
    }, ct);

    private Task<Result<Done>> ChangeAsync(Guid leadId, LeadStep seen, Action<Lead> change, CancellationToken ct) => ChangeAsync(leadId, seen, lead =>
    {
        change(lead);
        return null;
    }, _ => default(Done), ct);

    private Task<Result<T>> ChangeAsync<T>(Guid leadId, LeadStep seen, Func<Lead, Error?> change, Func<CrmDbContext, T> answer, CancellationToken ct) => work.OnAsync<T>(leadId, async (db, _) =>
    {
        var lead = await db.Leads.SingleAsync(l => l.Id == leadId, ct);
        if (lead.NextStep is null || seen != new LeadStep(lead.NextStep, lead.NextStepAt)) return new NextStepChanged(lead.NextStep);
        return change(lead) is { } refusal ? refusal : answer(db);
    }, ct);

    private DateTime At(Postponement by) => by switch
    {
        Postponement.Hour => clock.UtcNow.AddHours(1),
        Postponement.Tomorrow => clock.ToUtc(clock.Today.AddDays(1).ToDateTime(Morning)),
        Postponement.NextWeek => clock.ToUtc(clock.Today.AddDays(7).ToDateTime(Morning)),
    };
}
