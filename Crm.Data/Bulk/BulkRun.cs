using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Crm.Data.Bulk;

/// <summary>How a bulk run stands or ended.</summary>
public enum BulkState { Waiting, Running, Finished, Cancelled, Failed }

/// <summary>One change to many rows, done on the server bit by bit, so that it can be watched, stopped and undone.</summary>
[NotAudited]
public sealed class BulkRun : Entity, ILive
{
    public const int TitleLength = 200;

    /// <summary>What is done, by the name under which its worker is registered: "leads.assign".</summary>
    public required string Kind { get; init; }

    /// <summary>For people: "Assign 5,000 leads to Amina".</summary>
    public required string Title { get; init; }

    /// <summary>JSON: which rows, and what to do with them.</summary>
    public required string Request { get; init; }
    public required Guid StartedById { get; init; }
    public required DateTime StartedAt { get; init; }
    public DateTime? EndedAt { get; private set; }
    public BulkState State { get; private set; }
    public int Total { get; set; }

    /// <summary>Rows that were gone through, refused ones too.</summary>
    public int Done { get; set; }
    public int Refused { get; set; }

    /// <summary>JSON array of the first refused rows: name and reason.</summary>
    public string? Refusals { get; set; }

    /// <summary>Where to go on after a stop: the last row that was gone through.</summary>
    public Guid? Mark { get; set; }
    public bool StopAsked { get; set; }
    public string? Message { get; private set; }

    /// <summary>The node that works on it holds it until then; afterwards another may take it up.</summary>
    public DateTime? LeasedUntil { get; set; }
    public Guid? LeasedBy { get; set; }
    public ChangeTopic Topic => new(ChangeKinds.Bulk, Id);

    public void Begin() => State = BulkState.Running;

    public void End(BulkState state, string? message, DateTime now) => (State, Message, EndedAt, LeasedUntil, LeasedBy) = (state, message, now, null, null);
}

sealed class BulkRunConfiguration : IEntityTypeConfiguration<BulkRun>
{
    public void Configure(EntityTypeBuilder<BulkRun> run)
    {
        run.Property(r => r.Kind).HasMaxLength(40);
        run.Property(r => r.Title).HasMaxLength(BulkRun.TitleLength);
        run.Property(r => r.Message).HasMaxLength(500);
        run.HasIndex(r => new { r.State, r.StartedAt });
        run.HasIndex(r => new { r.StartedById, r.StartedAt });
    }
}
