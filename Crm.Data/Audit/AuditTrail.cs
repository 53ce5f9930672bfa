using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Crm.Data.Audit;

/// <summary>Writes the audit rows of a save into the same save.</summary>
static class AuditTrail
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly ConcurrentDictionary<IPropertyBase, bool> Hidden = new();
    private static readonly string[] Secrets =
        [nameof(IdentityUser.PasswordHash), nameof(IdentityUser.SecurityStamp), nameof(IdentityUser.ConcurrencyStamp), nameof(IVersioned.Version)];

    private const string RoleName = "Role";

    public static void Write(CrmDbContext db, DateTime now)
    {
        var touched = db.ChangeTracker.Entries()
            .Where(e => e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted && IsAudited(e.Metadata)).ToList();
        if (touched.Count == 0 && db.Bulk.Count == 0) return;

        var changeId = db.ChangeId ?? Guid.CreateVersion7(now);
        if (db.MassWrite is { } what)
        {
            var counts = touched.GroupBy(e => $"{NameOf(e.Metadata)} {e.State}").ToDictionary(g => g.Key, g => g.Count());
            foreach (var many in db.Bulk) counts[$"{many.Name} Added"] = counts.GetValueOrDefault($"{many.Name} Added") + many.Count;
            db.AuditEntries.Add(Row(db, now, AuditAction.Mass, what, null, null, null, JsonSerializer.Serialize(counts, Json), changeId));
            return;
        }
        foreach (var entry in touched)
        {
            var before = entry.State is EntityState.Added ? null : Values(entry, before: true);
            var after = entry.State is EntityState.Deleted ? null : Values(entry, before: false);
            if (entry.State is EntityState.Modified && before!.Count == 0) continue;
            var action = entry.State switch { EntityState.Added => AuditAction.Created, EntityState.Deleted => AuditAction.Deleted, _ => AuditAction.Updated };
            var held = entry.Entity as IdentityUserRole<Guid>;
            if (held is not null) (before ?? after)![RoleName] = db.Roles.Local.FirstOrDefault(r => r.Id == held.RoleId)?.Name;
            var root = (entry.Entity as ILive)?.Topic.Id ?? held?.UserId;
            db.AuditEntries.Add(Row(db, now, action, NameOf(entry.Metadata), (entry.Entity as Entity)?.Id ?? root, root,
                Serialize(before), Serialize(after), changeId));
        }
    }

    /// <summary>A deed in words, kept beside the record it concerns.</summary>
    public static void Note(CrmDbContext db, DateTime now, string type, Guid id, string deed) => db.AuditEntries.Add(
        Row(db, now, AuditAction.Noted, type, id, id, null, JsonSerializer.Serialize(new Dictionary<string, string> { ["Deed"] = deed }, Json), Guid.CreateVersion7(now)));

    private static AuditEntry Row(CrmDbContext db, DateTime now, AuditAction action, string type, Guid? id, Guid? root, string? before, string? after, Guid changeId) => new()
    {
        At = now,
        ActorId = db.Actor.UserId,
        ActorName = db.Actor.Name,
        Ip = db.Actor.Ip,
        Action = action,
        EntityType = type,
        EntityId = id,
        RootId = root,
        Before = before,
        After = after,
        ChangeId = changeId,
        UndoOf = db.UndoOf,
    };

    private static Dictionary<string, object?> Values(EntityEntry entry, bool before)
    {
        var whole = entry.State is not EntityState.Modified;
        var values = entry.Properties
            .Where(p => !IsHidden(p.Metadata) && (whole ? Value(p, before) is not null : p.IsModified && !Equals(p.OriginalValue, p.CurrentValue)))
            .ToDictionary(p => p.Metadata.Name, p => Value(p, before));
        // a row without an id of its own is known by its key alone, also where that did not change
        if (values.Count > 0 && entry.Metadata.FindPrimaryKey() is { Properties.Count: > 1 } key)
            foreach (var part in key.Properties) values.TryAdd(part.Name, Value(entry.Property(part.Name), before));
        return values;
    }

    private static string NameOf(IReadOnlyTypeBase type) => type.ClrType == typeof(IdentityUserRole<Guid>) ? "UserRole" : type.ClrType.Name;

    private static object? Value(PropertyEntry property, bool before) =>
        (before ? property.OriginalValue : property.CurrentValue) is var value && value is Enum ? value.ToString() : value;

    private static string? Serialize(Dictionary<string, object?>? values) => values is null ? null : JsonSerializer.Serialize(values, Json);

    private static bool IsAudited(IReadOnlyTypeBase type) =>
        type.ClrType == typeof(IdentityUserRole<Guid>)
        || type.ClrType.GetCustomAttribute<NotAuditedAttribute>() is null && type.ClrType.Namespace != "Microsoft.AspNetCore.Identity";

    private static bool IsHidden(IPropertyBase property) => Hidden.GetOrAdd(property, static p =>
        Secrets.Contains(p.Name) || p.PropertyInfo?.GetCustomAttribute<NotInAuditAttribute>() is not null);
}
