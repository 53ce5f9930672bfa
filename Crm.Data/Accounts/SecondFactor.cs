using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Crm.Data.Accounts;

/// <summary>A code to sign in with once, when the phone with the authenticator is gone.</summary>
[NotAudited]
public sealed class RecoveryCode : Entity
{
    public required Guid UserId { get; init; }

    /// <summary>SHA-256 of the code without its dashes.</summary>
    public required byte[] Hash { get; init; }
    public DateTime? UsedAt { get; set; }
}

/// <summary>A browser or program that somebody has signed in from before, so that only a sign-in from another one is worth a mail.</summary>
[NotAudited]
public sealed class KnownDevice : Entity
{
    public required Guid UserId { get; init; }

    /// <summary>SHA-256 of the random value in the browser's device cookie; of a program, of its name and network.</summary>
    public required byte[] Hash { get; init; }
    public required DateTime FirstSeenAt { get; init; }
    public DateTime LastSeenAt { get; set; }
}

sealed class RecoveryCodeConfiguration : IEntityTypeConfiguration<RecoveryCode>
{
    public void Configure(EntityTypeBuilder<RecoveryCode> code)
    {
        code.ToTable("RecoveryCodes");
        code.Property(c => c.Hash).HasMaxLength(32);
        code.HasOne<User>().WithMany().HasForeignKey(c => c.UserId);
        code.HasIndex(c => new { c.UserId, c.Hash }).IsUnique();
    }
}

sealed class KnownDeviceConfiguration : IEntityTypeConfiguration<KnownDevice>
{
    public void Configure(EntityTypeBuilder<KnownDevice> device)
    {
        device.ToTable("KnownDevices");
        device.Property(d => d.Hash).HasMaxLength(32);
        device.HasOne<User>().WithMany().HasForeignKey(d => d.UserId);
        device.HasIndex(d => new { d.UserId, d.Hash }).IsUnique();
        device.HasIndex(d => d.LastSeenAt);
    }
}
