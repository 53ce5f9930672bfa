using Crm.Data;
using Crm.Data.Leads;
using Crm.Web.Features.Leads.Opportunities;
using Crm.Web.Features.Settings;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Leads;

/// <summary>
/// Puts cards into columns and places. A move says where the card shall be, not where it was: when two people move the same card,
/// the later move stands, and order and totals stay sound. docs/decisions/0014-the-later-move-stands.md
/// </summary>
public sealed class LeadMoves(IDbContextFactory<CrmDbContext> contexts, CurrentActor actor, Shop shop)
{
    private const int Attempts = 10;

    /// <summary>Moves within a column or to another open one.</summary>
    /// <returns>The card, or <see cref="LeadNotFound"/>, <see cref="LostNeedsReason"/>, <see cref="ConversionNeedsCustomer"/>.</returns>
    public Task<Result<LeadMoved>> MoveAsync(Guid leadId, LeadStatus to, LeadPlace place, CancellationToken ct) => PutAsync(leadId, to, place, (lead, rank) =>
    {
        if (lead.Status == to) lead.PlaceAt(rank);
        else if (to is LeadStatus.Lost) return new LostNeedsReason();
        else if (to is not LeadStatus.Converted) lead.MoveTo(to, rank, shop.Now);
        else if (lead.ConvertedCustomerId is { } customerId) lead.ConvertTo(customerId, rank, shop.Now);
        else return new ConversionNeedsCustomer();
        return null;
    }, ct);

    /// <summary>Records that a lead was lost and why.</summary>
    public async Task<Result<LeadMoved>> LoseAsync(Guid leadId, LostReason reason, string? note, LeadPlace place, CancellationToken ct)
    {
        if (note?.Trim().Length > LeadLimits.LostNote) return new InvalidError("Note", $"Keep the note within {LeadLimits.LostNote} characters.");
        return await PutAsync(leadId, LeadStatus.Lost, place, (lead, rank) =>
        {
            lead.Lose(reason, note, rank, shop.Now);
            return null;
        }, ct);
    }

    private async Task<Result<LeadMoved>> PutAsync(Guid leadId, LeadStatus to, LeadPlace place, Func<Lead, long, Error?> change, CancellationToken ct)
    {
        if (actor.UnlessStaff() is { } refusal) return refusal;
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            try
            {
                return await PutOnceAsync(leadId, to, place, change, ct);
            }
            catch (DbUpdateConcurrencyException)
            {
                // somebody saved the same lead between our read and our save: read again, move again
            }
        }
        return new LeadBusy();
    }

    private async Task<Result<LeadMoved>> PutOnceAsync(Guid leadId, LeadStatus to, LeadPlace place, Func<Lead, long, Error?> change, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var write = await db.BeginWriteAsync(ct);
        await LeadRanks.LockAsync(db, ct);
        var rank = await LeadRanks.FindAsync(db, leadId, to, place, ct);
        var lead = await db.Leads.SeenBy(actor).SingleOrDefaultAsync(l => l.Id == leadId, ct);
        if (lead is null) return new LeadNotFound();

        var from = lead.Status;
        if (to is LeadStatus.Converted && lead.ConvertedCustomerId is { } customerId) await LeadDeals.FollowAsync(db, lead, customerId, ct);
        if (change(lead, rank) is { } refused) return refused;
        await db.SaveChangesAsync(ct);
        var card = await LeadBoardQueries.Cards(db, db.Leads.AsNoTracking().Where(l => l.Id == leadId)).SingleAsync(ct);
        await write.CommitAsync(ct);
        return new LeadMoved(card, from);
    }
}
