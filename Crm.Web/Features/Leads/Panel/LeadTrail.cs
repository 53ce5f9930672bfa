using System.Globalization;
using System.Text.Json;
using Crm.Data;
using Crm.Data.Audit;
using Crm.Data.Leads;
using Crm.Web.Features.Settings;
using Crm.Web.Features.Settings.Clocks;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Crm.Web.Platform.Undo;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Leads.Panel;

/// <summary>One field of a change, before and after, as people read them; null for nothing.</summary>
public sealed record TrailField(string Label, string? Before, string? After);

/// <summary>One change of a lead or a part of it.</summary>
/// <param name="What">"Changed the lead", "Added a contact".</param>
public sealed record TrailRow(Guid Id, DateTime At, string Who, string What, IReadOnlyList<TrailField> Fields);

/// <summary>Some rows, newest first, and where to read on.</summary>
public sealed record TrailPage(IReadOnlyList<TrailRow> Rows, TimelineMark? Next);

/// <summary>The audit trail of one lead: who changed what, when, from what to what. For whoever may see the audit log.</summary>
public sealed class LeadTrail(IDbContextFactory<CrmDbContext> contexts, CurrentActor actor, StaffDirectory staff, Shop shop, OwnClock clock)
{
    public const int PageSize = 25;
    private const int Longest = 400;
    private static readonly string[] Hidden = ["Id", nameof(Lead.Rank), nameof(Lead.UpdatedAt), nameof(Lead.TouchedAt), nameof(Lead.StatusSince), nameof(Lead.AssignedAt), nameof(Lead.CreatedAt), nameof(LeadContact.LeadId), nameof(Reminder.FireAt)];

    private static readonly Dictionary<string, string> Labels = new()
    {
        [nameof(LeadNote.Text)] = "text",
        [nameof(LeadNote.IsPinned)] = "pinned",
        [nameof(LeadNote.AuthorId)] = "author",
        [nameof(LeadContact.IsPrimary)] = "called first",
        [nameof(LeadContact.Position)] = "position",
        [nameof(LeadContact.Notes)] = "notes",
        [nameof(Reminder.Title)] = "title",
        [nameof(Reminder.DueAt)] = "due",
        [nameof(Reminder.DoneAt)] = "done",
        [nameof(Reminder.SentAt)] = "told",
        [nameof(Reminder.Repeat)] = "comes again",
        [nameof(Reminder.UserId)] = "whose",
        [nameof(Correspondence.Kind)] = "how",
        [nameof(Correspondence.Direction)] = "who began",
        [nameof(Correspondence.Subject)] = "about",
        [nameof(Correspondence.Outcome)] = "outcome",
        [nameof(Correspondence.HappenedAt)] = "when",
        [nameof(Correspondence.LoggedById)] = "logged by",
    };

    /// <summary>The newest rows, or those before a mark.</summary>
    public async Task<Result<TrailPage>> ReadAsync(Guid leadId, TimelineMark? before, CancellationToken ct)
    {
        if (actor.UnlessMay(Permission.SeeAuditLog) is { } refusal) return refusal;
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (!await db.Leads.SeenBy(actor).AnyAsync(l => l.Id == leadId, ct)) return new LeadNotFound();

        var (at, id) = before ?? new TimelineMark(DateTime.MaxValue, Guid.Empty);
        var found = await db.AuditEntries.AsNoTracking().Where(a => a.RootId == leadId && (a.At < at || a.At == at && a.Id < id))
            .OrderByDescending(a => a.At).ThenByDescending(a => a.Id).Take(PageSize + 1).ToListAsync(ct);
        var roster = await staff.ReadAsync(ct);
        var page = found.Take(PageSize).ToList();
        var next = found.Count > PageSize ? new TimelineMark(page[^1].At, page[^1].Id) : null;
        return new TrailPage([.. page.Select(a => new TrailRow(a.Id, a.At, a.ActorName, What(a), Fields(a, roster)))], next);
    }

    private static string What(AuditEntry entry)
    {
        var thing = entry.EntityType switch
        {
            nameof(Lead) => "the lead",
            nameof(LeadContact) => "a contact",
            nameof(LeadNote) => "a note",
            nameof(LeadTag) => "a tag",
            nameof(Correspondence) => "a talk",
            nameof(CorrespondenceFile) => "a file of a talk",
            nameof(Reminder) => "a reminder",
            _ => entry.EntityType,
        };
        var deed = entry.Action switch
        {
            AuditAction.Created => "Added",
            AuditAction.Updated => "Changed",
            AuditAction.Deleted => "Removed",
            AuditAction.Mass or AuditAction.Noted => "Noted on",
        };
        return entry.UndoOf is null ? $"{deed} {thing}" : $"{deed} {thing}, taking a change back";
    }

    private IReadOnlyList<TrailField> Fields(AuditEntry entry, StaffRoster roster)
    {
        using var before = JsonDocument.Parse(entry.Before ?? "{}");
        using var after = JsonDocument.Parse(entry.After ?? "{}");
        var names = before.RootElement.EnumerateObject().Concat(after.RootElement.EnumerateObject()).Select(p => p.Name).Distinct().Where(n => !Hidden.Contains(n));
        return [.. names.Select(n => new TrailField(LabelOf(entry.EntityType, n), Words(before.RootElement, n, roster), Words(after.RootElement, n, roster)))];
    }

    private static string LabelOf(string type, string property) =>
        Labels.GetValueOrDefault(property) ?? (type == nameof(Lead) ? LeadChanges.LabelOf(property) : UndoNames.Words(property));

    private string? Words(JsonElement values, string name, StaffRoster roster)
    {
        if (!values.TryGetProperty(name, out var value)) return null;
        return value.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.True => "yes",
            JsonValueKind.False => "no",
            JsonValueKind.Number when name.EndsWith("Minor", StringComparison.Ordinal) => shop.Format(new Money(value.GetInt64())),
            JsonValueKind.String when name is "OwnerId" or "UserId" or "AuthorId" or "LoggedById" && value.TryGetGuid(out var person) => roster.NameOf(person),
            JsonValueKind.String when name.EndsWith("At", StringComparison.Ordinal) && value.TryGetDateTime(out var at) => clock.ToLocal(at).ToString("d MMM yyyy, HH:mm", CultureInfo.InvariantCulture),
            JsonValueKind.String when value.TryGetGuid(out _) => "another record", // an id means nothing to people
            _ => CleanText.Cut(value.ToString(), Longest),
        };
    }
}
