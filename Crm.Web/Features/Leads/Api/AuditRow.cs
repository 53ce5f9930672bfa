using System.Globalization;
using System.Text.Json;
using Crm.Data;
using Crm.Data.Audit;
using Crm.Data.Leads;
using Crm.Web.Platform.Api;
using Crm.Web.Platform.Paging;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Leads.Api;

/// <summary>A line of the audit trail as the database gives it to a program.</summary>
/// <param name="Name">What the record is called.</param>
public sealed record AuditRow(
    Guid Id, Guid? ActorId, AuditAction Action, string EntityType, Guid? EntityId, string? Before, string? After, DateTime At, string? Ip, string Name = "") : IListed
{
    private const int LongestName = 200;

    private static readonly Dictionary<string, string> Models = new() { [nameof(LeadContact)] = "Contact", [nameof(LeadNote)] = "Note" };
    private static readonly Dictionary<string, string> LeadFields = new()
    {
        [nameof(Lead.Name)] = "name", [nameof(Lead.Company)] = "company", [nameof(Lead.Status)] = "status", [nameof(Lead.Priority)] = "priority", [nameof(Lead.ValueMinor)] = "estimated_value",
    };
    private static readonly Dictionary<string, string> ContactFields = new()
    {
        [nameof(LeadContact.Name)] = "name", [nameof(LeadContact.Email)] = "email", [nameof(LeadContact.Phone)] = "phone", [nameof(LeadContact.Position)] = "position", [nameof(LeadContact.IsPrimary)] = "is_primary",
    };

    /// <summary>What clients know; a mass change or a deed in words is neither of these.</summary>
    internal static readonly AuditAction[] Actions = [AuditAction.Created, AuditAction.Updated, AuditAction.Deleted];

    /// <summary>Create, Update, Delete.</summary>
    public string Label => Action switch { AuditAction.Created => "Create", AuditAction.Updated => "Update", AuditAction.Deleted => "Delete", _ => Action.ToString() };

    public string Model => Models.GetValueOrDefault(EntityType, EntityType);

    public AuditLogAnswer Answer(IReadOnlyDictionary<Guid, ApiUser> people) =>
        new(Id, people.Of(ActorId), Label.ToLowerInvariant(), Model, EntityId, Name, Changes(), At, Ip);

    /// <summary>The kind of row that clients call so.</summary>
    internal static string TypeOf(string model) => Models.FirstOrDefault(m => m.Value == model).Key ?? model;

    internal static AuditAction? ActionOf(string word) => word switch { "create" => AuditAction.Created, "update" => AuditAction.Updated, "delete" => AuditAction.Deleted, _ => null };

    internal static IQueryable<AuditRow> Rows(IQueryable<AuditEntry> entries) => entries.Select(a => new AuditRow(a.Id, a.ActorId, a.Action, a.EntityType, a.EntityId, a.Before, a.After, a.At, a.Ip, ""));

    /// <summary>The same rows with the names of their records: as the line tells it, else as the record is called now.</summary>
    internal static async Task<IReadOnlyList<AuditRow>> NamedAsync(CrmDbContext db, IReadOnlyList<AuditRow> rows, CancellationToken ct)
    {
        var told = rows.ToDictionary(r => r.Id, r => Told(r.After) ?? Told(r.Before));
        var ids = rows.Where(r => told[r.Id] is null).Select(r => r.EntityId).OfType<Guid>().Distinct().ToList();
        var now = new Dictionary<Guid, string>();
        if (ids.Count > 0)
        {
            foreach (var entry in await db.SearchEntries.AsNoTracking().Where(e => ids.Contains(e.EntityId)).Select(e => new { e.EntityId, e.Title }).ToListAsync(ct)) now[entry.EntityId] = entry.Title;
            foreach (var reminder in await db.Reminders.AsNoTracking().Where(r => ids.Contains(r.Id)).Select(r => new { r.Id, r.Title }).ToListAsync(ct)) now[reminder.Id] = reminder.Title;
            foreach (var talk in await db.Correspondence.AsNoTracking().Where(c => ids.Contains(c.Id)).Select(c => new { c.Id, c.Subject }).ToListAsync(ct)) now[talk.Id] = talk.Subject;
            await AddGoneAsync(db, [.. ids.Where(id => !now.ContainsKey(id))], now, ct);
        }
        return [.. rows.Select(r => r with { Name = CleanText.Cut(told[r.Id] ?? (r.EntityId is { } id ? now.GetValueOrDefault(id) ?? $"{r.Model} {id}" : r.Model), LongestName) })];
    }

    // Of a record that is gone the trail knows what it was called.
    private static async Task AddGoneAsync(CrmDbContext db, List<Guid> gone, Dictionary<Guid, string> names, CancellationToken ct)
    {
        if (gone.Count == 0) return;
        var ends = db.AuditEntries.AsNoTracking().Where(a => a.EntityId != null && gone.Contains(a.EntityId.Value) && a.Action == AuditAction.Deleted);
        foreach (var end in await ends.Select(a => new { Id = a.EntityId!.Value, a.Before }).ToListAsync(ct))
            if (Told(end.Before) is { } name) names[end.Id] = name;
    }

    private static string? Told(string? json)
    {
        if (json is null) return null;
        using var document = JsonDocument.Parse(json);
        foreach (var name in new[] { nameof(Lead.Name), nameof(Reminder.Title), nameof(Correspondence.Subject), nameof(LeadNote.Text), "UserName" })
            if (document.RootElement.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String) return value.GetString();
        return null;
    }

    private Dictionary<string, AuditChange> Changes()
    {
        var fields = Action is not AuditAction.Updated ? null : EntityType switch { nameof(Lead) => LeadFields, nameof(LeadContact) => ContactFields, _ => null };
        var changes = new Dictionary<string, AuditChange>();
        if (fields is null || Before is null || After is null) return changes;
        using var before = JsonDocument.Parse(Before);
        using var after = JsonDocument.Parse(After);
        foreach (var (property, name) in fields)
            if (after.RootElement.TryGetProperty(property, out var now) && before.RootElement.TryGetProperty(property, out var then)) changes[name] = new(Text(property, then), Text(property, now));
        return changes;
    }

    private static string Text(string property, JsonElement value) => (property, value.ValueKind) switch
    {
        (_, JsonValueKind.Null) => "",
        (nameof(Lead.ValueMinor), JsonValueKind.Number) => new Money(value.GetInt64()).Major.ToString("0.00", CultureInfo.InvariantCulture),
        (nameof(Lead.Status) or nameof(Lead.Priority), _) => value.ToString().ToLowerInvariant(),
        _ => value.ToString(),
    };
}
