using Crm.Data;
using Crm.Data.Audit;
using Crm.Data.Leads;
using Crm.Data.Search;
using Crm.Web.Features.Leads.Tags;
using Crm.Web.Features.Settings;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Leads.Duplicates;

/// <summary>One field of two leads that say something else.</summary>
/// <param name="Field">Property of the form.</param>
public sealed record MergeField(string Field, string Label, string? Kept, string? Other);

/// <summary>Two leads side by side before they become one.</summary>
public sealed record MergePreview(Guid OtherId, string Kept, string Other, IReadOnlyList<MergeField> Fields);

/// <summary>A lead that another could be merged with.</summary>
public sealed record MergeChoice(Guid Id, string Name, string Line);

/// <summary>A lead cannot become one with itself.</summary>
public sealed record MergeWithItself() : InvalidError("OtherId", "This is the same lead. Choose another one.");

/// <summary>One of the two is gone, most likely because somebody merged them a moment ago.</summary>
public sealed record MergeGone(string Which) : NotFoundError($"{Which} is gone already. Somebody may have merged or deleted it.");

/// <summary>
/// Makes two leads one: the kept one takes the chosen fields and everything that hangs on the other, which goes. One transaction and
/// one change of the trail, so that it can be taken back. For whoever may delete leads.
/// </summary>
public sealed class LeadMerge(IDbContextFactory<CrmDbContext> contexts, CurrentActor actor, LeadForms forms, StaffDirectory staff, Shop shop)
{
    private const int MostFound = 8;

    /// <summary>Other leads in sight that a text finds.</summary>
    public async Task<Result<IReadOnlyList<MergeChoice>>> FindAsync(Guid leadId, string? text, CancellationToken ct)
    {
        if (actor.UnlessMay(Permission.DeleteLeads) is { } refusal) return refusal;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var ids = await SearchIndex.IdsAsync(db, ChangeKinds.Lead, text ?? "", ct);
        return Result.Of<IReadOnlyList<MergeChoice>>(await db.Leads.AsNoTracking().SeenBy(actor).Where(l => l.Id != leadId && ids.Contains(l.Id)).OrderBy(l => l.Name).ThenBy(l => l.Id).Take(MostFound)
            .Select(l => new MergeChoice(l.Id, l.Name, "L-" + l.Number + (l.City == null ? "" : " · " + l.City))).ToListAsync(ct));
    }

    /// <summary>The fields in which they differ.</summary>
    public async Task<Result<MergePreview>> LookAsync(Guid leadId, Guid otherId, CancellationToken ct)
    {
        if (actor.UnlessMay(Permission.DeleteLeads) is { } refusal) return refusal;
        if (leadId == otherId) return new MergeWithItself();
        await using var db = await contexts.CreateDbContextAsync(ct);
        var leads = await db.Leads.AsNoTracking().SeenBy(actor).Where(l => l.Id == leadId || l.Id == otherId).ToListAsync(ct);
        if (leads.Find(l => l.Id == leadId) is not { } kept) return new LeadNotFound();
        if (leads.Find(l => l.Id == otherId) is not { } other) return new MergeGone("The other lead");

        var (left, right, roster) = (forms.Of(kept), forms.Of(other), await staff.ReadAsync(ct));
        return new MergePreview(otherId, kept.Name, other.Name, [.. LeadFields.All.Where(f => f.Read(left) != f.Read(right)).Select(f => f.Name == nameof(LeadEdit.OwnerId)
            ? new MergeField(f.Name, f.Label, Name(left.OwnerId), Name(right.OwnerId)) : new MergeField(f.Name, f.Label, f.Read(left), f.Read(right)))]);

        string? Name(Guid? id) => id is { } known ? roster.NameOf(known) : null;
    }

    /// <summary>The lead of which this one is part by now, so that an old link still leads somewhere; null for a lead that was never merged away.</summary>
    /// <returns>The id of a lead in sight, or null.</returns>
    public async Task<Result<Guid?>> SurvivorAsync(Guid leadId, CancellationToken ct)
    {
        if (actor.UnlessStaff() is { } refusal) return refusal;
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await db.Leads.AnyAsync(l => l.Id == leadId, ct)) return Result.Of<Guid?>(null);
        for (var (gone, steps) = (leadId, 0); steps < MostFound; steps++)
        {
            var change = await db.AuditEntries.AsNoTracking().Where(a => a.EntityType == nameof(Lead) && a.EntityId == gone && a.Action == AuditAction.Deleted)
                .OrderByDescending(a => a.At).ThenByDescending(a => a.Id).Select(a => (Guid?)a.ChangeId).FirstOrDefaultAsync(ct);
            if (change is null) return Result.Of<Guid?>(null);
            var kept = await db.AuditEntries.AsNoTracking().Where(a => a.ChangeId == change && a.EntityType == nameof(Lead) && a.EntityId != gone && a.Action != AuditAction.Deleted)
                .Select(a => a.EntityId).FirstOrDefaultAsync(ct);
            if (kept is not { } next) return Result.Of<Guid?>(null);
            if (await db.Leads.SeenBy(actor).AnyAsync(l => l.Id == next, ct)) return Result.Of<Guid?>(next);
            gone = next;
        }
        return Result.Of<Guid?>(null);
    }

    /// <summary>Merges the other into this one.</summary>
    /// <param name="fromOther">Names of the fields that take the other's value.</param>
    /// <returns>The change to take back, or <see cref="MergeWithItself"/>, <see cref="MergeGone"/>, <see cref="ConflictError"/>.</returns>
    public async Task<Result<Guid>> MergeAsync(Guid leadId, Guid otherId, IReadOnlyCollection<string> fromOther, CancellationToken ct)
    {
        if (actor.UnlessMay(Permission.DeleteLeads) is { } refusal) return refusal;
        if (leadId == otherId) return new MergeWithItself();
        try
        {
            return await MergeOnceAsync(leadId, otherId, fromOther, ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new LeadBusy();
        }
    }

    private async Task<Result<Guid>> MergeOnceAsync(Guid leadId, Guid otherId, IReadOnlyCollection<string> fromOther, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var write = await db.BeginWriteAsync(ct);
        var now = shop.Now;
        db.ChangeId = Guid.CreateVersion7(now);
        // always in the same order: two merges of the same pair, either way round, take turns
        foreach (var id in new[] { leadId, otherId }.Order())
            if (await db.Leads.SeenBy(actor).Where(l => l.Id == id).ExecuteUpdateAsync(set => set.SetProperty(l => l.TouchedAt, now), ct) == 0)
                return new MergeGone(id == leadId ? "This lead" : "The other lead");

        var kept = await db.Leads.SingleAsync(l => l.Id == leadId, ct);
        var other = await db.Leads.SingleAsync(l => l.Id == otherId, ct);
        if (other.ConvertedCustomerId is not null && kept.ConvertedCustomerId != other.ConvertedCustomerId)
            return new ConflictError(kept.ConvertedCustomerId is null ? "The other lead became a customer. Keep that one, and merge this one into it." : "They became two different customers. Merge those first.");

        var (edit, theirs) = (forms.Of(kept), forms.Of(other));
        foreach (var field in LeadFields.All.Where(f => fromOther.Contains(f.Name))) field.Take(edit, theirs);
        if (await forms.ComplaintAsync(edit, edit.OwnerId, ct) is { } complaint) return complaint;
        forms.Fill(kept, edit, now);
        // what somebody agreed to is evidence: the newest outlives the merge, and the trail keeps both
        if (other is { ConsentWording: { } wording, ConsentAt: { } agreedAt } && !(kept.ConsentAt >= agreedAt)) kept.Agree(wording, agreedAt);
        kept.Touch(now);
        db.Note<Lead>(leadId, $"Merged with {other.Name}");
        await MoveAsync(db, kept, otherId, ct);
        await db.SaveChangesAsync(ct);

        db.Leads.Remove(other); // by now nothing hangs on it
        await db.SaveChangesAsync(ct);
        await write.CommitAsync(ct);
        return db.ChangeId.Value;
    }

    private static async Task MoveAsync(CrmDbContext db, Lead kept, Guid from, CancellationToken ct)
    {
        var hasPrimary = await db.LeadContacts.AnyAsync(c => c.LeadId == kept.Id && c.IsPrimary, ct);
        foreach (var contact in await db.LeadContacts.Where(c => c.LeadId == from).ToListAsync(ct))
        {
            if (hasPrimary) contact.MakePrimary(false);
            db.Entry(contact).Property(c => c.LeadId).CurrentValue = kept.Id;
        }
        foreach (var note in await db.LeadNotes.Where(n => n.LeadId == from).ToListAsync(ct)) db.Entry(note).Property(n => n.LeadId).CurrentValue = kept.Id;
        foreach (var reminder in await db.Reminders.Where(r => r.LeadId == from).ToListAsync(ct)) db.Entry(reminder).Property(r => r.LeadId).CurrentValue = kept.Id;
        foreach (var talk in await db.Correspondence.Where(c => c.LeadId == from).ToListAsync(ct)) db.Entry(talk).Property(c => c.LeadId).CurrentValue = kept.Id;
        foreach (var file in await db.CorrespondenceFiles.Where(f => f.LeadId == from).ToListAsync(ct)) db.Entry(file).Property(f => f.LeadId).CurrentValue = kept.Id;
        foreach (var deal in await db.Opportunities.Where(o => o.LeadId == from).ToListAsync(ct)) deal.BelongTo(kept.Id, deal.CustomerId);

        var tags = await db.LeadTags.Where(t => t.LeadId == kept.Id || t.LeadId == from).OrderBy(t => t.Name).ToListAsync(ct);
        var (mine, theirs) = (tags.Where(t => t.LeadId == kept.Id).ToList(), tags.Where(t => t.LeadId == from).ToList());
        db.LeadTags.RemoveRange(theirs);
        foreach (var tag in theirs.Where(t => mine.All(m => m.Name != t.Name)).Take(LeadTags.Most - mine.Count))
            db.LeadTags.Add(new LeadTag { LeadId = kept.Id, Name = tag.Name });
    }
}
