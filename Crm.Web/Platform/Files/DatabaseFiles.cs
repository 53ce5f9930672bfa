using System.Security.Cryptography;
using Crm.Data;
using Crm.Data.Files;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Platform.Files;

/// <summary>Keeps files as rows beside everything else.</summary>
sealed class DatabaseFiles(IDbContextFactory<CrmDbContext> contexts, TimeProvider clock) : IFileStore
{
    public Task<Result<StoredFile>> AddAsync(CrmDbContext db, NewFile file, string field, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        return Task.FromResult(Add(db, file, field));
    }

    public async Task<FileContent?> OpenAsync(Guid fileId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.FileBodies.AsNoTracking().Where(b => b.FileId == fileId)
            .Join(db.StoredFiles, b => b.FileId, f => f.Id, (b, f) => new FileContent(f.Name, f.ContentType, f.Hash, b.Content)).SingleOrDefaultAsync(ct);
    }

    public StoredFile AddOwn(CrmDbContext db, string name, byte[] content) => Keep(db, new GoodFile(name, "application/octet-stream", content));

    private Result<StoredFile> Add(CrmDbContext db, NewFile file, string field) =>
        FileCheck.Of(file, field).Failed(out var refusal, out var good) ? refusal : Keep(db, good);

    private StoredFile Keep(CrmDbContext db, GoodFile good)
    {
        var kept = new StoredFile
        {
            Name = good.Name,
            ContentType = good.ContentType,
            Bytes = good.Content.Length,
            Hash = Convert.ToHexStringLower(SHA256.HashData(good.Content)),
            UploadedById = db.Actor.UserId,
            CreatedAt = clock.GetUtcNow().UtcDateTime,
        };
        db.StoredFiles.Add(kept);
        db.FileBodies.Add(new FileBody { FileId = kept.Id, Content = good.Content });
        return kept;
    }
}
