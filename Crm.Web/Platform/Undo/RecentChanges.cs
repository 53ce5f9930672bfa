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

    /// <param name="everybody">Others' changes too; only managers see them.</param>
    /// <param name="before">The last line of the page before.</param>
    public async Task<Result<Page<RecentChange>>> ListAsync(bool everybody, RecentChange? before, CancellationToken ct)
    {
        if (actor.UnlessStaff() is { } refusal) return refusal;
        if (everybody && actor.UnlessManagement() is { } notAll) return notAll;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var (kinds, since, me) = (rules.ByName.Keys.ToList(), clock.GetUtcNow().UtcDateTime.AddDays(-UndoService.Days), actor.UserId);
        var entries = db.AuditEntries.AsNoTracking().Where(a => a.At >= since && kinds.Contains(a.EntityType) && (everybody || a.ActorId == me)
            && (a.Action == AuditAction.Created || a.Action == AuditAction.Updated || a.Action == AuditAction.Deleted));
        var changes = entries.GroupBy(a => a.ChangeId).Select(g => new
        {
            ChangeId = g.Key,
            At = g.Max(a => a.At),
            Rows = g.Count(),
            Who = g.Min(a => a.ActorName)!,
            Created = g.Count(a => a.Action == AuditAction.Created),
            Deleted = g.Count(a => a.Action == AuditAction.Deleted),
            First = g.Min(a => a.EntityType)!,
            Last = g.Max(a => a.EntityType)!,
        });
        if (before is not null) changes = changes.Where(c => c.At < before.At || c.At == before.At && c.ChangeId < before.ChangeId);
        var found = await changes.OrderByDescending(c => c.At).ThenByDescending(c => c.ChangeId).Take(PageSize + 1).ToListAsync(ct);

        var ids = found.ConvertAll(c => c.ChangeId);
        var facts = await db.AuditEntries.AsNoTracking().Where(a => ids.Contains(a.ChangeId)).GroupBy(a => a.ChangeId).Select(g => new { g.Key, Undo = g.Any(a => a.UndoOf != null) }).ToDictionaryAsync(g => g.Key, g => g.Undo, ct);
        var undone = (await db.AuditEntries.AsNoTracking().Where(a => a.UndoOf != null && ids.Contains(a.UndoOf.Value)).Select(a => a.UndoOf!.Value).Distinct().ToListAsync(ct)).ToHashSet();
        var titles = await db.BulkRuns.AsNoTracking().Where(r => ids.Contains(r.Id)).ToDictionaryAsync(r => r.Id, r => r.Title, ct);
        var stories = await new ChangeWords(db, actor, rules).TellAsync([.. found.Where(c => c.Rows <= ChangeWords.MostRows && !titles.ContainsKey(c.ChangeId)).Select(c => c.ChangeId)], ct);
        return Page<RecentChange>.Of(found.ConvertAll(c =>
        {
            var story = stories.GetValueOrDefault(c.ChangeId);
            var what = titles.GetValueOrDefault(c.ChangeId) ?? story?.What ?? Words(c.Rows, c.Created, c.Deleted, c.First == c.Last ? c.First : null);
            return new RecentChange(c.ChangeId, c.At, c.Who, what, c.Rows, facts[c.ChangeId], undone.Contains(c.ChangeId), story?.Fields ?? [], story?.MayUndo ?? true);
        }), PageSize);
    }

    private static string Words(int rows, int created, int deleted, string? kind)
    {
        var what = kind is null ? rows == 1 ? "record" : "records" : string.Concat(kind.Select((c, at) => char.IsUpper(c) ? at == 0 ? $"{char.ToLowerInvariant(c)}" : $" {char.ToLowerInvariant(c)}" : $"{c}"));
        var deed = created == rows ? "Added" : deleted == rows ? "Deleted" : "Changed";
        return rows == 1 ? $"{deed} a {what}" : $"{deed} {rows:N0} × {what}";
    }
}
