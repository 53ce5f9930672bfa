using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Crm.Data.Files;

/// <summary>A file that somebody uploaded, checked by content; its bytes lie beside it, so that lists never read them.</summary>
public sealed class StoredFile : Entity
{
    public const int NameLength = 255;

    /// <summary>The largest file that is kept, in bytes.</summary>
    public const int MaxBytes = 10 * 1024 * 1024;

    public required string Name { get; init; }

    /// <summary>By content, never by what the sender said.</summary>
    public required string ContentType { get; init; }
    public required int Bytes { get; init; }

    /// <summary>SHA-256, lower-case hexadecimal.</summary>
    public required string Hash { get; init; }
    public Guid? UploadedById { get; init; }
    public required DateTime CreatedAt { get; init; }
}

/// <summary>The bytes of a <see cref="StoredFile"/>.</summary>
[NotAudited]
public sealed class FileBody
{
    public required Guid FileId { get; init; }
    public required byte[] Content { get; init; }
}

sealed class StoredFileConfiguration : IEntityTypeConfiguration<StoredFile>
{
    public void Configure(EntityTypeBuilder<StoredFile> file)
    {
        file.Property(f => f.Name).HasMaxLength(StoredFile.NameLength);
        file.Property(f => f.ContentType).HasMaxLength(100);
        file.Property(f => f.Hash).HasMaxLength(64);
        file.HasIndex(f => f.CreatedAt);
    }
}

sealed class FileBodyConfiguration : IEntityTypeConfiguration<FileBody>
{
    public void Configure(EntityTypeBuilder<FileBody> body)
    {
        body.ToTable("FileBodies");
        body.HasKey(b => b.FileId);
        body.HasOne<StoredFile>().WithOne().HasForeignKey<FileBody>(b => b.FileId).OnDelete(DeleteBehavior.Cascade);
    }
}
