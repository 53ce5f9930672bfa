using Crm.Web.Platform.Api;

namespace Crm.Web.Features.Leads.Api;

/// <summary>A lead with all that belongs to it.</summary>
/// <param name="EstimatedValue">With two places, "1450.50"; null while nobody has estimated it.</param>
public sealed record LeadAnswer(
    Guid Id, string Name, string Company, string Email, string Phone, string Status, string Priority, string Source, ApiUser? Owner, string? EstimatedValue, string Description,
    IReadOnlyList<ContactAnswer> Contacts, IReadOnlyList<NoteAnswer> Notes, IReadOnlyList<ReminderAnswer> Reminders, DateTime CreatedAt, DateTime UpdatedAt);

/// <summary>A lead as a row of a list.</summary>
public sealed record LeadRowAnswer(
    Guid Id, string Name, string Company, string Email, string Phone, string Status, string Priority, ApiUser? Owner, string? EstimatedValue,
    int ContactsCount, int NotesCount, DateTime CreatedAt, DateTime UpdatedAt);

public sealed record ContactAnswer(Guid Id, Guid Lead, string Name, string Email, string Phone, string Position, bool IsPrimary, string Notes, DateTime CreatedAt, DateTime UpdatedAt);

public sealed record NoteAnswer(Guid Id, Guid Lead, ApiUser? Author, string Content, DateTime CreatedAt, DateTime UpdatedAt);

public sealed record ReminderAnswer(
    Guid Id, Guid Lead, ApiUser? User, string Title, string Description, DateTime ReminderDate, string Status, bool IsOverdue, DateTime CreatedAt, DateTime UpdatedAt);

public sealed record CorrespondenceAnswer(
    Guid Id, Guid? Contact, string ContactName, string Type, string Subject, string Description, DateTime Date, ApiUser? LoggedBy, DateTime CreatedAt, DateTime UpdatedAt);

/// <summary>A value before and after, as text.</summary>
public sealed record AuditChange(string Old, string New);

public sealed record AuditLogAnswer(
    Guid Id, ApiUser? User, string Action, string ModelName, Guid? ObjectId, string ObjectRepr, IReadOnlyDictionary<string, AuditChange> Changes, DateTime Timestamp, string? IpAddress);
