using Crm.Data.Leads;
using Crm.Web.Platform.Api;
using Crm.Web.Platform.Paging;

namespace Crm.Web.Features.Leads.Api;

/// <summary>A lead as the database gives it to a program.</summary>
public sealed record LeadListRow(
    Guid Id, string Name, string? Company, string? Email, string? Phone, LeadStatus Status, LeadPriority Priority, Guid? OwnerId, long ValueMinor,
    int ContactsCount, int NotesCount, DateTime CreatedAt, DateTime UpdatedAt) : IListed
{
    public LeadRowAnswer Answer(IReadOnlyDictionary<Guid, ApiUser> people) => new(
        Id, Name, Company ?? "", Email ?? "", Phone ?? "", LeadWire.Of(Status), LeadWire.Of(Priority), people.Of(OwnerId), LeadWire.Amount(ValueMinor), ContactsCount, NotesCount, CreatedAt, UpdatedAt);
}

/// <summary>A lead with its long texts.</summary>
public sealed record LeadFullRow(
    Guid Id, string Name, string? Company, string? Email, string? Phone, LeadStatus Status, LeadPriority Priority, string? Source, Guid? OwnerId, long ValueMinor, string? Description,
    DateTime CreatedAt, DateTime UpdatedAt) : IListed;

/// <summary>A lead with all that belongs to it.</summary>
public sealed record LeadWhole(LeadFullRow Lead, IReadOnlyList<ContactRow> Contacts, IReadOnlyList<LeadNoteRow> Notes, IReadOnlyList<ReminderRow> Reminders)
{
    public IEnumerable<Guid?> People => [Lead.OwnerId, .. Notes.Select(n => n.AuthorId), .. Reminders.Select(r => r.UserId)];

    public LeadAnswer Answer(IReadOnlyDictionary<Guid, ApiUser> people, DateTime now) => new(
        Lead.Id, Lead.Name, Lead.Company ?? "", Lead.Email ?? "", Lead.Phone ?? "", LeadWire.Of(Lead.Status), LeadWire.Of(Lead.Priority), Lead.Source ?? "", people.Of(Lead.OwnerId),
        LeadWire.Amount(Lead.ValueMinor), Lead.Description ?? "", [.. Contacts.Select(c => c.Answer())], [.. Notes.Select(n => n.Answer(people))], [.. Reminders.Select(r => r.Answer(people, now))],
        Lead.CreatedAt, Lead.UpdatedAt);
}

public sealed record ContactRow(Guid Id, Guid LeadId, string Name, string? Email, string? Phone, string? Position, bool IsPrimary, string? Notes, DateTime CreatedAt, DateTime UpdatedAt) : IListed
{
    public ContactAnswer Answer() => new(Id, LeadId, Name, Email ?? "", Phone ?? "", Position ?? "", IsPrimary, Notes ?? "", CreatedAt, UpdatedAt);
}

public sealed record LeadNoteRow(Guid Id, Guid LeadId, Guid? AuthorId, string Text, DateTime CreatedAt, DateTime UpdatedAt) : IListed
{
    public NoteAnswer Answer(IReadOnlyDictionary<Guid, ApiUser> people) => new(Id, LeadId, people.Of(AuthorId), Text, CreatedAt, UpdatedAt);
}

/// <param name="DoneAt">When somebody finished it; it waits no longer then, which clients know as sent.</param>
public sealed record ReminderRow(
    Guid Id, Guid LeadId, Guid? UserId, string Title, string? Description, DateTime DueAt, ReminderStatus Status, DateTime? DoneAt, DateTime CreatedAt, DateTime UpdatedAt) : IListed
{
    public ReminderAnswer Answer(IReadOnlyDictionary<Guid, ApiUser> people, DateTime now)
    {
        var status = Status is ReminderStatus.Pending && DoneAt is not null ? ReminderStatus.Sent : Status;
        return new(Id, LeadId, people.Of(UserId), Title, Description ?? "", DueAt, LeadWire.Of(status), status is ReminderStatus.Pending && DueAt < now, CreatedAt, UpdatedAt);
    }
}

public sealed record TalkRow(
    Guid Id, Guid LeadId, Guid? ContactId, string ContactName, CorrespondenceKind Kind, string Subject, string Description, DateTime HappenedAt, Guid? LoggedById, DateTime CreatedAt, DateTime UpdatedAt) : IListed
{
    public CorrespondenceAnswer Answer(IReadOnlyDictionary<Guid, ApiUser> people) =>
        new(Id, ContactId, ContactName, LeadWire.Of(Kind), Subject, Description, HappenedAt, people.Of(LoggedById), CreatedAt, UpdatedAt);
}

static class PeopleOnRecords
{
    /// <summary>Who that is; null for nobody, and for an account that is gone.</summary>
    public static ApiUser? Of(this IReadOnlyDictionary<Guid, ApiUser> people, Guid? id) => id is { } known ? people.GetValueOrDefault(known) : null;
}
