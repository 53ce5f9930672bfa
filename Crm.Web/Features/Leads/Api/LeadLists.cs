using Crm.Data;
using Crm.Data.Leads;
using Crm.Data.Search;
using Crm.Web.Platform.Paging;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Leads.Api;

/// <summary>Which leads a program wants; null for any.</summary>
public sealed record LeadListFilter(LeadStatus? Status, LeadPriority? Priority, Guid? OwnerId);

/// <summary>Leads as programs read them.</summary>
public sealed class LeadLists(LeadReader reader, IDbContextFactory<CrmDbContext> contexts)
{
    private const int MostParts = 5_000;

    private static readonly ListOrder<Lead, LeadListRow> Order = new("-created_at",
        ListColumn<Lead, LeadListRow>.Instant("created_at", l => l.CreatedAt, r => r.CreatedAt),
        ListColumn<Lead, LeadListRow>.Instant("updated_at", l => l.UpdatedAt, r => r.UpdatedAt),
        ListColumn<Lead, LeadListRow>.Number("estimated_value", l => l.ValueMinor, r => r.ValueMinor),
        ListColumn<Lead, LeadListRow>.Of("status", l => l.Status));

    private static readonly ListOrder<Lead, LeadFullRow> MyOrder = new("-created_at", ListColumn<Lead, LeadFullRow>.Instant("created_at", l => l.CreatedAt, r => r.CreatedAt));

    /// <summary>A page of the leads in sight.</summary>
    public Task<Result<ListAnswer<LeadListRow>>> PageAsync(LeadListFilter filter, ListQuestion question, CancellationToken ct) =>
        reader.PageAsync($"leads {filter.Status} {filter.Priority} {filter.OwnerId}", db => Where(db, filter, question.Search), Order, question, (_, leads) => Rows(leads), ct);

    /// <summary>A page of the leads that whoever asks works on, each with all that belongs to it.</summary>
    public async Task<Result<ListAnswer<LeadWhole>>> MineAsync(ListQuestion question, CancellationToken ct)
    {
        var me = reader.Actor.UserId;
        if ((await reader.PageAsync($"my leads {me}", db => db.Leads.AsNoTracking().Where(l => l.OwnerId == me), MyOrder, question with { Search = null }, (_, leads) => FullRows(leads), ct))
            .Failed(out var refusal, out var page)) return refusal;
        await using var db = await contexts.CreateDbContextAsync(ct);
        return page.Of(await WholeAsync(db, page.Rows, ct));
    }

    /// <summary>One lead in sight with all that belongs to it.</summary>
    public async Task<Result<LeadWhole>> FindAsync(Guid leadId, CancellationToken ct)
    {
        if ((await reader.FindAsync(db => FullRows(db.Leads.AsNoTracking().SeenBy(reader.Actor).Where(l => l.Id == leadId)), "lead", ct)).Failed(out var refusal, out var row)) return refusal;
        await using var db = await contexts.CreateDbContextAsync(ct);
        return (await WholeAsync(db, [row], ct))[0];
    }

    /// <summary>The same for whoever has just saved it, who may have given it out of their own sight.</summary>
    internal async Task<LeadWhole> SavedAsync(Guid leadId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return (await WholeAsync(db, await FullRows(db.Leads.AsNoTracking().Where(l => l.Id == leadId)).ToListAsync(ct), ct))[0];
    }

    internal IQueryable<Lead> Where(CrmDbContext db, LeadListFilter filter, string? search)
    {
        var leads = db.Leads.AsNoTracking().SeenBy(reader.Actor);
        if (filter.Status is { } status) leads = leads.Where(l => l.Status == status);
        if (filter.Priority is { } priority) leads = leads.Where(l => l.Priority == priority);
        if (filter.OwnerId is { } owner) leads = leads.Where(l => l.OwnerId == owner);
        foreach (var word in LeadReader.Words(search)) leads = Having(db, leads, word);
        return leads;
    }

    internal static IQueryable<LeadListRow> Rows(IQueryable<Lead> leads) => leads.Select(l => new LeadListRow(
        l.Id, l.Name, l.Company, l.Email, l.Phone, l.Status, l.Priority, l.OwnerId, l.ValueMinor, l.Contacts.Count, l.Notes.Count, l.CreatedAt, l.UpdatedAt));

    // A part of any of the fields, or the beginning of a word in any writing: without its accents, in the other case.
    private static IQueryable<Lead> Having(CrmDbContext db, IQueryable<Lead> leads, string word)
    {
        var folded = Folding.Words(word).Take(2).ToArray();
        if (folded.Length != 1) return leads.Where(l => l.Name.ToLower().Contains(word) || l.Company!.ToLower().Contains(word) || l.Email!.ToLower().Contains(word) || l.Phone!.Contains(word) || l.Description!.ToLower().Contains(word));
        var found = SearchIndex.AnyIds(db, ChangeKinds.Lead, folded);
        return leads.Where(l => l.Name.ToLower().Contains(word) || l.Company!.ToLower().Contains(word) || l.Email!.ToLower().Contains(word) || l.Phone!.Contains(word) || l.Description!.ToLower().Contains(word)
            || found.Contains(l.Id));
    }

    private static IQueryable<LeadFullRow> FullRows(IQueryable<Lead> leads) => leads.Select(l => new LeadFullRow(
        l.Id, l.Name, l.Company, l.Email, l.Phone, l.Status, l.Priority, l.Source, l.OwnerId, l.ValueMinor, l.Description, l.CreatedAt, l.UpdatedAt));

    private static async Task<List<LeadWhole>> WholeAsync(CrmDbContext db, IReadOnlyList<LeadFullRow> leads, CancellationToken ct)
    {
        var ids = leads.Select(l => l.Id).ToList();
        var contacts = (await ContactLists.Rows(db.LeadContacts.AsNoTracking().Where(c => ids.Contains(c.LeadId)).OrderByDescending(c => c.IsPrimary).ThenBy(c => c.Name).ThenBy(c => c.Id).Take(MostParts)).ToListAsync(ct)).ToLookup(c => c.LeadId);
        var notes = (await LeadNoteLists.Rows(db.LeadNotes.AsNoTracking().Where(n => ids.Contains(n.LeadId)).OrderByDescending(n => n.CreatedAt).ThenByDescending(n => n.Id).Take(MostParts)).ToListAsync(ct)).ToLookup(n => n.LeadId);
        var reminders = (await ReminderLists.Rows(db.Reminders.AsNoTracking().Where(r => ids.Contains(r.LeadId)).OrderBy(r => r.DueAt).ThenBy(r => r.Id).Take(MostParts)).ToListAsync(ct)).ToLookup(r => r.LeadId);
        return [.. leads.Select(l => new LeadWhole(l, [.. contacts[l.Id]], [.. notes[l.Id]], [.. reminders[l.Id]]))];
    }
}
