using System.Text.Json;
using Crm.Data;
using Crm.Data.Leads;
using Crm.Web.Features.Leads.Opportunities;
using Crm.Web.Features.Settings;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Crm.Web.Platform.Undo;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Leads.Undo;

/// <summary>Deals: for whoever sees them, or gave them away themselves.</summary>
sealed class OpportunityUndo(Shop shop) : UndoRule<Opportunity>
{
    public override bool IsQuiet(string property) => base.IsQuiet(property) || property is nameof(Opportunity.Rank) or nameof(Opportunity.StageSince);

    // The leads' turn first, as a conversion takes them: two that wait for each other would wait for ever.
    public override async Task LockAsync(CrmDbContext db, CancellationToken ct)
    {
        await LeadRanks.LockAsync(db, ct);
        await OpportunityRanks.LockAsync(db, ct);
    }

    public override async Task<IReadOnlyDictionary<UndoRow, Error>> RefusalsAsync(CrmDbContext db, CurrentActor actor, IReadOnlyCollection<UndoRow> rows, CancellationToken ct)
    {
        var ids = rows.Select(r => r.EntityId).ToList();
        var hidden = await db.Opportunities.Where(o => ids.Contains(o.Id) && !db.Opportunities.SeenBy(actor).Any(seen => seen.Id == o.Id)).ToDictionaryAsync(o => o.Id, ct);
        return rows.Where(r => hidden.TryGetValue(r.EntityId, out var deal) && !GivenAway.By(actor, r, db.Entry(deal))).ToDictionary(r => r, _ => (Error)new OpportunityNotFound());
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

    // A card that goes back to its stage goes back to its place, though the stages were numbered anew meanwhile.
    protected override void Finish(CrmDbContext db, Opportunity row, UndoRow change)
    {
        if (!change.Before.ContainsKey(nameof(Opportunity.StageId))) return;
        if (change.Before.TryGetValue(nameof(Opportunity.Rank), out var rank)) row.PlaceAt(JsonSerializer.Deserialize<long>(rank));
        if (change.Before.TryGetValue(nameof(Opportunity.StageSince), out var since)) db.Entry(row).Property(o => o.StageSince).CurrentValue = JsonSerializer.Deserialize<DateTime>(since);
    }

    protected override string NameOf(Opportunity row) => row.Title;
}
