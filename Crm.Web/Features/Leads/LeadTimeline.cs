using Crm.Data;
using Crm.Data.Audit;
using Crm.Data.Leads;
using Crm.Web.Features.Leads.Talks;
using Crm.Web.Features.Leads.Opportunities;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Leads;

/// <summary>A place in the timeline, to read on from.</summary>
public sealed record TimelineMark(DateTime At, Guid Id);

/// <summary>Some lines, newest first, and where the next ones begin; null when these are the last.</summary>
public sealed record TimelinePart(IReadOnlyList<TimelineLine> Lines, TimelineMark? Next)
{
    /// <summary>Notes that stay on top, with the first part alone.</summary>
    public IReadOnlyList<TimelineLine> Pinned { get; init; } = [];
}

/// <summary>
/// What happened with a lead, newest first: notes, talks with their files, finished reminders, its opportunities, and from the audit trail
/// who moved it, changed what, added or took off whom.
/// </summary>
public sealed class LeadTimeline(IDbContextFactory<CrmDbContext> contexts, CurrentActor actor, StaffDirectory staff, LeadChanges changes, LeadMemory memory)
{
    public const int PartSize = 30;
    private const int MostPinned = 20;
    private const int MostDeals = 50;
    private static readonly string[] Parts = [nameof(LeadContact), nameof(LeadTag), nameof(LeadNote), nameof(Correspondence)];

    /// <summary>The next lines before a mark, or the newest. A few short queries, each by its index; for those who see all leads, the newest of all kinds from memory.</summary>
    public async Task<Result<TimelinePart>> ReadAsync(Guid leadId, TimelineMark? before, TimelineFilter filter, CancellationToken ct)
    {
        if (actor.UnlessStaff() is { } refusal) return refusal;
        var all = actor.May(Permission.SeeAllLeads);
        var found = all && before is null && filter is TimelineFilter.All
            ? await memory.Timelines.ShareAsync(leadId, () => PartAsync(leadId, null, TimelineFilter.All, all, CancellationToken.None), null, ct)
            : await PartAsync(leadId, before, filter, all, ct);
        return found is null ? new LeadNotFound() : found;
    }

    private async Task<TimelinePart?> PartAsync(Guid leadId, TimelineMark? before, TimelineFilter filter, bool all, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var lead = await db.Leads.AsNoTracking().SeenBy(actor.UserId, all).Where(l => l.Id == leadId).Select(l => new { l.CreatedAt, l.Source }).SingleOrDefaultAsync(ct);
        if (lead is null) return null;

        var roster = await staff.ReadAsync(ct);
        var (at, id) = before ?? new TimelineMark(DateTime.MaxValue, Guid.Empty);
        var found = new List<Event>();
        if (filter is TimelineFilter.All or TimelineFilter.Notes) found.AddRange(await NotesAsync(db, leadId, at, id, roster, ct));
        if (filter is TimelineFilter.All or TimelineFilter.Talks or TimelineFilter.Files) found.AddRange(await TalksAsync(db, leadId, at, id, filter is TimelineFilter.Files, roster, ct));
        if (filter is TimelineFilter.All or TimelineFilter.Reminders) found.AddRange(await RemindersAsync(db, leadId, at, id, roster, ct));
        if (filter is TimelineFilter.All or TimelineFilter.Reminders or TimelineFilter.Changes) found.AddRange(await ChangesAsync(db, leadId, at, id, filter, roster, ct));
        if (filter is TimelineFilter.All or TimelineFilter.Changes) found.AddRange(await DealsAsync(db, leadId, at, id, all, ct));
        found = [.. found.OrderByDescending(e => e.At).ThenByDescending(e => e.Id)];

        var pinned = before is null && filter is (TimelineFilter.All or TimelineFilter.Notes) ? await PinnedAsync(db, leadId, roster, ct) : [];
        var lines = found.Take(PartSize).Select(e => e.Line).OfType<TimelineLine>().ToList();
        if (found.Count > PartSize) return new TimelinePart(lines, new TimelineMark(found[PartSize - 1].At, found[PartSize - 1].Id)) { Pinned = pinned };
        if (filter is TimelineFilter.All or TimelineFilter.Changes)
            lines.Add(new TimelineLine(leadId, TimelineKind.Created, lead.CreatedAt, "", lead.Source is null ? "Lead created" : $"Lead created, {lead.Source}", null, null));
        return new TimelinePart(lines, null) { Pinned = pinned };
    }

    private static async Task<List<TimelineLine>> PinnedAsync(CrmDbContext db, Guid leadId, StaffRoster roster, CancellationToken ct) =>
        [.. (await db.LeadNotes.AsNoTracking().Where(n => n.LeadId == leadId && n.IsPinned).OrderByDescending(n => n.CreatedAt).ThenByDescending(n => n.Id).Take(MostPinned).ToListAsync(ct)).Select(n => Line(n, roster))];

    private static async Task<IEnumerable<Event>> NotesAsync(CrmDbContext db, Guid leadId, DateTime at, Guid id, StaffRoster roster, CancellationToken ct)
    {
        var notes = await db.LeadNotes.AsNoTracking().Where(n => n.LeadId == leadId && !n.IsPinned && (n.CreatedAt < at || n.CreatedAt == at && n.Id < id))
            .OrderByDescending(n => n.CreatedAt).ThenByDescending(n => n.Id).Take(PartSize + 1).ToListAsync(ct);
        return notes.Select(n => new Event(n.CreatedAt, n.Id, Line(n, roster)));
    }

    private static TimelineLine Line(LeadNote note, StaffRoster roster) => new(note.Id, TimelineKind.Note, note.CreatedAt, Name(roster, note.AuthorId), "wrote a note", null, note.Text)
    {
        IsPinned = note.IsPinned,
        IsEdited = note.UpdatedAt > note.CreatedAt,
    };

    private static async Task<IEnumerable<Event>> TalksAsync(CrmDbContext db, Guid leadId, DateTime at, Guid id, bool withFiles, StaffRoster roster, CancellationToken ct)
    {
        var talks = await db.Correspondence.AsNoTracking().Where(c => c.LeadId == leadId && (c.HappenedAt < at || c.HappenedAt == at && c.Id < id))
            .Where(c => !withFiles || db.CorrespondenceFiles.Any(f => f.CorrespondenceId == c.Id))
            .OrderByDescending(c => c.HappenedAt).ThenByDescending(c => c.Id).Take(PartSize + 1)
            .Select(c => new { Talk = c, Contact = db.LeadContacts.Where(p => p.Id == c.ContactId).Select(p => p.Name).FirstOrDefault() }).ToListAsync(ct);
        var files = await TalkFiles.OfAsync(db, talks.ConvertAll(t => t.Talk.Id), ct);
        return talks.Select(t => new Event(t.Talk.HappenedAt, t.Talk.Id, LeadTalkWords.Line(t.Talk, t.Contact, Name(roster, t.Talk.LoggedById)) with
        {
            IsEdited = t.Talk.UpdatedAt > t.Talk.CreatedAt,
            Files = files.GetValueOrDefault(t.Talk.Id) ?? [],
        }));
    }

    private static async Task<IEnumerable<Event>> RemindersAsync(CrmDbContext db, Guid leadId, DateTime at, Guid id, StaffRoster roster, CancellationToken ct)
    {
        var done = await db.Reminders.AsNoTracking().Where(r => r.LeadId == leadId && r.DoneAt != null && (r.DoneAt < at || r.DoneAt == at && r.Id < id))
            .OrderByDescending(r => r.DoneAt).ThenByDescending(r => r.Id).Take(PartSize + 1).Select(r => new { r.Id, At = r.DoneAt!.Value, r.UserId, r.Title }).ToListAsync(ct);
        var ids = done.ConvertAll(r => (Guid?)r.Id);
        var ticks = await db.AuditEntries.AsNoTracking().Where(a => a.EntityType == nameof(Reminder) && ids.Contains(a.EntityId) && a.Action == AuditAction.Updated)
            .OrderBy(a => a.At).ThenBy(a => a.Id).Select(a => new { a.EntityId, a.ActorName, a.After }).ToListAsync(ct);
        var who = ticks.Where(t => LeadPartChanges.Value(t.After, nameof(Reminder.DoneAt)) is not null).GroupBy(t => t.EntityId!.Value).ToDictionary(g => g.Key, g => g.Last().ActorName);
        return done.Select(r => new Event(r.At, r.Id, new TimelineLine(r.Id, TimelineKind.Reminder, r.At, who.GetValueOrDefault(r.Id) ?? Name(roster, r.UserId), "finished", r.Title, null)));
    }

    private async Task<IEnumerable<Event>> DealsAsync(CrmDbContext db, Guid leadId, DateTime at, Guid id, bool all, CancellationToken ct)
    {
        var deals = await db.Opportunities.AsNoTracking().SeenBy(actor.UserId, all).Where(o => o.LeadId == leadId).OrderByDescending(o => o.Id).Take(MostDeals).ToDictionaryAsync(o => o.Id, o => o.Title, ct);
        if (deals.Count == 0) return [];
        var ids = deals.Keys.ToList();
        var rows = await db.AuditEntries.AsNoTracking().Where(a => a.EntityType == nameof(Opportunity) && a.EntityId != null && ids.Contains(a.EntityId.Value) && (a.At < at || a.At == at && a.Id < id))
            .OrderByDescending(a => a.At).ThenByDescending(a => a.Id).Take(PartSize + 1).Select(a => new { a.Id, a.At, a.ActorName, Deal = a.EntityId!.Value, a.Action, a.After }).ToListAsync(ct);
        var stages = await db.OpportunityStages.AsNoTracking().ToDictionaryAsync(s => s.Id, s => s.Name, ct);
        return rows.Select(r => new Event(r.At, r.Id, (r.Action, LeadPartChanges.Value(r.After, nameof(Opportunity.StageId))) switch
        {
            (AuditAction.Created, _) => new TimelineLine(r.Id, TimelineKind.Deal, r.At, r.ActorName, "opened the opportunity", deals[r.Deal], null),
            (AuditAction.Updated, { } stage) when Guid.TryParse(stage, out var to) && stages.TryGetValue(to, out var name) =>
                new TimelineLine(r.Id, TimelineKind.Deal, r.At, r.ActorName, $"moved the opportunity “{deals[r.Deal]}” to", name, null),
            _ => null,
        }));
    }

    private async Task<IEnumerable<Event>> ChangesAsync(CrmDbContext db, Guid leadId, DateTime at, Guid id, TimelineFilter filter, StaffRoster roster, CancellationToken ct)
    {
        var rows = await db.AuditEntries.AsNoTracking().Where(a => a.RootId == leadId && (a.At < at || a.At == at && a.Id < id))
            .Where(a => filter != TimelineFilter.Reminders && (a.EntityType == nameof(Lead) && a.Action == AuditAction.Updated
                    || Parts.Contains(a.EntityType) && (a.Action == AuditAction.Deleted || a.Action == AuditAction.Updated && a.EntityType == nameof(LeadContact) || a.Action == AuditAction.Created && a.EntityType != nameof(LeadNote) && a.EntityType != nameof(Correspondence)))
                || filter != TimelineFilter.Changes && a.EntityType == nameof(Reminder))
            .OrderByDescending(a => a.At).ThenByDescending(a => a.Id).Take(PartSize + 1).Select(a => new { a.Id, a.At, a.ActorName, a.EntityType, a.Action, a.Before, a.After }).ToListAsync(ct);
        return rows.Select(r => new Event(r.At, r.Id, r.EntityType == nameof(Lead)
            ? changes.Line(r.Id, r.At, r.ActorName, r.After, roster)
            : LeadPartChanges.Line(r.Id, r.At, r.ActorName, r.EntityType, r.Action, r.Before, r.After)));
    }

    private static string Name(StaffRoster roster, Guid? id) => id is { } known ? roster.NameOf(known) : "The shop";

    // A change that people need not read (a card put elsewhere in its column) has no line, but counts for reading on.
    private sealed record Event(DateTime At, Guid Id, TimelineLine? Line);
}
