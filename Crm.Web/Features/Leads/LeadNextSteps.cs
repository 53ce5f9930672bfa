using Crm.Data.Leads;
using Crm.Web.Features.Settings;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Leads;

/// <summary>How far a next step is put off.</summary>
public enum Postponement { Hour, Tomorrow, NextWeek }

/// <summary>Puts off or finishes the one next step of a lead.</summary>
public sealed class LeadNextSteps(LeadWork work, Shop shop)
{
    private static readonly TimeOnly Morning = new(9, 0);

    /// <summary>Puts it off, counted from now.</summary>
    public Task<Result<Done>> PostponeAsync(Guid leadId, Postponement by, CancellationToken ct) => ChangeAsync(leadId, lead => lead.PlanNext(lead.NextStep, At(by)), ct);

    /// <summary>It is done; the lead has no next step until somebody plans one.</summary>
    public Task<Result<Done>> FinishAsync(Guid leadId, CancellationToken ct) => ChangeAsync(leadId, lead => lead.PlanNext(null, null), ct);

    private Task<Result<Done>> ChangeAsync(Guid leadId, Action<Lead> change, CancellationToken ct) => work.OnAsync<Done>(leadId, async (db, _) =>
    {
        var lead = await db.Leads.SingleAsync(l => l.Id == leadId, ct);
        if (lead.NextStep is null) return new ConflictError("There is no next step any more.");
        change(lead);
        return default(Done);
    }, ct);

    private DateTime At(Postponement by) => by switch
    {
        Postponement.Hour => shop.Now.AddHours(1),
        Postponement.Tomorrow => shop.ToUtc(shop.Today.AddDays(1).ToDateTime(Morning)),
        Postponement.NextWeek => shop.ToUtc(shop.Today.AddDays(7).ToDateTime(Morning)),
    };
}
