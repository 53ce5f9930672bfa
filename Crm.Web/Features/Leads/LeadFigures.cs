using Crm.Data;
using Crm.Data.Leads;
using Crm.Web.Features.Settings.Pipeline;
using Crm.Web.Platform.Access;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Leads;

/// <summary>Leads of one person, column and priority: how many, what they are worth, and what of the open ones is due.</summary>
/// <param name="OwnerId">Null for those that nobody works on.</param>
sealed record LeadFigure(Guid? OwnerId, LeadStatus Status, LeadPriority Priority, int Count, long ValueMinor, int Today, int Late, int Stale);

/// <summary>
/// The numbers of the board, counted once for everybody: each person's totals are the sum of the rows that they may see. It holds
/// numbers of everybody's leads, so whoever hands a sum out asks <see cref="LeadSightOfActor.Sees"/> of each row.
/// </summary>
/// <param name="Clocks">By which the stale ones were counted.</param>
sealed record LeadFigures(IReadOnlyList<LeadFigure> Rows, PipelineSettings Clocks)
{
    /// <summary>All five columns' totals as far as somebody sees them under a filter, also the empty ones.</summary>
    public IReadOnlyList<LaneTotal> TotalsFor(CurrentActor actor, LeadFilter filter)
    {
        var shown = Rows.Where(r => LeadFiltering.Leaves(filter, actor, r.OwnerId, r.Priority, r.Status)).ToLookup(r => r.Status);
        return [.. Enum.GetValues<LeadStatus>().Select(s => new LaneTotal(s, shown[s].Sum(r => r.Count), shown[s].Sum(r => r.ValueMinor)))];
    }

    /// <summary>The numbers on the tabs as somebody sees them.</summary>
    public LeadTabCounts TabsFor(CurrentActor actor)
    {
        var open = Rows.Where(r => r.Status.IsOpen() && actor.Sees(r.OwnerId)).ToList();
        return new(open.Sum(r => r.Count), open.Where(r => r.OwnerId is not null && r.OwnerId == actor.UserId).Sum(r => r.Count), open.Sum(r => r.Today), open.Sum(r => r.Late), open.Sum(r => r.Stale));
    }

    internal static async Task<LeadFigures> ReadAsync(CrmDbContext db, LeadMoment moment, CancellationToken ct) => new(await Of(db.Leads.AsNoTracking(), moment).ToListAsync(ct), moment.Clocks);

    internal static IQueryable<LeadFigure> Of(IQueryable<Lead> leads, LeadMoment moment)
    {
        var ((now, dayStart, dayEnd, _, _), (fresh, contacted, qualified)) = (moment, moment.Stale);
        return leads.GroupBy(l => new { l.OwnerId, l.Status, l.Priority }).Select(g => new LeadFigure(
            g.Key.OwnerId, g.Key.Status, g.Key.Priority, g.Count(), g.Sum(l => l.ValueMinor),
            g.Count(l => l.NextStepAt >= dayStart && l.NextStepAt < dayEnd),
            g.Count(l => l.NextStepAt < now && l.NextStepAt != dayStart),
            g.Count(l => l.TouchedAt < (l.Status == LeadStatus.New ? fresh : l.Status == LeadStatus.Contacted ? contacted : qualified))));
    }
}
