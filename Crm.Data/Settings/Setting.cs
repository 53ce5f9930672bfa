using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Crm.Data.Settings;

/// <summary>One named group of settings as JSON that SQL need not open.</summary>
public sealed class Setting : IVersioned, ILive
{
    public required string Key { get; init; }
    public required string Json { get; set; }
    public int Version { get; set; }
    public ChangeTopic Topic => new(ChangeKinds.Setting, Guid.Empty);
}

/// <summary>A key that signs cookies; in the database, so that any node can read a cookie of any other.</summary>
[NotAudited]
public sealed class DataProtectionKey : Entity
{
    public required string Name { get; init; }
    public required string Xml { get; init; }
}

/// <summary>The last number given out of a sequence, where the database has no sequences of its own.</summary>
[NotAudited]
public sealed class NumberCounter
{
    public required string Name { get; init; }
    public required long Value { get; set; }
}

sealed class SettingConfiguration : IEntityTypeConfiguration<Setting>
{
    public void Configure(EntityTypeBuilder<Setting> setting)
    {
        setting.HasKey(s => s.Key);
        setting.Property(s => s.Key).HasMaxLength(60);
    }
}

sealed class DataProtectionKeyConfiguration : IEntityTypeConfiguration<DataProtectionKey>
{
    public void Configure(EntityTypeBuilder<DataProtectionKey> key)
    {
        key.Property(k => k.Name).HasMaxLength(200);
        key.HasIndex(k => k.Name).IsUnique();
    }
}

sealed class NumberCounterConfiguration : IEntityTypeConfiguration<NumberCounter>
{
    public void Configure(EntityTypeBuilder<NumberCounter> counter)
    {
        counter.HasKey(c => c.Name);
        counter.Property(c => c.Name).HasMaxLength(40);
    }
}
