using Crm.Data;
using Crm.Data.Audit;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Platform.Undo;

/// <summary>The changes of the last days that can be taken back, newest first: one's own, and for managers everybody's.</summary>
public sealed class RecentChanges(IDbContextFactory<CrmDbContext> contexts, CurrentActor actor, UndoRules rules, TimeProvider clock)
{
    public const int PageSize = 25;

    private const int RowsAtOnce = 200;

    /// <param name="everybody">Others' changes too; only managers see them.</param>
    /// <param name="before">The last line of the page before.</param>
    public async Task<Result<Page<RecentChange>>> ListAsync(bool everybody, RecentChange? before, CancellationToken ct)
    {
        if (actor.UnlessStaff() is { } refusal) return refusal;
        if (everybody && actor.UnlessManagement() is { } notAll) return notAll;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var (kinds, since, me) = (rules.ByName.Keys.ToList(), clock.GetUtcNow().UtcDateTime.AddDays(-UndoService.Days), actor.UserId);
        var entries = db.AuditEntries.AsNoTracking().Where(a => a.At >= since && kinds.Contains(a.EntityType)
            && (a.Action == AuditAction.Created || a.Action == AuditAction.Updated || a.Action == AuditAction.Deleted));
        if (!everybody) entries = entries.Where(a => a.ActorId == me);
        var ids = await NewestAsync(entries, before, ct);
        var changes = (await entries.Where(a => ids.Contains(a.ChangeId)).GroupBy(a => a.ChangeId).Select(g => new
        {
            ChangeId = g.Key,
            At = g.Max(a => a.At),
            Rows = g.Count(),
            Who = g.Min(a => a.ActorName)!,
            Created = g.Count(a => a.Action == AuditAction.Created),
            Deleted = g.Count(a => a.Action == AuditAction.Deleted),
            First = g.Min(a => a.EntityType)!,
            Last = g.Max(a => a.EntityType)!,
            IsUndo = g.Any(a => a.UndoOf != null),
        }).ToListAsync(ct)).ToDictionary(c => c.ChangeId);
        var found = ids.ConvertAll(id => changes[id]);
        var undone = (await db.AuditEntries.AsNoTracking().Where(a => a.UndoOf != null && ids.Contains(a.UndoOf.Value)).Select(a => a.UndoOf!.Value).Distinct().ToListAsync(ct)).ToHashSet();
        var titles = await db.BulkRuns.AsNoTracking().Where(r => ids.Contains(r.Id)).ToDictionaryAsync(r => r.Id, r => r.Title, ct);
        var stories = await new ChangeWords(db, actor, rules).TellAsync([.. found.Where(c => c.Rows <= ChangeWords.MostRows && !titles.ContainsKey(c.ChangeId)).Select(c => c.ChangeId)], ct);
        return Page<RecentChange>.Of(found.ConvertAll(c =>
        {
            var story = stories.GetValueOrDefault(c.ChangeId);
            var what = titles.GetValueOrDefault(c.ChangeId) ?? story?.What ?? Words(c.Rows, c.Created, c.Deleted, c.First == c.Last ? c.First : null);
            return new RecentChange(c.ChangeId, c.At, c.Who, what, c.Rows, c.IsUndo, undone.Contains(c.ChangeId), story?.Fields ?? [], story?.MayUndo ?? true);
        }), PageSize);
    }

    // From the newest row down, so that a page costs what it shows: a change stands where its last row is, and is met there first.
    private static async Task<List<Guid>> NewestAsync(IQueryable<AuditEntry> entries, RecentChange? before, CancellationToken ct)
    {
        var (found, known, at) = (new List<Guid>(), new List<Guid>(), before?.At);
        if (before is not null) known.Add(before.ChangeId);
        while (found.Count <= PageSize)
        {
            var below = entries.Where(a => !known.Contains(a.ChangeId));
            if (at is { } from) below = below.Where(a => a.At <= from);
            var rows = await below.OrderByDescending(a => a.At).ThenByDescending(a => a.ChangeId).Take(RowsAtOnce).Select(a => new { a.At, a.ChangeId }).ToListAsync(ct);
            var next = rows.Select(r => r.ChangeId).Distinct().ToList();
            var shown = before is null ? [] : await ShownAsync(entries, next, before, ct);
            found.AddRange(next.Where(id => !shown.Contains(id)));
            known.AddRange(next);
            if (rows.Count < RowsAtOnce) break;
            at = rows[^1].At;
        }
        return found.Count > PageSize + 1 ? found[..(PageSize + 1)] : found;
    }

    // Whose last row stands above the page's edge was on a page before this one.
    private static async Task<HashSet<Guid>> ShownAsync(IQueryable<AuditEntry> entries, List<Guid> ids, RecentChange edge, CancellationToken ct) =>
        [.. await entries.Where(a => ids.Contains(a.ChangeId) && (a.At > edge.At || a.At == edge.At && a.ChangeId > edge.ChangeId)).Select(a => a.ChangeId).Distinct().ToListAsync(ct)];

    private static string Words(int rows, int created, int deleted, string? kind)
    {
        var what = kind is null ? rows == 1 ? "record" : "records" : UndoNames.Words(kind);
        var deed = created == rows ? "Added" : deleted == rows ? "Deleted" : "Changed";
        return rows == 1 ? $"{deed} a {what}" : $"{deed} {rows:N0} × {what}";
    }
}
