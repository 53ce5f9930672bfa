using Crm.Data;
using Crm.Data.Files;
using Crm.Web.Platform.Results;

namespace Crm.Web.Platform.Files;

/// <summary>A file as somebody chose it: nothing is known of it but what the sender says.</summary>
public sealed record NewFile(string Name, byte[] Content);

/// <summary>A kept file, without its bytes.</summary>
/// <param name="ContentType">By content.</param>
public sealed record FileLine(Guid Id, string Name, string ContentType, int Bytes)
{
    public bool IsPicture => FileTypes.IsPicture(ContentType);
    public bool IsPdf => ContentType == FileTypes.Pdf;
}

/// <summary>A kept file with its bytes.</summary>
/// <param name="Hash">SHA-256 of the bytes.</param>
public sealed record FileContent(string Name, string ContentType, string Hash, byte[] Bytes);

/// <summary>
/// Where uploads are kept: rows of the database, so that one backup holds everything (docs/decisions/0029-uploads-are-rows.md); a
/// folder or an object store may take its place.
/// </summary>
public interface IFileStore
{
    /// <summary>Checks a file by its content and adds it to the caller's context, which saves it with whatever points to it.</summary>
    /// <param name="field">Where a refusal is shown.</param>
    /// <returns>The file, or why it is not taken.</returns>
    Task<Result<StoredFile>> AddAsync(CrmDbContext db, NewFile file, string field, CancellationToken ct);

    /// <summary>Adds what the product itself made, which nobody opens as a file: there is nothing to check. The caller saves it.</summary>
    StoredFile AddOwn(CrmDbContext db, string name, byte[] content);

    /// <summary>The bytes, or null; it asks nobody for a right.</summary>
    Task<FileContent?> OpenAsync(Guid fileId, CancellationToken ct);
}

/// <summary>A room that has files: it says who sees them, and which are still needed.</summary>
public interface IFileOwner
{
    /// <summary>Whether whoever acts sees a record that holds this file.</summary>
    Task<bool> MaySeeAsync(Guid fileId, CancellationToken ct);

    /// <summary>The files that rows of the room point to.</summary>
    IQueryable<Guid> Held(CrmDbContext db);

    /// <summary>The files that a row pointed to until after that time: taking the deletion back needs them.</summary>
    Task<IReadOnlyCollection<Guid>> LetGoSinceAsync(CrmDbContext db, DateTime since, CancellationToken ct);
}
