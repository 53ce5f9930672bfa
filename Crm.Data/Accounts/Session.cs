using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Crm.Data.Accounts;

/// <summary>How somebody is signed in.</summary>
public enum SessionKind { Browser, Api }

/// <summary>One sign-in on one device. Ending it ends its cookie, its circuits, its access tokens and its refresh tokens.</summary>
[NotAudited]
public sealed class Session : Entity, ILive
{
    public required Guid UserId { get; init; }
    public required SessionKind Kind { get; init; }
    public required DateTime StartedAt { get; init; }
    public DateTime LastSeenAt { get; set; }

    /// <summary>When it ends by itself; an API session lives on with every refresh.</summary>
    public required DateTime ExpiresAt { get; set; }
    public DateTime? EndedAt { get; private set; }

    /// <summary>Browser and system in words, for example "Firefox on Android".</summary>
    public string? Device { get; init; }
    public string? Ip { get; init; }

    /// <summary>Whoever shows the account's sessions, or acts in one, hears of its end.</summary>
    public ChangeTopic Topic => new(ChangeKinds.User, UserId);

    public void End(DateTime now) => EndedAt ??= now;
}

/// <summary>
/// A refresh token of an API session: good for one exchange. One that comes a second time was stolen, or its answer was, and ends
/// the session.
/// </summary>
[NotAudited]
public sealed class RefreshToken : Entity
{
    public required Guid SessionId { get; init; }

    /// <summary>SHA-256 of the token's id: the token itself is known to its holder alone.</summary>
    public required byte[] Hash { get; init; }
    public required DateTime ExpiresAt { get; init; }
    public DateTime? UsedAt { get; set; }
}

sealed class SessionConfiguration : IEntityTypeConfiguration<Session>
{
    public void Configure(EntityTypeBuilder<Session> session)
    {
        session.Ignore(s => s.Topic);
        session.ToTable("Sessions");
        session.Property(s => s.Device).HasMaxLength(200);
        session.Property(s => s.Ip).HasMaxLength(45);
        session.HasOne<User>().WithMany().HasForeignKey(s => s.UserId);
        session.HasIndex(s => new { s.UserId, s.EndedAt });
        session.HasIndex(s => s.ExpiresAt);
    }
}

sealed class RefreshTokenConfiguration : IEntityTypeConfiguration<RefreshToken>
{
    public void Configure(EntityTypeBuilder<RefreshToken> token)
    {
        token.ToTable("RefreshTokens");
        token.Property(t => t.Hash).HasMaxLength(32);
        token.HasOne<Session>().WithMany().HasForeignKey(t => t.SessionId);
        token.HasIndex(t => t.Hash).IsUnique();
        token.HasIndex(t => t.ExpiresAt);
    }
}
