using Crm.Data;
using Crm.Web.Platform.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Platform.Files;

/// <summary>Removes files that no row has pointed to for so long that no deletion which needs them can be taken back.</summary>
sealed class FileSweep(IDbContextFactory<CrmDbContext> contexts, TimeProvider clock, IEnumerable<IFileOwner> owners) : IBackgroundJob
{
    /// <summary>A day more than deletions can be taken back.</summary>
    public const int KeepDays = 31;

    private const int Batch = 200;

    public async Task<string> RunAsync(CancellationToken ct)
    {
        var border = clock.GetUtcNow().UtcDateTime.AddDays(-KeepDays);
        var removed = 0;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var lately = new HashSet<Guid>();
        foreach (var owner in owners) lately.UnionWith(await owner.LetGoSinceAsync(db, border, ct));
        for (Guid? after = null; ;)
        {
            var idle = db.StoredFiles.Where(f => f.CreatedAt < border && (after == null || f.Id > after));
            foreach (var owner in owners)
            {
                var held = owner.Held(db);
                idle = idle.Where(f => !held.Contains(f.Id));
            }
            var found = await idle.OrderBy(f => f.Id).Take(Batch).ToListAsync(ct);
            if (found.Count == 0) return $"{removed:N0} unused files removed.";
            after = found[^1].Id;
            var gone = found.Where(f => !lately.Contains(f.Id)).ToList();
            db.StoredFiles.RemoveRange(gone); // their bytes go with them
            await db.SaveChangesAsync(ct);
            removed += gone.Count;
            db.ChangeTracker.Clear();
        }
    }
}
