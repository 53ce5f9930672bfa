using System.Text.Json;
using Crm.Data;
using Crm.Data.Audit;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Crm.Web.Platform.Undo;

/// <summary>Values between the trail's JSON and the rows.</summary>
static class UndoValues
{
    /// <summary>The key of a tracked row as one text, as <see cref="UndoTrail"/> writes it.</summary>
    public static string KeyOf(EntityEntry row) => string.Join('|', row.Metadata.FindPrimaryKey()!.Properties.Select(p => row.Property(p.Name).CurrentValue?.ToString()));

    /// <param name="json">Of the trail; null for nothing.</param>
    public static object? Read(IProperty property, string? json)
    {
        var type = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
        if (json is null or "null") return property.IsNullable || !property.ClrType.IsValueType ? null : Activator.CreateInstance(property.ClrType);
        return type.IsEnum ? Enum.Parse(type, JsonSerializer.Deserialize<string>(json)!) : JsonSerializer.Deserialize(json, type);
    }

    /// <summary>A row as it was, not yet part of anything.</summary>
    public static EntityEntry Rebuilt(CrmDbContext db, UndoRow row)
    {
        var entry = db.Entry(Activator.CreateInstance(row.Rule.Kind)!);
        var values = row.Action is AuditAction.Created ? row.After : row.Before;
        foreach (var property in entry.Properties)
            if (values.TryGetValue(property.Metadata.Name, out var json)) property.CurrentValue = Read(property.Metadata, json);
        return entry;
    }

    /// <summary>Whether two values are the same as far as both databases keep them: PostgreSQL cuts instants to a millionth of a second.</summary>
    public static bool Same(object? one, object? other) => (one, other) switch
    {
        (DateTime a, DateTime b) => Math.Abs(a.Ticks - b.Ticks) < TimeSpan.TicksPerMicrosecond,
        _ => Equals(one, other),
    };
}
