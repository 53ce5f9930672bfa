using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Crm.Data.Exchange;

/// <summary>How an import ended, or that it runs.</summary>
public enum ImportState { Running, Finished, Cancelled, Failed }

/// <summary>One reading of a file: what it was and what came of it.</summary>
[NotAudited]
public sealed class ImportRun : Entity, ILive
{
    /// <summary>Kind of file, for example "online-retail".</summary>
    public required string Kind { get; init; }
    public required string FileName { get; init; }

    /// <summary>SHA-256 of the file, lower-case hexadecimal: the same file again is recognised.</summary>
    public string? Hash { get; set; }
    public Guid? StartedById { get; init; }
    public required DateTime StartedAt { get; init; }
    public DateTime? EndedAt { get; private set; }
    public ImportState State { get; private set; }

    /// <summary>Lines of the whole file; 0 while it is being checked.</summary>
    public long LinesTotal { get; set; }
    public long LinesRead { get; set; }

    /// <summary>Lines that were left out, each with its reason in <see cref="RefusedCsv"/>.</summary>
    public long LinesRefused { get; set; }
    public long Customers { get; set; }
    public long Products { get; set; }
    public long Orders { get; set; }
    public long Returns { get; set; }
    public string? Message { get; private set; }

    /// <summary>JSON object: reason in words, number of lines left out for it.</summary>
    public string? Reasons { get; set; }

    /// <summary>The lines left out, as a gzipped CSV; in the database, so that every node can hand it out.</summary>
    public byte[]? RefusedCsv { get; set; }
    public ChangeTopic Topic => new(ChangeKinds.Import, Id);

    public void End(ImportState state, string? message, DateTime now) => (State, Message, EndedAt) = (state, message, now);
}

sealed class ImportRunConfiguration : IEntityTypeConfiguration<ImportRun>
{
    public void Configure(EntityTypeBuilder<ImportRun> run)
    {
        run.Ignore(r => r.Topic);
        run.Property(r => r.Kind).HasMaxLength(40);
        run.Property(r => r.FileName).HasMaxLength(255);
        run.Property(r => r.Hash).HasMaxLength(64);
        run.Property(r => r.Message).HasMaxLength(500);
        run.Property(r => r.Reasons).HasMaxLength(2000);
        run.HasIndex(r => new { r.Kind, r.StartedAt });
    }
}
