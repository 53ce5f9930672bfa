using System.Globalization;
using Crm.Data;
using Crm.Data.Audit;
using Crm.Data.Leads;
using Crm.Web.Features.Settings;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Crm.Web.Platform.Undo;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Leads.Undo;

/// <summary>Parts of a lead go back for whoever sees the lead; those of a deleted lead for whoever may delete leads.</summary>
abstract class LeadPartUndo<T>(Shop shop) : UndoRule<T> where T : class
{
    public override Type Root => typeof(Lead);

    public override async Task<IReadOnlyDictionary<UndoRow, Error>> RefusalsAsync(CrmDbContext db, CurrentActor actor, IReadOnlyCollection<UndoRow> rows, CancellationToken ct)
    {
        var ids = rows.Select(r => r.Record).Distinct().ToList();
        var there = (await db.Leads.Where(l => ids.Contains(l.Id)).Select(l => l.Id).ToListAsync(ct)).ToHashSet();
        var seen = (await db.Leads.SeenBy(actor).Where(l => ids.Contains(l.Id)).Select(l => l.Id).ToListAsync(ct)).ToHashSet();
        var refused = new Dictionary<UndoRow, Error>();
        foreach (var row in rows)
        {
            if (there.Contains(row.Record) && !seen.Contains(row.Record)) refused[row] = new LeadNotFound();
            else if ((!there.Contains(row.Record) || NeedsDeleting(row.Action)) && actor.UnlessMay(Permission.DeleteLeads) is { } refusal) refused[row] = refusal;
        }
        return refused;
    }

    public override UndoWords Tell(string property, object? value) =>
        value is DateTime at ? new UndoWords(base.Tell(property, null).Label, shop.ToLocal(at).ToString("d MMM yyyy, HH:mm", CultureInfo.InvariantCulture)) : base.Tell(property, value);

    /// <summary>Whether taking this back is for those alone who may delete leads.</summary>
    protected virtual bool NeedsDeleting(AuditAction action) => false;
}

/// <summary>People at a lead; what was said with somebody who goes stays.</summary>
sealed class LeadContactUndo(Shop shop) : LeadPartUndo<LeadContact>(shop)
{
    protected override bool NeedsDeleting(AuditAction action) => action is not AuditAction.Updated;

    protected override async Task<IReadOnlyCollection<(object Row, object Part)>> HangingAsync(CrmDbContext db, IReadOnlyList<LeadContact> rows, CancellationToken ct)
    {
        var byId = rows.ToDictionary(r => r.Id);
        var ids = byId.Keys.ToList();
        return (await db.Correspondence.Where(c => c.ContactId != null && ids.Contains(c.ContactId.Value)).ToListAsync(ct)).ConvertAll(c => ((object)byId[c.ContactId!.Value], (object)c));
    }

    // One of a lead's people is called first: whoever it is by now.
    protected override async Task SettleAsync(CrmDbContext db, LeadContact row, CancellationToken ct)
    {
        if (row.IsPrimary && await db.LeadContacts.AnyAsync(c => c.LeadId == row.LeadId && c.Id != row.Id && c.IsPrimary, ct)) row.MakePrimary(false);
    }

    protected override async Task RemoveAsync(CrmDbContext db, IReadOnlyList<LeadContact> rows, CancellationToken ct)
    {
        var ids = rows.Select(r => r.Id).ToList();
        foreach (var talk in await db.Correspondence.Where(c => c.ContactId != null && ids.Contains(c.ContactId.Value)).ToListAsync(ct)) talk.ContactId = null;
        db.LeadContacts.RemoveRange(rows);
    }

    protected override string NameOf(LeadContact row) => row.Name;
}

/// <summary>Notes on a lead.</summary>
sealed class LeadNoteUndo(Shop shop) : LeadPartUndo<LeadNote>(shop)
{
    protected override Task RemoveAsync(CrmDbContext db, IReadOnlyList<LeadNote> rows, CancellationToken ct)
    {
        db.LeadNotes.RemoveRange(rows);
        return Task.CompletedTask;
    }

    protected override string NameOf(LeadNote row) => $"Note: {CleanText.Cut(row.Text, 60)}";
}

/// <summary>Reminders; one that repeats another stands alone when that one goes.</summary>
sealed class ReminderUndo(Shop shop) : LeadPartUndo<Reminder>(shop)
{
    // Each has one follower: whichever it is by now.
    protected override async Task SettleAsync(CrmDbContext db, Reminder row, CancellationToken ct)
    {
        if (row.FollowsId is { } before && await db.Reminders.AnyAsync(r => r.FollowsId == before && r.Id != row.Id, ct)) db.Entry(row).Property(r => r.FollowsId).CurrentValue = null;
    }

    protected override async Task RemoveAsync(CrmDbContext db, IReadOnlyList<Reminder> rows, CancellationToken ct)
    {
        var ids = rows.Select(r => r.Id).ToList();
        foreach (var follower in await db.Reminders.Where(r => r.FollowsId != null && ids.Contains(r.FollowsId.Value) && !ids.Contains(r.Id)).ToListAsync(ct))
            db.Entry(follower).Property(r => r.FollowsId).CurrentValue = null;
        db.Reminders.RemoveRange(rows);
    }

    protected override string NameOf(Reminder row) => $"Reminder: {row.Title}";
}

/// <summary>Talks with their files' places; the files themselves are kept elsewhere.</summary>
sealed class CorrespondenceUndo(Shop shop) : LeadPartUndo<Correspondence>(shop)
{
    protected override async Task<IReadOnlyCollection<(object Row, object Part)>> HangingAsync(CrmDbContext db, IReadOnlyList<Correspondence> rows, CancellationToken ct)
    {
        var byId = rows.ToDictionary(r => r.Id);
        var ids = byId.Keys.ToList();
        return (await db.CorrespondenceFiles.Where(f => ids.Contains(f.CorrespondenceId)).ToListAsync(ct)).ConvertAll(f => ((object)byId[f.CorrespondenceId], (object)f));
    }

    // Its files are wherever the talk is: a merge moved them with it.
    protected override async Task SettleAsync(CrmDbContext db, Correspondence row, CancellationToken ct)
    {
        foreach (var file in await db.CorrespondenceFiles.Where(f => f.CorrespondenceId == row.Id && f.LeadId != row.LeadId).ToListAsync(ct))
            db.Entry(file).Property(f => f.LeadId).CurrentValue = row.LeadId;
    }

    protected override async Task RemoveAsync(CrmDbContext db, IReadOnlyList<Correspondence> rows, CancellationToken ct)
    {
        var ids = rows.Select(r => r.Id).ToList();
        db.CorrespondenceFiles.RemoveRange(await db.CorrespondenceFiles.Where(f => ids.Contains(f.CorrespondenceId)).ToListAsync(ct));
        db.Correspondence.RemoveRange(rows);
    }

    protected override string NameOf(Correspondence row) => row.Subject;
}

/// <summary>Files of a talk.</summary>
sealed class CorrespondenceFileUndo(Shop shop) : LeadPartUndo<CorrespondenceFile>(shop)
{
    protected override IQueryable<CorrespondenceFile> Of(CrmDbContext db, IReadOnlyCollection<UndoRow> rows)
    {
        var leads = rows.Select(r => r.Record).Distinct().ToList();
        return db.CorrespondenceFiles.Where(f => leads.Contains(f.LeadId));
    }

    protected override Task RemoveAsync(CrmDbContext db, IReadOnlyList<CorrespondenceFile> rows, CancellationToken ct)
    {
        db.CorrespondenceFiles.RemoveRange(rows);
        return Task.CompletedTask;
    }

    protected override string NameOf(CorrespondenceFile row) => "A file";
}

/// <summary>Tags.</summary>
sealed class LeadTagUndo(Shop shop) : LeadPartUndo<LeadTag>(shop)
{
    protected override IQueryable<LeadTag> Of(CrmDbContext db, IReadOnlyCollection<UndoRow> rows)
    {
        var leads = rows.Select(r => r.Record).Distinct().ToList();
        return db.LeadTags.Where(t => leads.Contains(t.LeadId));
    }

    protected override Task RemoveAsync(CrmDbContext db, IReadOnlyList<LeadTag> rows, CancellationToken ct)
    {
        db.LeadTags.RemoveRange(rows);
        return Task.CompletedTask;
    }

    protected override string NameOf(LeadTag row) => $"Tag {row.Name}";
}
