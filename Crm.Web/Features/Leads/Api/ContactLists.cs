using Crm.Data.Leads;
using Crm.Web.Platform.Paging;
using Crm.Web.Platform.Results;

namespace Crm.Web.Features.Leads.Api;

/// <summary>Which contacts a program wants; null for any.</summary>
public sealed record ContactFilter(Guid? LeadId, bool? IsPrimary);

/// <summary>Contacts of leads as programs read them.</summary>
public sealed class ContactLists(LeadReader reader)
{
    private static readonly ListOrder<LeadContact, ContactRow> Order = new("-is_primary,name",
        ListColumn<LeadContact, ContactRow>.Instant("created_at", c => c.CreatedAt, r => r.CreatedAt),
        ListColumn<LeadContact, ContactRow>.Of("is_primary", c => c.IsPrimary),
        ListColumn<LeadContact, ContactRow>.Of("name", c => c.Name));

    /// <summary>A page of those in sight.</summary>
    public async Task<Result<ListAnswer<ContactRow>>> PageAsync(ContactFilter filter, ListQuestion question, CancellationToken ct)
    {
        if (await reader.UnlessSeenAsync(filter.LeadId, ct) is { } complaint) return complaint;
        return await reader.PageAsync($"contacts {filter.LeadId} {filter.IsPrimary}", db =>
        {
            var contacts = reader.Contacts(db);
            if (filter.LeadId is { } lead) contacts = contacts.Where(c => c.LeadId == lead);
            if (filter.IsPrimary is { } primary) contacts = contacts.Where(c => c.IsPrimary == primary);
            foreach (var word in LeadReader.Words(question.Search))
                contacts = contacts.Where(c => c.Name.ToLower().Contains(word) || c.Email!.ToLower().Contains(word) || c.Phone!.Contains(word) || c.Position!.ToLower().Contains(word));
            return contacts;
        }, Order, question, (_, contacts) => Rows(contacts), ct);
    }

    /// <summary>One in sight.</summary>
    public Task<Result<ContactRow>> FindAsync(Guid contactId, CancellationToken ct) => reader.FindAsync(db => Rows(reader.Contacts(db).Where(c => c.Id == contactId)), "contact", ct);

    internal static IQueryable<ContactRow> Rows(IQueryable<LeadContact> contacts) =>
        contacts.Select(c => new ContactRow(c.Id, c.LeadId, c.Name, c.Email, c.Phone, c.Position, c.IsPrimary, c.Notes, c.CreatedAt, c.UpdatedAt));
}
