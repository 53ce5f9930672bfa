using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Crm.Data.Audit;

/// <summary>What was done to a row; noted is a deed whose rows are no part of the trail, such as a new password.</summary>
public enum AuditAction { Created, Updated, Deleted, Mass, Noted }

/// <summary>Who changed what, when and from where, with the values before and after; written in the transaction it tells of.</summary>
[NotAudited]
public sealed class AuditEntry : Entity
{
    public required DateTime At { get; init; }
    public Guid? ActorId { get; init; }

    /// <summary>The name at that time, or the name of the job.</summary>
    public required string ActorName { get; init; }
    public string? Ip { get; init; }
    public required AuditAction Action { get; init; }

    /// <summary>The kind of row, by its class: Lead, LeadNote.</summary>
    public required string EntityType { get; init; }

    /// <summary>Empty for a mass change.</summary>
    public Guid? EntityId { get; init; }

    /// <summary>The record on screen that the row belongs to, so that a lead's page shows its parts' changes.</summary>
    public Guid? RootId { get; init; }

    /// <summary>JSON object of changed properties before; null for a creation.</summary>
    public string? Before { get; init; }

    /// <summary>JSON object of changed properties after; null for a deletion.</summary>
    public string? After { get; init; }

    /// <summary>The same for all rows of one save, and for all saves of one bulk run.</summary>
    public required Guid ChangeId { get; init; }

    /// <summary>The change that this one took back.</summary>
    public Guid? UndoOf { get; init; }
}

sealed class AuditEntryConfiguration : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> entry)
    {
        entry.Property(e => e.ActorName).HasMaxLength(200);
        entry.Property(e => e.Ip).HasMaxLength(45);
        entry.Property(e => e.EntityType).HasMaxLength(60);
        entry.HasIndex(e => new { e.RootId, e.At });
        entry.HasIndex(e => new { e.EntityType, e.EntityId, e.At });
        entry.HasIndex(e => e.At);
        entry.HasIndex(e => new { e.ActorId, e.At });
        entry.HasIndex(e => new { e.EntityType, e.At });
        entry.HasIndex(e => e.ChangeId);
        entry.HasIndex(e => e.UndoOf).HasFilter("\"UndoOf\" IS NOT NULL");
    }
}
