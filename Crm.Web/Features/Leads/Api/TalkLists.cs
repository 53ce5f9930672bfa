using Crm.Data;
using Crm.Data.Leads;
using Crm.Web.Platform.Paging;
using Crm.Web.Platform.Results;

namespace Crm.Web.Features.Leads.Api;

/// <summary>Which correspondence a program wants; null for any.</summary>
public sealed record TalkFilter(Guid? ContactId, CorrespondenceKind? Kind, Guid? LoggedById);

/// <summary>Correspondence as programs read it.</summary>
public sealed class TalkLists(LeadReader reader, ContactLists contacts)
{
    private static readonly ListOrder<Correspondence, TalkRow> Order = new("-date",
        ListColumn<Correspondence, TalkRow>.Instant("date", c => c.HappenedAt, r => r.HappenedAt),
        ListColumn<Correspondence, TalkRow>.Instant("created_at", c => c.CreatedAt, r => r.CreatedAt));

    /// <summary>A page of those in sight.</summary>
    public async Task<Result<ListAnswer<TalkRow>>> PageAsync(TalkFilter filter, ListQuestion question, CancellationToken ct)
    {
        if (filter.ContactId is { } id && reader.Actor.IsStaff && (await contacts.FindAsync(id, ct)).Error is not null) return LeadReader.NoSuchChoice("Contact");
        return await reader.PageAsync($"talks {filter.ContactId} {filter.Kind} {filter.LoggedById}", db =>
        {
            var talks = reader.Talks(db);
            if (filter.ContactId is { } contact) talks = talks.Where(c => c.ContactId == contact);
            if (filter.Kind is CorrespondenceKind.Other) talks = talks.Where(c => c.Kind == CorrespondenceKind.Other || c.Kind == CorrespondenceKind.WhatsApp);
            else if (filter.Kind is { } kind) talks = talks.Where(c => c.Kind == kind);
            if (filter.LoggedById is { } user) talks = talks.Where(c => c.LoggedById == user);
            foreach (var word in LeadReader.Words(question.Search)) talks = talks.Where(c => c.Subject.ToLower().Contains(word) || c.Description.ToLower().Contains(word));
            return talks;
        }, Order, question, Rows, ct);
    }

    /// <summary>One in sight.</summary>
    public Task<Result<TalkRow>> FindAsync(Guid talkId, CancellationToken ct) => reader.FindAsync(db => Rows(db, reader.Talks(db).Where(c => c.Id == talkId)), "correspondence", ct);

    private static IQueryable<TalkRow> Rows(CrmDbContext db, IQueryable<Correspondence> talks) => talks.Select(c => new TalkRow(
        c.Id, c.LeadId, c.ContactId, db.LeadContacts.Where(p => p.Id == c.ContactId).Select(p => p.Name).FirstOrDefault() ?? "",
        c.Kind, c.Subject, c.Description, c.HappenedAt, c.LoggedById, c.CreatedAt, c.UpdatedAt));
}
