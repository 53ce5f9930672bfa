using Crm.Data;
using Crm.Data.Audit;
using Crm.Data.Leads;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Leads;

/// <summary>A place in the timeline, to read on from.</summary>
public sealed record TimelineMark(DateTime At, Guid Id);

/// <summary>Some lines, newest first, and where the next ones begin; null when these are the last.</summary>
public sealed record TimelinePart(IReadOnlyList<TimelineLine> Lines, TimelineMark? Next);

/// <summary>
/// What happened with a lead, newest first: notes, talks, finished reminders, and from the audit trail who moved it or changed what.
/// </summary>
public sealed class LeadTimeline(IDbContextFactory<CrmDbContext> contexts, CurrentActor actor, StaffDirectory staff, LeadChanges changes)
{
    public const int PartSize = 30;

    /// <summary>The next lines before a mark, or the newest. Four short queries, each by its index.</summary>
    public async Task<Result<TimelinePart>> ReadAsync(Guid leadId, TimelineMark? before, CancellationToken ct)
    {
        if (actor.UnlessStaff() is { } refusal) return refusal;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var lead = await db.Leads.AsNoTracking().SeenBy(actor).Where(l => l.Id == leadId).Select(l => new { l.CreatedAt, l.Source }).SingleOrDefaultAsync(ct);
        if (lead is null) return new LeadNotFound();

        var roster = await staff.ReadAsync(ct);
        var (at, id) = before ?? new TimelineMark(DateTime.MaxValue, Guid.Empty);
        var found = (await NotesAsync(db, leadId, at, id, roster, ct)).Concat(await TalksAsync(db, leadId, at, id, roster, ct))
            .Concat(await RemindersAsync(db, leadId, at, id, roster, ct)).Concat(await ChangesAsync(db, leadId, at, id, roster, ct))
            .OrderByDescending(e => e.At).ThenByDescending(e => e.Id).ToList();
        var lines = found.Take(PartSize).Select(e => e.Line).OfType<TimelineLine>().ToList();
        if (found.Count > PartSize) return new TimelinePart(lines, new TimelineMark(found[PartSize - 1].At, found[PartSize - 1].Id));
        lines.Add(new TimelineLine(leadId, TimelineKind.Created, lead.CreatedAt, "", lead.Source is null ? "Lead created" : $"Lead created, {lead.Source}", null, null));
        return new TimelinePart(lines, null);
    }

    private static async Task<IEnumerable<Event>> NotesAsync(CrmDbContext db, Guid leadId, DateTime at, Guid id, StaffRoster roster, CancellationToken ct)
    {
        var notes = await db.LeadNotes.AsNoTracking().Where(n => n.LeadId == leadId && (n.CreatedAt < at || n.CreatedAt == at && n.Id < id))
            .OrderByDescending(n => n.CreatedAt).ThenByDescending(n => n.Id).Take(PartSize + 1).Select(n => new { n.Id, n.CreatedAt, n.AuthorId, n.Text }).ToListAsync(ct);
        return notes.Select(n => new Event(n.CreatedAt, n.Id, new TimelineLine(n.Id, TimelineKind.Note, n.CreatedAt, Name(roster, n.AuthorId), "wrote a note", null, n.Text)));
    }

    private static async Task<IEnumerable<Event>> TalksAsync(CrmDbContext db, Guid leadId, DateTime at, Guid id, StaffRoster roster, CancellationToken ct)
    {
        var talks = await db.Correspondence.AsNoTracking().Where(c => c.LeadId == leadId && (c.HappenedAt < at || c.HappenedAt == at && c.Id < id))
            .OrderByDescending(c => c.HappenedAt).ThenByDescending(c => c.Id).Take(PartSize + 1)
            .Select(c => new { Talk = c, Contact = db.LeadContacts.Where(p => p.Id == c.ContactId).Select(p => p.Name).FirstOrDefault() }).ToListAsync(ct);
        return talks.Select(t => new Event(t.Talk.HappenedAt, t.Talk.Id, LeadTalkWords.Line(t.Talk, t.Contact, Name(roster, t.Talk.LoggedById))));
    }

    private static async Task<IEnumerable<Event>> RemindersAsync(CrmDbContext db, Guid leadId, DateTime at, Guid id, StaffRoster roster, CancellationToken ct)
    {
        var done = await db.Reminders.AsNoTracking().Where(r => r.LeadId == leadId && r.DoneAt != null && (r.DoneAt < at || r.DoneAt == at && r.Id < id))
            .OrderByDescending(r => r.DoneAt).ThenByDescending(r => r.Id).Take(PartSize + 1).Select(r => new { r.Id, At = r.DoneAt!.Value, r.UserId, r.Title }).ToListAsync(ct);
        return done.Select(r => new Event(r.At, r.Id, new TimelineLine(r.Id, TimelineKind.Reminder, r.At, Name(roster, r.UserId), "finished", r.Title, null)));
    }

    private async Task<IEnumerable<Event>> ChangesAsync(CrmDbContext db, Guid leadId, DateTime at, Guid id, StaffRoster roster, CancellationToken ct)
    {
        var rows = await db.AuditEntries.AsNoTracking()
            .Where(a => a.RootId == leadId && a.EntityType == nameof(Lead) && a.Action == AuditAction.Updated && (a.At < at || a.At == at && a.Id < id))
            .OrderByDescending(a => a.At).ThenByDescending(a => a.Id).Take(PartSize + 1).Select(a => new { a.Id, a.At, a.ActorName, a.After }).ToListAsync(ct);
        return rows.Select(r => new Event(r.At, r.Id, changes.Line(r.Id, r.At, r.ActorName, r.After, roster)));
    }

    private static string Name(StaffRoster roster, Guid? id) => id is { } known ? roster.NameOf(known) : "The shop";

    // A change that people need not read (a card put elsewhere in its column) has no line, but counts for reading on.
    private sealed record Event(DateTime At, Guid Id, TimelineLine? Line);
}
