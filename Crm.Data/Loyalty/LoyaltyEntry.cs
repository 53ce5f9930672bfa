using Crm.Data.Customers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Crm.Data.Loyalty;

/// <summary>What a ledger entry does.</summary>
public enum LoyaltyKind { Earn, Activate, Redeem, Restore, Reverse, Expire, Adjust, Transfer, Merge }

/// <summary>One line of the points ledger. Append only; a balance is the sum of the points.</summary>
public sealed class LoyaltyEntry : Entity, ILive
{
    public required Guid CustomerId { get; init; }
    public required LoyaltyKind Kind { get; init; }

    /// <summary>Whole points, positive in, negative out.</summary>
    public required int Points { get; init; }

    /// <summary>Of points that came in: those not yet used. A customer's sum of these is the balance, or 0 when that is below zero.</summary>
    public int Remaining { get; private set; }
    public DateTime? ActivatesAt { get; init; }
    public DateTime? ExpiresAt { get; init; }

    /// <summary>What caused it: "order", "return", "adjustment"; with its id and the kind unique.</summary>
    public required string SourceKind { get; init; }
    public required Guid SourceId { get; init; }

    /// <summary>Points per whole unit of currency at that time, in basis points; kept for exact reversal.</summary>
    public int RateBasisPoints { get; init; }
    public string? Note { get; init; }
    public required DateTime At { get; init; }
    public ChangeTopic Topic => new(ChangeKinds.Customer, CustomerId);

    /// <summary>Points that come in can be used, but for those that fill a balance below zero.</summary>
    public LoyaltyEntry AsLot(int owed = 0)
    {
        Remaining = Math.Max(Points - owed, 0);
        return this;
    }

    /// <summary>Takes points out of the lot, at most what is left of it.</summary>
    /// <returns>How many it gave.</returns>
    public int Use(int points)
    {
        var taken = Math.Min(points, Remaining);
        Remaining -= taken;
        return taken;
    }
}

/// <summary>A step that customers climb by what they spend in twelve months.</summary>
public sealed class LoyaltyTier : Entity, IVersioned
{
    public required string Name { get; set; }

    /// <summary>Qualifying spend in twelve months, minor units.</summary>
    public required long ThresholdMinor { get; set; }

    /// <summary>Points multiplier in basis points: 12500 is 1.25 x.</summary>
    public int MultiplierBasisPoints { get; set; } = 10_000;
    public string? Perk { get; set; }
    public int Version { get; set; }
}

sealed class LoyaltyEntryConfiguration : IEntityTypeConfiguration<LoyaltyEntry>
{
    public void Configure(EntityTypeBuilder<LoyaltyEntry> entry)
    {
        entry.Ignore(e => e.Topic);
        entry.Property(e => e.SourceKind).HasMaxLength(40);
        entry.Property(e => e.Note).HasMaxLength(200);
        entry.HasOne<Customer>().WithMany().HasForeignKey(e => e.CustomerId).OnDelete(DeleteBehavior.Restrict);
        entry.HasIndex(e => new { e.SourceKind, e.SourceId, e.Kind }).IsUnique();
        entry.HasIndex(e => new { e.CustomerId, e.At });
        entry.HasIndex(e => e.ExpiresAt).HasFilter("\"Remaining\" > 0");
        entry.ToTable(t => t.HasCheckConstraint("CK_LoyaltyEntries_Remaining", "\"Remaining\" >= 0"));
    }
}

sealed class LoyaltyTierConfiguration : IEntityTypeConfiguration<LoyaltyTier>
{
    public void Configure(EntityTypeBuilder<LoyaltyTier> tier)
    {
        tier.Property(t => t.Name).HasMaxLength(60);
        tier.Property(t => t.Perk).HasMaxLength(200);
        tier.HasIndex(t => t.ThresholdMinor).IsUnique();
    }
}
