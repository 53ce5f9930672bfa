using Crm.Data.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Crm.Data.Messaging;

/// <summary>A line under somebody's bell: a reminder that is due, a mention, a lead that was given to them.</summary>
[NotAudited]
public sealed class Notice : Entity, ILive
{
    public const int TextLength = 300;

    public required Guid UserId { get; init; }

    /// <summary>What it tells of: reminder, mention, assigned.</summary>
    public required string Kind { get; init; }
    public required string Text { get; init; }

    /// <summary>An address of this shop, beginning with a slash.</summary>
    public required string Link { get; init; }

    /// <summary>The same news is told once.</summary>
    public required string Key { get; init; }
    public required DateTime At { get; init; }
    public DateTime? ReadAt { get; set; }
    public ChangeTopic Topic => new(ChangeKinds.Notice, UserId);
}

sealed class NoticeConfiguration : IEntityTypeConfiguration<Notice>
{
    public void Configure(EntityTypeBuilder<Notice> notice)
    {
        notice.Property(n => n.Kind).HasMaxLength(30);
        notice.Property(n => n.Text).HasMaxLength(Notice.TextLength);
        notice.Property(n => n.Link).HasMaxLength(300);
        notice.Property(n => n.Key).HasMaxLength(120);
        notice.HasOne<User>().WithMany().HasForeignKey(n => n.UserId).OnDelete(DeleteBehavior.Cascade);
        notice.HasIndex(n => n.Key).IsUnique();
        notice.HasIndex(n => new { n.UserId, n.At });
        notice.HasIndex(n => n.UserId, "IX_Notices_Unread").HasFilter("\"ReadAt\" IS NULL");
    }
}
