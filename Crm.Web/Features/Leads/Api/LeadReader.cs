using Crm.Data;
using Crm.Data.Leads;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Paging;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Leads.Api;

/// <summary>What every list of leads and their parts has in common: staff only, rows in sight only, pages with a count that costs no count.</summary>
public sealed class LeadReader(IDbContextFactory<CrmDbContext> contexts, CurrentActor actor, ListMemory memory)
{
    private const int MostWords = 8;

    internal CurrentActor Actor => actor;

    /// <summary>A page.</summary>
    /// <param name="key">Which list this is, with its filters: the same key for the same rows.</param>
    /// <param name="rows">Those rows, in sight of the actor.</param>
    internal async Task<Result<ListAnswer<TOut>>> PageAsync<TRow, TOut>(
        FormattableString key, Func<CrmDbContext, IQueryable<TRow>> rows, ListOrder<TRow, TOut> order, ListQuestion question, Func<CrmDbContext, IQueryable<TRow>, IQueryable<TOut>> tell, CancellationToken ct)
        where TRow : Entity where TOut : IListed
    {
        if (actor.UnlessStaff() is { } refusal) return refusal;
        var sort = order.Read(question.Ordering);
        var list = FormattableString.Invariant($"{(actor.May(Permission.SeeAllLeads) ? null : actor.UserId)} {FormattableString.Invariant(key)} {question.Search}");
        var (counted, ordered) = (memory.Of(ChangeKinds.Lead, list), memory.Of(ChangeKinds.Lead, $"{list} by {sort}"));
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await ListPages.ReadAsync(rows(db), sort, question, counted, ordered, found => tell(db, found), ct);
    }

    /// <summary>One row of those in sight, or null.</summary>
    internal async Task<Result<TOut>> FindAsync<TOut>(Func<CrmDbContext, IQueryable<TOut>> row, string what, CancellationToken ct) where TOut : class
    {
        if (actor.UnlessStaff() is { } refusal) return refusal;
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await row(db).SingleOrDefaultAsync(ct) is { } found ? found : new LeadPartNotFound(what);
    }

    /// <summary>The refusal of a filter by a lead that is not in sight, else null.</summary>
    internal async Task<Error?> UnlessSeenAsync(Guid? leadId, CancellationToken ct)
    {
        if (leadId is not { } id || !actor.IsStaff) return null;
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Leads.SeenBy(actor).AnyAsync(l => l.Id == id, ct) ? null : NoSuchChoice("Lead");
    }

    internal static InvalidError NoSuchChoice(string field) => new(field, "Select a valid choice. That choice is not one of the available choices.");

    /// <summary>The words of a search, in lower case.</summary>
    internal static IEnumerable<string> Words(string? search) =>
        (search ?? "").ToLowerInvariant().Split([' ', ',', '\t'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Take(MostWords);

    /// <summary>Contacts of leads in sight; the other parts likewise.</summary>
    internal IQueryable<LeadContact> Contacts(CrmDbContext db)
    {
        var leads = db.Leads.SeenBy(actor);
        return SeesAll ? db.LeadContacts.AsNoTracking() : db.LeadContacts.AsNoTracking().Where(c => leads.Any(l => l.Id == c.LeadId));
    }

    internal IQueryable<LeadNote> Notes(CrmDbContext db)
    {
        var leads = db.Leads.SeenBy(actor);
        return SeesAll ? db.LeadNotes.AsNoTracking() : db.LeadNotes.AsNoTracking().Where(n => leads.Any(l => l.Id == n.LeadId));
    }

    internal IQueryable<Reminder> Reminders(CrmDbContext db)
    {
        var leads = db.Leads.SeenBy(actor);
        return SeesAll ? db.Reminders.AsNoTracking() : db.Reminders.AsNoTracking().Where(r => leads.Any(l => l.Id == r.LeadId));
    }

    internal IQueryable<Correspondence> Talks(CrmDbContext db)
    {
        var leads = db.Leads.SeenBy(actor);
        return SeesAll ? db.Correspondence.AsNoTracking() : db.Correspondence.AsNoTracking().Where(c => leads.Any(l => l.Id == c.LeadId));
    }

    private bool SeesAll => actor.May(Permission.SeeAllLeads);
}
