using Crm.Data;
using Crm.Data.Audit;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Paging;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Leads.Api;

/// <summary>Which lines of the audit trail a program wants; null for any.</summary>
/// <param name="Type">The kind of row, by its class.</param>
public sealed record AuditFilter(Guid? UserId = null, AuditAction? Action = null, string? Type = null, Guid? EntityId = null);

/// <summary>The audit trail as programs read it; for whoever may read the audit log.</summary>
public sealed class AuditLogs(IDbContextFactory<CrmDbContext> contexts, CurrentActor actor, ListMemory memory)
{
    private static readonly ListOrder<AuditEntry, AuditRow> Order = new("-timestamp", ListColumn<AuditEntry, AuditRow>.Instant("timestamp", a => a.At, r => r.At));

    /// <summary>A page, newest first.</summary>
    public async Task<Result<ListAnswer<AuditRow>>> PageAsync(AuditFilter filter, ListQuestion question, CancellationToken ct)
    {
        if (actor.UnlessMay(Permission.SeeAuditLog) is { } refusal) return refusal;
        var sort = Order.Read(question.Ordering);
        var list = $"audit {filter} {question.Search}";
        var (counted, ordered) = (memory.Of(ListMemory.Everything, list), memory.Of(ListMemory.Everything, $"{list} by {sort}"));
        await using var db = await contexts.CreateDbContextAsync(ct);
        if ((await ListPages.ReadAsync(Where(db, filter, question.Search), sort, question, counted, ordered, AuditRow.Rows, ct)).Failed(out var error, out var page)) return error;
        return page.Of(await AuditRow.NamedAsync(db, page.Rows, ct));
    }

    /// <summary>One line.</summary>
    public async Task<Result<AuditRow>> FindAsync(Guid entryId, CancellationToken ct)
    {
        if (actor.UnlessMay(Permission.SeeAuditLog) is { } refusal) return refusal;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var row = await AuditRow.Rows(Where(db, new AuditFilter(), null).Where(a => a.Id == entryId)).SingleOrDefaultAsync(ct);
        return row is null ? new NotFoundError("There is no such line.") : (await AuditRow.NamedAsync(db, [row], ct))[0];
    }

    private static IQueryable<AuditEntry> Where(CrmDbContext db, AuditFilter filter, string? search)
    {
        var entries = db.AuditEntries.AsNoTracking().Where(a => AuditRow.Actions.Contains(a.Action));
        if (filter.UserId is { } user) entries = entries.Where(a => a.ActorId == user);
        if (filter.Action is { } action) entries = entries.Where(a => a.Action == action);
        if (filter.Type is { } type) entries = entries.Where(a => a.EntityType == type);
        if (filter.EntityId is { } id) entries = entries.Where(a => a.EntityId == id);
        foreach (var word in LeadReader.Words(search)) entries = Having(db, entries, word);
        return entries;
    }

    // As the record is called now, or as it was called when it was made or deleted.
    private static IQueryable<AuditEntry> Having(CrmDbContext db, IQueryable<AuditEntry> entries, string word)
    {
        var named = db.SearchEntries.Where(e => e.Title.ToLower().Contains(word)).Select(e => e.EntityId);
        var gone = db.AuditEntries.Where(a => a.Action == AuditAction.Deleted && a.Before!.ToLower().Contains(word)).Select(a => a.EntityId);
        return entries.Where(a => named.Contains(a.EntityId!.Value) || gone.Contains(a.EntityId));
    }
}
