using Crm.Data.Leads;
using Crm.Web.Platform.Paging;
using Crm.Web.Platform.Results;

namespace Crm.Web.Features.Leads.Api;

/// <summary>Which notes a program wants; null for any.</summary>
public sealed record LeadNoteFilter(Guid? LeadId, Guid? AuthorId);

/// <summary>Notes on leads as programs read them.</summary>
public sealed class LeadNoteLists(LeadReader reader)
{
    private static readonly ListOrder<LeadNote, LeadNoteRow> Order = new("-created_at", ListColumn<LeadNote, LeadNoteRow>.Instant("created_at", n => n.CreatedAt, r => r.CreatedAt));

    /// <summary>A page of those in sight.</summary>
    public async Task<Result<ListAnswer<LeadNoteRow>>> PageAsync(LeadNoteFilter filter, ListQuestion question, CancellationToken ct)
    {
        if (await reader.UnlessSeenAsync(filter.LeadId, ct) is { } complaint) return complaint;
        return await reader.PageAsync($"notes {filter.LeadId} {filter.AuthorId}", db =>
        {
            var notes = reader.Notes(db);
            if (filter.LeadId is { } lead) notes = notes.Where(n => n.LeadId == lead);
            if (filter.AuthorId is { } author) notes = notes.Where(n => n.AuthorId == author);
            foreach (var word in LeadReader.Words(question.Search)) notes = notes.Where(n => n.Text.ToLower().Contains(word));
            return notes;
        }, Order, question, (_, notes) => Rows(notes), ct);
    }

    /// <summary>One in sight.</summary>
    public Task<Result<LeadNoteRow>> FindAsync(Guid noteId, CancellationToken ct) => reader.FindAsync(db => Rows(reader.Notes(db).Where(n => n.Id == noteId)), "note", ct);

    internal static IQueryable<LeadNoteRow> Rows(IQueryable<LeadNote> notes) => notes.Select(n => new LeadNoteRow(n.Id, n.LeadId, n.AuthorId, n.Text, n.CreatedAt, n.UpdatedAt));
}
