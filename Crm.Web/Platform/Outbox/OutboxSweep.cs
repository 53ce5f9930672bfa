using Crm.Data;
using Crm.Data.Outbox;
using Crm.Web.Platform.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Crm.Web.Platform.Outbox;

/// <summary>Forgets messages that were sent, or given up, long ago; their keys may then be posted anew.</summary>
sealed class OutboxSweep(IDbContextFactory<CrmDbContext> contexts, TimeProvider clock, IOptions<OutboxOptions> options) : IBackgroundJob
{
    public async Task<string> RunAsync(CancellationToken ct)
    {
        var before = clock.GetUtcNow().UtcDateTime.AddDays(-options.Value.KeepDays);
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var write = await db.BeginWriteAsync(ct);
        var gone = await db.OutboxMessages
            .Where(m => (m.State == OutboxState.Sent && m.SentAt < before) || (m.State == OutboxState.Dead && m.DueAt < before))
            .ExecuteDeleteAsync(ct);
        if (gone > 0) db.MarkChanged(ChangeKinds.Outbox);
        await write.CommitAsync(ct);
        return $"{gone:N0} old messages removed.";
    }
}
