using Crm.Data;
using Crm.Data.Audit;
using Crm.Data.Leads;
using Crm.Data.Search;
using Crm.Data.Storage;
using Crm.Web.Features.Customers;
using Crm.Web.Features.Leads.Opportunities;
using Crm.Web.Features.Settings;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Crm.Web.Platform.Undo;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Leads;

/// <summary>
/// Makes a lead a customer, or links it to one, and its opportunities the customer's, in one transaction that can be taken back; the
/// lead stays, as converted.
/// </summary>
public sealed class LeadConversion(IDbContextFactory<CrmDbContext> contexts, CurrentActor actor, CustomerIntake customers, OpportunityForms deals, UndoService undo, Shop shop)
{
    private const int Most = 8;

    /// <summary>Customers with the same phone or e-mail as the lead or its contacts; with a text, those that it finds.</summary>
    public async Task<Result<IReadOnlyList<ConversionCandidate>>> CandidatesAsync(Guid leadId, string? text, CancellationToken ct)
    {
        if (actor.UnlessMay(Permission.EditCustomers) is { } refusal) return refusal;
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (!string.IsNullOrWhiteSpace(text))
            return (await SearchIndex.FindAsync(db, text, [ChangeKinds.Customer], Most, ct)).ConvertAll(h => new ConversionCandidate(h.Id, h.Title, h.Subtitle, null));

        var known = await db.Leads.AsNoTracking().SeenBy(actor).Where(l => l.Id == leadId).Select(l => new { l.Phone, l.Email })
            .Concat(db.LeadContacts.Where(c => c.LeadId == leadId && db.Leads.SeenBy(actor).Any(l => l.Id == leadId)).Select(c => new { c.Phone, c.Email })).ToListAsync(ct);
        var phones = known.Select(k => k.Phone).OfType<string>().Distinct().ToList();
        var emails = known.Select(k => k.Email?.ToUpperInvariant()).OfType<string>().Distinct().ToList();
        var linked = await db.Leads.SeenBy(actor).Where(l => l.Id == leadId).Select(l => l.ConvertedCustomerId).SingleOrDefaultAsync(ct);
        var found = await db.Customers.AsNoTracking().Where(c => c.Id == linked || phones.Contains(c.Phone!) || emails.Contains(c.NormalizedEmail!)).OrderByDescending(c => c.Id == linked).ThenBy(c => c.Id).Take(Most)
            .Select(c => new { c.Id, c.FirstName, c.LastName, c.Phone, c.Email, c.Number, c.City }).ToListAsync(ct);
        return found.ConvertAll(c => new ConversionCandidate(c.Id, CustomerName.Of(c.FirstName, c.LastName, c.Phone, c.Email, c.Number),
            string.Join(" · ", new[] { c.City, c.Email }.OfType<string>()), c.Id == linked ? "linked already" : phones.Contains(c.Phone ?? "") ? "same phone" : "same e-mail"));
    }

    /// <summary>Converts; the card goes on top of its new column.</summary>
    /// <returns>
    /// The card, or <see cref="ConversionNotAllowed"/>, <see cref="LeadNotFound"/>, <see cref="LeadAlreadyConverted"/>, every complaint about the new
    /// customer or opportunity, or <see cref="CustomerTaken"/>.
    /// </returns>
    public async Task<Result<LeadMoved>> ConvertAsync(Guid leadId, ConversionEdit edit, LeadPlace place, CancellationToken ct)
    {
        if (actor.UnlessStaff() is { } refusal) return refusal;
        if (!actor.May(Permission.EditCustomers)) return new ConversionNotAllowed();
        try
        {
            return await ConvertOnceAsync(leadId, edit, place, ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new LeadBusy();
        }
        catch (DbUpdateException lost) when (CrmDatabase.IsUniqueViolation(lost))
        {
            return new ConflictError("Somebody added this customer a moment ago. Look at the known customers again.");
        }
    }

    /// <summary>Whether the conversion of a lead can be taken back, as <see cref="UndoService.UndoAsync"/> does; for those who make customers.</summary>
    /// <returns>The change and what stands in its way, or null for a lead that nobody converted here.</returns>
    public async Task<Result<ConversionBack?>> LookBackAsync(Guid leadId, CancellationToken ct)
    {
        if (actor.UnlessMay(Permission.EditCustomers) is { } refusal) return refusal;
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (!await db.Leads.SeenBy(actor).AnyAsync(l => l.Id == leadId, ct)) return new LeadNotFound();
        var change = await db.AuditEntries.AsNoTracking()
            .Where(a => a.EntityType == nameof(Lead) && a.EntityId == leadId && a.Action == AuditAction.Updated && a.After!.Contains("\"Status\":\"" + nameof(LeadStatus.Converted) + "\""))
            .OrderByDescending(a => a.At).ThenByDescending(a => a.Id).Select(a => (Guid?)a.ChangeId).FirstOrDefaultAsync(ct);
        return Result.Of(change is { } made ? new ConversionBack(made, (await undo.LookAsync(made, ct)).Error?.Message) : null);
    }

    private async Task<Result<LeadMoved>> ConvertOnceAsync(Guid leadId, ConversionEdit edit, LeadPlace place, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var write = await db.BeginWriteAsync(ct);
        await LeadRanks.LockAsync(db, ct);
        await OpportunityRanks.LockAsync(db, ct);
        await db.HoldAsync(typeof(Lead), [leadId], ct);
        db.ChangeId = NewId();
        var rank = await LeadRanks.FindAsync(db, leadId, LeadStatus.Converted, place, ct);
        var lead = await db.Leads.SeenBy(actor).SingleOrDefaultAsync(l => l.Id == leadId, ct);
        if (lead is null) return new LeadNotFound();
        if (edit.Deal is not null && await deals.ComplaintAsync(db, DealOf(edit, leadId), null, ct) is { } wrong) return wrong;
        if (await AlreadyAsync(db, lead, edit, ct) is { } already) return already;
        if ((await CustomerAsync(db, lead, edit, ct)).Failed(out var complaint, out var customerId)) return complaint;

        await LeadDeals.FollowAsync(db, lead, customerId, ct);
        if (edit.Deal is not null && await AddDealAsync(db, lead, customerId, edit, ct) is { } refused) return refused;
        var from = lead.Status;
        lead.ConvertTo(customerId, rank, shop.Now);
        await db.SaveChangesAsync(ct);
        var card = await LeadBoardQueries.Cards(db, db.Leads.AsNoTracking().Where(l => l.Id == leadId)).SingleAsync(ct);
        await write.CommitAsync(ct);
        return new LeadMoved(card, from, db.ChangeId);
    }

    // Whoever did not know of the link is told of it, before a second opportunity is made for the same wish.
    private static async Task<Error?> AlreadyAsync(CrmDbContext db, Lead lead, ConversionEdit edit, CancellationToken ct)
    {
        if (lead.ConvertedCustomerId is not { } linked) return null;
        var known = linked == edit.LinkedId || linked == edit.CustomerId && edit.Deal is null;
        return known && (edit.DealId is not { } made || !await db.Opportunities.AnyAsync(o => o.Id == made, ct)) ? null : await AlreadyAsync(db, linked, ct);
    }

    private Guid NewId() => Guid.CreateVersion7(new DateTimeOffset(shop.Now, TimeSpan.Zero));

    private static OpportunityEdit DealOf(ConversionEdit edit, Guid leadId)
    {
        var wanted = edit.Deal!.Copy();
        (wanted.LeadId, wanted.CustomerId) = (leadId, null);
        return wanted;
    }

    private async Task<Error?> AddDealAsync(CrmDbContext db, Lead lead, Guid customerId, ConversionEdit edit, CancellationToken ct)
    {
        if (await OpportunityMoves.StageAsync(db, edit.Deal!.StageId, ct) is not { } stage) return new StageNotFound();
        var wanted = DealOf(edit, lead.Id);
        wanted.OwnerId ??= lead.OwnerId ?? actor.UserId;
        var deal = new Opportunity { Id = edit.DealId ?? NewId(), CreatedAt = shop.Now };
        OpportunityForms.Fill(deal, wanted, shop.Now);
        deal.BelongTo(lead.Id, customerId);
        var rank = await OpportunityRanks.FindAsync(db, deal.Id, stage.Id, LeadPlace.Top, ct);
        if (OpportunityMoves.Put(deal, stage, null, rank, shop.Now) is { } refused) return refused;
        db.Opportunities.Add(deal);
        return null;
    }

    private static async Task<LeadAlreadyConverted> AlreadyAsync(CrmDbContext db, Guid customerId, CancellationToken ct)
    {
        var known = await db.Customers.AsNoTracking().Where(c => c.Id == customerId).Select(c => new { c.FirstName, c.LastName, c.Phone, c.Email, c.Number }).SingleAsync(ct);
        return new LeadAlreadyConverted(customerId, CustomerName.Of(known.FirstName, known.LastName, known.Phone, known.Email, known.Number));
    }

    private async Task<Result<Guid>> CustomerAsync(CrmDbContext db, Lead lead, ConversionEdit edit, CancellationToken ct)
    {
        if (edit.CustomerId is { } known)
            return await db.Customers.AnyAsync(c => c.Id == known, ct) ? known : new CustomerNotFound();
        var wanted = new NewCustomer { FirstName = edit.FirstName, LastName = edit.LastName, Email = edit.Email, Phone = edit.Phone, City = lead.City };
        return (await customers.AddAsync(db, wanted, ct)).Failed(out var refusal, out var added) ? refusal : added.Id;
    }
}
