using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Crm.Data.Limits;

/// <summary>How much of a limit somebody has used since their window began; one row for all nodes, written by single statements.</summary>
[NotAudited]
public sealed class RateCounter
{
    /// <summary>Which limit and whose, for example "sign-in:203.0.113.7".</summary>
    public required string Key { get; init; }

    /// <summary>UTC ticks, so that both databases count on the same number.</summary>
    public required long WindowStart { get; set; }
    public required int Used { get; set; }
}

sealed class RateCounterConfiguration : IEntityTypeConfiguration<RateCounter>
{
    public void Configure(EntityTypeBuilder<RateCounter> counter)
    {
        counter.ToTable("RateCounters");
        counter.HasKey(c => c.Key);
        counter.Property(c => c.Key).HasMaxLength(200);
        counter.HasIndex(c => c.WindowStart);
    }
}
