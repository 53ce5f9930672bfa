using Crm.Data;
using Crm.Data.Leads;
using Crm.Web.Features.Settings;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Crm.Web.Platform.Undo;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Leads.Undo;

/// <summary>Deals: for whoever sees the lead that they belong to, or made the change.</summary>
sealed class OpportunityUndo(Shop shop) : UndoRule<Opportunity>
{
    public override bool IsQuiet(string property) => base.IsQuiet(property) || property is nameof(Opportunity.Rank) or nameof(Opportunity.StageSince);

    public override Task LockAsync(CrmDbContext db, CancellationToken ct) => LeadRanks.LockAsync(db, ct);

    public override async Task<IReadOnlyDictionary<UndoRow, Error>> RefusalsAsync(CrmDbContext db, CurrentActor actor, IReadOnlyCollection<UndoRow> rows, CancellationToken ct)
    {
        var ids = rows.Select(r => r.EntityId).ToList();
        var hidden = (await db.Opportunities.Where(o => ids.Contains(o.Id) && o.LeadId != null && !db.Leads.SeenBy(actor).Any(l => l.Id == o.LeadId)).Select(o => o.Id).ToListAsync(ct)).ToHashSet();
        return rows.Where(r => hidden.Contains(r.EntityId) && r.ActorId != actor.UserId).ToDictionary(r => r, _ => (Error)new LeadNotFound());
    }

    public override UndoWords Tell(string property, object? value) => (property, value) switch
    {
        (nameof(Opportunity.AmountMinor), long minor) => new("amount", shop.Format(new Money(minor))),
        (nameof(Opportunity.OwnerId), _) => new("agent", value is null ? null : "somebody else"),
        (nameof(Opportunity.StageId), _) => new("stage", value is null ? null : "another stage"),
        _ => base.Tell(property, value),
    };

    protected override Task RemoveAsync(CrmDbContext db, IReadOnlyList<Opportunity> rows, CancellationToken ct)
    {
        db.Opportunities.RemoveRange(rows);
        return Task.CompletedTask;
    }

    protected override string NameOf(Opportunity row) => row.Title;
}
