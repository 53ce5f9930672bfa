using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Crm.Data.Accounts;

/// <summary>What a link in a mail is good for, and nothing else.</summary>
public enum TokenPurpose { VerifyEmail, ResetPassword, ChangeEmail, AcceptInvitation }

/// <summary>A secret sent to somebody's address, good once and for a while.</summary>
[NotAudited]
public sealed class OneTimeToken : Entity
{
    public required Guid UserId { get; init; }
    public required TokenPurpose Purpose { get; init; }

    /// <summary>SHA-256 of 256 random bits, which only the mail holds.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>The address it was sent to, which using it proves.</summary>
    public required string Email { get; init; }
    public required DateTime IssuedAt { get; init; }
    public required DateTime ExpiresAt { get; init; }
    public DateTime? UsedAt { get; set; }
}

sealed class OneTimeTokenConfiguration : IEntityTypeConfiguration<OneTimeToken>
{
    public void Configure(EntityTypeBuilder<OneTimeToken> token)
    {
        token.ToTable("OneTimeTokens");
        token.Property(t => t.Hash).HasMaxLength(32);
        token.Property(t => t.Email).HasMaxLength(256);
        token.HasOne<User>().WithMany().HasForeignKey(t => t.UserId);
        token.HasIndex(t => t.Hash).IsUnique();
        token.HasIndex(t => new { t.UserId, t.Purpose });
        token.HasIndex(t => t.ExpiresAt);
    }
}
