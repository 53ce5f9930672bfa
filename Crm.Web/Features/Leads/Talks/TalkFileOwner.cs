using System.Text.Json;
using Crm.Data;
using Crm.Data.Audit;
using Crm.Data.Leads;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Files;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Leads.Talks;

/// <summary>Files of talks are seen by whoever works here and sees the lead.</summary>
sealed class TalkFileOwner(IDbContextFactory<CrmDbContext> contexts, CurrentActor actor) : IFileOwner
{
    public async Task<bool> MaySeeAsync(Guid fileId, CancellationToken ct)
    {
        if (!actor.IsStaff) return false;
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Leads.SeenBy(actor).AnyAsync(l => db.CorrespondenceFiles.Any(f => f.FileId == fileId && f.LeadId == l.Id), ct);
    }

    public IQueryable<Guid> Held(CrmDbContext db) => db.CorrespondenceFiles.Select(f => f.FileId);

    public async Task<IReadOnlyCollection<Guid>> LetGoSinceAsync(CrmDbContext db, DateTime since, CancellationToken ct)
    {
        var rows = await db.AuditEntries.AsNoTracking()
            .Where(a => a.EntityType == nameof(CorrespondenceFile) && a.Action == AuditAction.Deleted && a.At >= since).Select(a => a.Before).ToListAsync(ct);
        return [.. rows.OfType<string>().Select(FileOf).OfType<Guid>()];
    }

    private static Guid? FileOf(string before)
    {
        using var json = JsonDocument.Parse(before);
        return json.RootElement.TryGetProperty(nameof(CorrespondenceFile.FileId), out var id) && id.TryGetGuid(out var file) ? file : null;
    }
}
