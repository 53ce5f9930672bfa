using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Crm.Data.Outbox;

/// <summary>Where a message stands; a dead one was tried as often as it may be and waits for a person.</summary>
public enum OutboxState { Waiting, Sent, Dead }

/// <summary>
/// Something to be told to the outside (mail, SMS, a webhook), written in the transaction of what it tells of and sent after its
/// commit: at least once, and with the same <see cref="Key"/> each time, so that whoever receives it can tell a repeat.
/// </summary>
[NotAudited]
public sealed class OutboxMessage : Entity, ILive
{
    public const int ErrorLength = 1000;

    /// <summary>Which channel sends it, for example "mail".</summary>
    public required string Channel { get; init; }

    /// <summary>Unique: what is posted twice under one key is sent once.</summary>
    public required string Key { get; init; }

    /// <summary>JSON, as the channel reads it; emptied when it was sent, since it may hold a secret link.</summary>
    public required string Body { get; set; }

    public OutboxState State { get; set; }
    public required DateTime CreatedAt { get; init; }

    /// <summary>Not to be tried before.</summary>
    public required DateTime DueAt { get; set; }

    /// <summary>Tries so far, the one under way among them.</summary>
    public int Attempts { get; set; }

    /// <summary>Until then one node has it in hand; afterwards any may take it.</summary>
    public DateTime? LeasedUntil { get; set; }
    public string? LeasedBy { get; set; }
    public DateTime? SentAt { get; set; }
    public string? LastError { get; set; }
    public ChangeTopic Topic => new(ChangeKinds.Outbox, Id);
}

sealed class OutboxMessageConfiguration : IEntityTypeConfiguration<OutboxMessage>
{
    public void Configure(EntityTypeBuilder<OutboxMessage> message)
    {
        message.Ignore(m => m.Topic);
        message.ToTable("OutboxMessages");
        message.Property(m => m.Channel).HasMaxLength(40);
        message.Property(m => m.Key).HasMaxLength(200);
        message.Property(m => m.LeasedBy).HasMaxLength(100);
        message.Property(m => m.LastError).HasMaxLength(OutboxMessage.ErrorLength);
        message.HasIndex(m => m.Key).IsUnique();
        message.HasIndex(m => new { m.State, m.DueAt });
    }
}
