using Crm.Data;
using Crm.Data.Leads;
using Crm.Data.Storage;
using Crm.Web.Features.Leads.Opportunities;
using Crm.Web.Features.Settings;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Leads.Api;

/// <summary>
/// Saves leads as programs send them: fields and status together, in one transaction. What a program does not send stays as anybody
/// made it. A loss without a reason is recorded as <see cref="LostReason.Other"/>; a conversion finds or makes the customer by itself.
/// </summary>
public sealed class LeadWriting(IDbContextFactory<CrmDbContext> contexts, CurrentActor actor, Shop shop, LeadForms forms, LeadService leads, LeadCustomer customers)
{
    private const int Attempts = 5;

    /// <summary>Adds a lead of whoever acts, or of whom they say.</summary>
    /// <returns>Its id, or every field's complaint.</returns>
    public Task<Result<Guid>> CreateAsync(LeadPatch patch, CancellationToken ct) => WriteAsync<Guid>(async db =>
    {
        var edit = new LeadEdit { OwnerId = actor.UserId };
        patch.ApplyTo(edit);
        if (await forms.ComplaintAsync(edit, actor.UserId, ct) is { } complaint) return complaint;
        var lead = await leads.AddAsync(db, edit, ct);
        return await MoveAsync(db, lead, patch.Status, ct) is { } refused ? refused : lead.Id;
    }, ct);

    /// <summary>Changes what is given.</summary>
    /// <returns>Done, or <see cref="LeadNotFound"/>, every field's complaint.</returns>
    public Task<Result<Done>> ChangeAsync(Guid leadId, LeadPatch patch, CancellationToken ct) => WriteAsync<Done>(async db =>
    {
        if (patch.Status is not null) await LeadRanks.LockAsync(db, ct);
        if (await db.Leads.SeenBy(actor).SingleOrDefaultAsync(l => l.Id == leadId, ct) is not { } lead) return new LeadNotFound();
        var edit = forms.Of(lead);
        patch.ApplyTo(edit);
        if (await forms.ComplaintAsync(edit, lead.OwnerId, ct) is { } complaint) return complaint;
        var now = shop.Now;
        forms.Fill(lead, edit, now);
        if (await MoveAsync(db, lead, patch.Status, ct) is { } refused) return refused;
        if (db.ChangeTracker.HasChanges()) lead.Touch(now);
        return default(Done);
    }, ct);

    private async Task<Error?> MoveAsync(CrmDbContext db, Lead lead, LeadStatus? status, CancellationToken ct)
    {
        if (status is not { } to || to == lead.Status) return null;
        var rank = await LeadRanks.FindAsync(db, lead.Id, to, LeadPlace.Top, ct);
        if (to is LeadStatus.Lost) lead.Lose(LostReason.Other, null, rank, shop.Now);
        else if (to is not LeadStatus.Converted) lead.MoveTo(to, rank, shop.Now);
        else
        {
            if ((await CustomerAsync(db, lead, ct)).Failed(out var refused, out var customerId)) return refused;
            await LeadDeals.FollowAsync(db, lead, customerId, ct);
            lead.ConvertTo(customerId, rank, shop.Now);
        }
        return null;
    }

    private async Task<Result<Guid>> CustomerAsync(CrmDbContext db, Lead lead, CancellationToken ct)
    {
        if (lead.ConvertedCustomerId is { } known) return known;
        if (actor.UnlessMay(Permission.EditCustomers) is { } refusal) return refusal;
        if ((await customers.OfAsync(db, lead, ct)).Failed(out var refused, out var customerId)) return new InvalidError(nameof(LeadPatch.Status), $"This lead cannot become a customer yet: {refused.Message}");
        return customerId;
    }

    private async Task<Result<T>> WriteAsync<T>(Func<CrmDbContext, Task<Result<T>>> write, CancellationToken ct)
    {
        if (actor.UnlessStaff() is { } refusal) return refusal;
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            try
            {
                await using var db = await contexts.CreateDbContextAsync(ct);
                await using var scope = await db.BeginWriteAsync(ct);
                var result = await write(db);
                if (result.Error is not null) return result;
                await db.SaveChangesAsync(ct);
                await scope.CommitAsync(ct);
                return result;
            }
            catch (DbUpdateConcurrencyException)
            {
                // somebody saved the same lead between our read and our save: lay the change on what they saved
            }
            catch (DbUpdateException lost) when (CrmDatabase.IsUniqueViolation(lost) && attempt < Attempts)
            {
                // somebody added the same customer a moment ago: find them this time
            }
        }
        return new LeadBusy();
    }
}
