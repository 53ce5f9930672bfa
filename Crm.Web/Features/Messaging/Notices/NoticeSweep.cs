using Crm.Data;
using Crm.Web.Platform.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Messaging.Notices;

/// <summary>Forgets notices of long ago, so that a bell never grows without end.</summary>
sealed class NoticeSweep(IDbContextFactory<CrmDbContext> contexts, TimeProvider clock) : IBackgroundJob
{
    private const int KeepDays = 90;

    public async Task<string> RunAsync(CancellationToken ct)
    {
        var before = clock.GetUtcNow().UtcDateTime.AddDays(-KeepDays);
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var write = await db.BeginWriteAsync(ct);
        var gone = await db.Notices.Where(n => n.At < before).ExecuteDeleteAsync(ct);
        if (gone > 0) db.MarkChanged(ChangeKinds.Notice);
        await write.CommitAsync(ct);
        return $"{gone:N0} old notices removed.";
    }
}
