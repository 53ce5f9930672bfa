using Crm.Data;
using Crm.Data.Leads;
using Crm.Data.Storage;
using Crm.Web.Features.Settings;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Crm.Web.Platform.Typed;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Leads;

/// <summary>Creates, edits and deletes leads; staff do, deleting is for whoever may.</summary>
public sealed class LeadService(IDbContextFactory<CrmDbContext> contexts, CurrentActor actor, Shop shop, LeadForms forms)
{
    private const int Attempts = 5;

    /// <summary>Adds a lead on top of the column New.</summary>
    /// <returns>Its id, or every field's complaint.</returns>
    public async Task<Result<Guid>> CreateAsync(LeadEdit edit, CancellationToken ct)
    {
        if (actor.UnlessStaff() is { } refusal) return refusal;
        if (await forms.ComplaintAsync(edit, null, ct) is { } complaint) return complaint;

        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var write = await db.BeginWriteAsync(ct);
        var lead = await AddAsync(db, edit, ct);
        await db.SaveChangesAsync(ct);
        await write.CommitAsync(ct);
        return lead.Id;
    }

    /// <summary>
    /// Saves what was changed between <paramref name="original"/> and <paramref name="edit"/>. Fields that somebody else changed
    /// meanwhile stay as they made them; when both changed the same field, nothing is saved.
    /// </summary>
    /// <returns>The change, by which it can be taken back, or null when nothing was to be changed; or <see cref="LeadNotFound"/>, <see cref="LeadChangedMeanwhile"/>, every field's complaint.</returns>
    public async Task<Result<Guid?>> EditAsync(Guid leadId, LeadEdit original, LeadEdit edit, CancellationToken ct)
    {
        if (actor.UnlessStaff() is { } refusal) return refusal;
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            try
            {
                return await EditOnceAsync(leadId, original, edit.Copy(), ct);
            }
            catch (DbUpdateConcurrencyException)
            {
                // somebody saved between our read and our save: join with what they saved
            }
        }
        return new LeadBusy();
    }

    /// <summary>Deletes a lead with all that belongs to it alone; deals of its customer stay with them. Whoever may delete may take it back for a while.</summary>
    /// <returns>The change's id for undo, or <see cref="ForbiddenError"/>, <see cref="LeadNotFound"/>, <see cref="LeadBusy"/>.</returns>
    public async Task<Result<Guid>> DeleteAsync(Guid leadId, CancellationToken ct)
    {
        if (actor.UnlessMay(Permission.DeleteLeads) is { } refusal) return refusal;
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var write = await db.BeginWriteAsync(ct);
        await db.HoldAsync(typeof(Lead), [leadId], ct);
        var lead = await db.Leads.SeenBy(actor).SingleOrDefaultAsync(l => l.Id == leadId, ct);
        if (lead is null) return new LeadNotFound();

        var changeId = Guid.CreateVersion7(shop.Now);
        db.ChangeId = changeId;
        await LeadDeletion.RemoveAsync(db, [lead], ct);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new LeadBusy();
        }
        await write.CommitAsync(ct);
        return changeId;
    }

    /// <summary>Adds a checked lead to the caller's transaction, which holds the board's turn from here on; the caller saves.</summary>
    internal async Task<Lead> AddAsync(CrmDbContext db, LeadEdit edit, CancellationToken ct)
    {
        await LeadRanks.LockAsync(db, ct);
        var now = shop.Now;
        var lead = new Lead { Number = await db.NextNumberAsync(NumberKind.Lead, ct), CreatedAt = now };
        forms.Fill(lead, edit, now);
        lead.MoveTo(LeadStatus.New, await LeadRanks.FindAsync(db, lead.Id, LeadStatus.New, LeadPlace.Top, ct), now);
        db.Leads.Add(lead);
        return lead;
    }

    private async Task<Result<Guid?>> EditOnceAsync(Guid leadId, LeadEdit original, LeadEdit edit, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var lead = await db.Leads.SeenBy(actor).SingleOrDefaultAsync(l => l.Id == leadId, ct);
        if (lead is null) return new LeadNotFound();

        var stored = forms.Of(lead);
        var clashes = await forms.JoinAsync(original, edit, stored, ct);
        if (clashes.Count > 0) return await ChangedAsync(db, leadId, clashes, stored, ct);
        if (await forms.ComplaintAsync(edit, lead.OwnerId, ct) is { } complaint) return complaint;

        var now = shop.Now;
        forms.Fill(lead, edit, now);
        if (!db.ChangeTracker.HasChanges()) return (Guid?)null;
        lead.Touch(now);
        db.ChangeId = Guid.CreateVersion7(now);
        await db.SaveChangesAsync(ct);
        return db.ChangeId;
    }

    private static async Task<LeadChangedMeanwhile> ChangedAsync(CrmDbContext db, Guid leadId, IReadOnlyList<Clash> clashes, LeadEdit stored, CancellationToken ct)
    {
        var last = await LeadWork.LastChangeAsync(db, nameof(Lead), leadId, ct);
        return new LeadChangedMeanwhile(last.Who, last.At, clashes, stored);
    }
}
