using Crm.Data;
using Crm.Data.Outbox;
using Crm.Web.Platform.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Crm.Web.Platform.Outbox;

/// <summary>
/// Ends messages that have grown too old to be sent, also where nothing is sent at all, and takes their secrets away; forgets messages
/// that were sent, or given up, long ago, and their keys may then be posted anew.
/// </summary>
sealed class OutboxSweep(
    IDbContextFactory<CrmDbContext> contexts, OutboxLeases leases, IEnumerable<IOutboxChannel> channels, TimeProvider clock, IOptions<OutboxOptions> options) : IBackgroundJob
{
    private const int AtOnce = 500;

    public async Task<string> RunAsync(CancellationToken ct)
    {
        var ended = await EndOldAsync(ct);
        var gone = await RemoveAsync(ct);
        return $"{ended:N0} messages ended by their age, {gone:N0} old messages removed.";
    }

    private async Task<int> EndOldAsync(CancellationToken ct)
    {
        var (now, ended, after) = (clock.GetUtcNow().UtcDateTime, 0, Guid.Empty);
        await using var db = await contexts.CreateDbContextAsync(ct);
        while (true)
        {
            var rows = await db.OutboxMessages.AsNoTracking().Where(m => m.Id > after && m.State != OutboxState.Sent && m.Body != "" && (m.LeasedUntil == null || m.LeasedUntil <= now))
                .OrderBy(m => m.Id).Take(AtOnce).ToListAsync(ct);
            foreach (var row in rows)
                if (channels.FirstOrDefault(c => c.Name == row.Channel) is { } channel && await leases.ExpireAsync(row, channel, ct)) ended++;
            if (rows.Count < AtOnce) return ended;
            after = rows[^1].Id;
        }
    }

    private async Task<int> RemoveAsync(CancellationToken ct)
    {
        var before = clock.GetUtcNow().UtcDateTime.AddDays(-options.Value.KeepDays);
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var write = await db.BeginWriteAsync(ct);
        var gone = await db.OutboxMessages
            .Where(m => (m.State == OutboxState.Sent && m.SentAt < before) || (m.State == OutboxState.Dead && m.DueAt < before))
            .ExecuteDeleteAsync(ct);
        if (gone > 0) db.MarkChanged(ChangeKinds.Outbox);
        await write.CommitAsync(ct);
        return gone;
    }
}
