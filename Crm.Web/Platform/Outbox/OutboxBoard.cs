using Crm.Data;
using Crm.Data.Outbox;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Platform.Outbox;

/// <summary>The outbox as the owner sees it: what waits, what was given up and why, and trying again. The owner alone.</summary>
public sealed class OutboxBoard(IDbContextFactory<CrmDbContext> contexts, IEnumerable<IOutboxChannel> channels, CurrentActor actor, TimeProvider clock)
{
    /// <summary>As many troubled messages are shown at once; there is more to do than to read beyond it.</summary>
    public const int Shown = 50;

    /// <summary>Counts, and the messages in trouble: given up first, then those that failed and are tried again, newest first.</summary>
    public async Task<Result<OutboxView>> ViewAsync(CancellationToken ct)
    {
        if (actor.UnlessOwner() is { } refusal) return refusal;
        var now = clock.GetUtcNow().UtcDateTime;
        var dayAgo = now.AddDays(-1);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var counts = await db.OutboxMessages.AsNoTracking().Where(m => m.State != OutboxState.Sent)
            .GroupBy(m => new { m.Channel, m.State }).Select(g => new { g.Key.Channel, g.Key.State, Count = g.Count() }).ToListAsync(ct);
        var sent = await db.OutboxMessages.AsNoTracking().CountAsync(m => m.State == OutboxState.Sent && m.SentAt >= dayAgo, ct);
        var troubled = await Troubled(db).Take(Shown).ToListAsync(ct);

        var waiting = counts.Where(c => c.State == OutboxState.Waiting).ToList();
        var held = channels.Where(c => c.WhyNotReady is not null).Select(c => new HeldChannel(c.Name, c.WhyNotReady!, waiting.Where(w => w.Channel == c.Name).Sum(w => w.Count)));
        return new OutboxView(waiting.Sum(c => c.Count), counts.Where(c => c.State == OutboxState.Dead).Sum(c => c.Count), sent, [.. held], [.. troubled.Select(Row)]);
    }

    /// <summary>Has one message sent again as soon as may be, with all its tries before it.</summary>
    /// <returns>Done, or <see cref="MessageNotWaiting"/> when it was sent or swept meanwhile.</returns>
    public async Task<Result<Done>> TryAgainAsync(Guid messageId, CancellationToken ct)
    {
        if (actor.UnlessOwner() is { } refusal) return refusal;
        return await ReviveAsync(m => m.Where(x => x.Id == messageId && x.State != OutboxState.Sent && x.LeasedBy == null), ct) == 0 ? new MessageNotWaiting() : default(Done);
    }

    /// <summary>Has every message that was given up sent again.</summary>
    /// <returns>How many there were.</returns>
    public async Task<Result<int>> TryAllAgainAsync(CancellationToken ct)
    {
        if (actor.UnlessOwner() is { } refusal) return refusal;
        return await ReviveAsync(m => m.Where(x => x.State == OutboxState.Dead), ct);
    }

    internal static IQueryable<OutboxMessage> Troubled(CrmDbContext db) =>
        db.OutboxMessages.AsNoTracking().Where(m => m.State == OutboxState.Dead || (m.State == OutboxState.Waiting && m.LastError != null))
            .OrderBy(m => m.State == OutboxState.Dead ? 0 : 1).ThenByDescending(m => m.Id);

    private async Task<int> ReviveAsync(Func<IQueryable<OutboxMessage>, IQueryable<OutboxMessage>> which, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var write = await db.BeginWriteAsync(ct);
        var revived = await which(db.OutboxMessages).ExecuteUpdateAsync(
            set => set.SetProperty(m => m.State, OutboxState.Waiting).SetProperty(m => m.DueAt, now).SetProperty(m => m.Attempts, 0).SetProperty(m => m.LastError, (string?)null), ct);
        if (revived > 0) db.MarkChanged(ChangeKinds.Outbox);
        await write.CommitAsync(ct);
        return revived;
    }

    private TroubledMessage Row(OutboxMessage m)
    {
        var what = channels.FirstOrDefault(c => c.Name == m.Channel)?.Describe(OutboxDelivery.Of(m)) ?? m.Key;
        return new TroubledMessage(m.Id, m.Channel, what, m.State == OutboxState.Dead, m.Attempts, m.CreatedAt, m.DueAt, m.LastError ?? "");
    }
}

/// <summary>The outbox at one moment.</summary>
/// <param name="SentLately">In the last 24 hours.</param>
public sealed record OutboxView(int Waiting, int Dead, int SentLately, IReadOnlyList<HeldChannel> Held, IReadOnlyList<TroubledMessage> Troubled);

/// <summary>A channel that sends nothing for now, and why.</summary>
public sealed record HeldChannel(string Name, string Reason, int Waiting);

/// <summary>A message that failed; instants are UTC.</summary>
/// <param name="What">In words, without what it says.</param>
/// <param name="DueAt">The next try of one that is not dead.</param>
public sealed record TroubledMessage(Guid Id, string Channel, string What, bool IsDead, int Attempts, DateTime PostedAt, DateTime DueAt, string Error);

/// <summary>The message has been sent, is being sent, or is gone.</summary>
public sealed record MessageNotWaiting() : ConflictError("This message is being sent or has been sent meanwhile.");
