using System.Text.Json;
using Crm.Data;
using Crm.Data.Audit;
using Crm.Data.Leads;

namespace Crm.Web.Features.Leads;

/// <summary>Tells in words what a row of the audit trail says about a part of a lead: a person, a tag, a reminder, something removed.</summary>
static class LeadPartChanges
{
    private const int Excerpt = 80;

    private static readonly (string Property, string Words)[] ContactFields =
    [
        (nameof(LeadContact.Name), "name"), (nameof(LeadContact.Position), "position"), (nameof(LeadContact.Email), "e-mail"), (nameof(LeadContact.Phone), "phone"), (nameof(LeadContact.Notes), "notes"),
    ];

    /// <summary>The line, or null for a change that nobody needs to read about.</summary>
    public static TimelineLine? Line(Guid id, DateTime at, string who, string type, AuditAction action, string? before, string? after)
    {
        var words = (type, action) switch
        {
            (nameof(LeadContact), AuditAction.Created) => (TimelineKind.Contact, "added the contact", Value(after, nameof(LeadContact.Name))),
            (nameof(LeadContact), AuditAction.Deleted) => (TimelineKind.Contact, "took off the contact", Value(before, nameof(LeadContact.Name))),
            (nameof(LeadContact), AuditAction.Updated) when Changed(after, ContactFields) is { Length: > 0 } fields => (TimelineKind.Contact, "changed a contact's", fields),
            (nameof(LeadTag), AuditAction.Created) => (TimelineKind.Tag, "tagged it", Value(after, nameof(LeadTag.Name))),
            (nameof(LeadTag), AuditAction.Deleted) => (TimelineKind.Tag, "took away the tag", Value(before, nameof(LeadTag.Name))),
            (nameof(LeadNote), AuditAction.Deleted) => (TimelineKind.Removed, "deleted a note:", Value(before, nameof(LeadNote.Text))),
            (nameof(Correspondence), AuditAction.Deleted) => (TimelineKind.Removed, "deleted a talk:", Value(before, nameof(Correspondence.Subject))),
            (nameof(Reminder), AuditAction.Created) => (TimelineKind.Reminder, "planned", Value(after, nameof(Reminder.Title))),
            (nameof(Reminder), AuditAction.Deleted) => (TimelineKind.Reminder, "deleted the reminder", Value(before, nameof(Reminder.Title))),
            (nameof(Reminder), AuditAction.Updated) when Value(after, nameof(Reminder.Status)) == nameof(ReminderStatus.Cancelled) => (TimelineKind.Reminder, "called off a reminder", null),
            _ => ((TimelineKind, string, string?)?)null,
        };
        return words is var (kind, head, strong) ? new TimelineLine(id, kind, at, who, head, strong is null ? null : CleanText.Cut(strong.ReplaceLineEndings(" "), Excerpt), null) : null;
    }

    private static string Changed(string? values, (string Property, string Words)[] fields)
    {
        if (values is null) return "";
        using var json = JsonDocument.Parse(values);
        return string.Join(", ", fields.Where(f => json.RootElement.TryGetProperty(f.Property, out _)).Select(f => f.Words));
    }

    internal static string? Value(string? values, string property)
    {
        if (values is null) return null;
        using var json = JsonDocument.Parse(values);
        return json.RootElement.TryGetProperty(property, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
    }
}
