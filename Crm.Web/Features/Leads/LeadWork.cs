using Crm.Data;
using Crm.Data.Audit;
using Crm.Web.Features.Settings;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Leads;

/// <summary>
/// What every act of a person on a lead has in common: only staff who see it, one transaction, and the lead counts as touched. A touch is
/// neither audited nor a new version of the lead: it must not clash with somebody who edits its fields.
/// </summary>
public sealed class LeadWork(IDbContextFactory<CrmDbContext> contexts, CurrentActor actor, Shop shop)
{
    /// <summary>Who is acting, for authors and reminders.</summary>
    internal Guid? Me => actor.UserId;

    /// <summary>Does the work and saves it, or refuses and saves nothing.</summary>
    internal async Task<Result<T>> OnAsync<T>(Guid leadId, Func<CrmDbContext, DateTime, Task<Result<T>>> work, CancellationToken ct)
    {
        if (actor.UnlessStaff() is { } refusal) return refusal;
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var write = await db.BeginWriteAsync(ct);
        db.ChangeId = Guid.CreateVersion7(); // however many saves it takes, it is one change to take back
        var now = shop.Now;
        var found = await db.Leads.SeenBy(actor).Where(l => l.Id == leadId).ExecuteUpdateAsync(set => set.SetProperty(l => l.TouchedAt, now).SetProperty(l => l.UpdatedAt, now), ct);
        if (found == 0) return new LeadNotFound();

        var result = await work(db, now);
        if (result.Error is not null) return result;
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new LeadBusy();
        }
        await write.CommitAsync(ct);
        return result;
    }

    /// <summary>Who changed a row last, from the audit trail.</summary>
    internal static async Task<LeadChange> LastChangeAsync(CrmDbContext db, string entityType, Guid id, CancellationToken ct)
    {
        var last = await db.AuditEntries.AsNoTracking().Where(a => a.EntityType == entityType && a.EntityId == id && a.Action == AuditAction.Updated)
            .OrderByDescending(a => a.At).ThenByDescending(a => a.Id).Select(a => new { a.ActorName, a.At }).FirstOrDefaultAsync(ct);
        return new LeadChange(last?.ActorName ?? "Somebody", last?.At ?? default);
    }
}
