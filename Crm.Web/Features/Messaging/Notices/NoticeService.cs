using Crm.Data;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Messaging.Notices;

/// <summary>There is no such notice of whoever asks.</summary>
public sealed record NoticeNotFound() : NotFoundError("This notice is gone.");

/// <summary>Marks one's own notices as read; another's are as good as none.</summary>
public sealed class NoticeService(IDbContextFactory<CrmDbContext> contexts, CurrentActor actor, TimeProvider clock)
{
    /// <summary>One was opened.</summary>
    /// <returns>Done, or <see cref="NoticeNotFound"/>.</returns>
    public async Task<Result<Done>> MarkReadAsync(Guid noticeId, CancellationToken ct)
    {
        if (actor.UnlessStaff() is { } refusal) return refusal;
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await db.Notices.SingleOrDefaultAsync(n => n.Id == noticeId && n.UserId == actor.UserId, ct) is not { } notice) return new NoticeNotFound();
        notice.ReadAt ??= clock.GetUtcNow().UtcDateTime;
        await db.SaveChangesAsync(ct);
        return default(Done);
    }

    /// <summary>All of them were seen.</summary>
    public async Task<Result<Done>> MarkAllReadAsync(CancellationToken ct)
    {
        if (actor.UnlessStaff() is { } refusal) return refusal;
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var write = await db.BeginWriteAsync(ct);
        var (me, now) = (actor.UserId!.Value, clock.GetUtcNow().UtcDateTime);
        if (await db.Notices.Where(n => n.UserId == me && n.ReadAt == null).ExecuteUpdateAsync(set => set.SetProperty(n => n.ReadAt, now), ct) > 0)
            db.MarkChanged(ChangeKinds.Notice, me);
        await write.CommitAsync(ct);
        return default(Done);
    }
}
