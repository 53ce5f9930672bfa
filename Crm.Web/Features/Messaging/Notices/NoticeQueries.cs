using Crm.Data;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Messaging.Notices;

/// <summary>A line under one's bell.</summary>
/// <param name="At">UTC.</param>
public sealed record NoticeLine(Guid Id, string Kind, string Text, string Link, DateTime At, bool IsRead);

/// <summary>The newest lines, and how many of all are not read yet.</summary>
public sealed record NoticeList(IReadOnlyList<NoticeLine> Lines, int Unread, bool HasMore);

/// <summary>Reads one's own notices; staff alone have a bell.</summary>
public sealed class NoticeQueries(IDbContextFactory<CrmDbContext> contexts, CurrentActor actor)
{
    /// <summary>A count beyond this is shown as "99+".</summary>
    public const int MostCounted = 100;

    private const int MostRows = 100;

    /// <summary>The newest, and the count.</summary>
    public async Task<Result<NoticeList>> NewestAsync(int count, CancellationToken ct)
    {
        if (actor.UnlessStaff() is { } refusal) return refusal;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var size = Math.Clamp(count, 1, MostRows);
        var rows = await db.Notices.AsNoTracking().Where(n => n.UserId == actor.UserId).OrderByDescending(n => n.At).ThenByDescending(n => n.Id)
            .Select(n => new NoticeLine(n.Id, n.Kind, n.Text, n.Link, n.At, n.ReadAt != null)).Take(size + 1).ToListAsync(ct);
        return new NoticeList(rows.Count > size ? rows[..size] : rows, await UnreadAsync(db, ct), rows.Count > size);
    }

    /// <summary>How many are not read, at most <see cref="MostCounted"/>.</summary>
    public async Task<Result<int>> UnreadAsync(CancellationToken ct)
    {
        if (actor.UnlessStaff() is { } refusal) return refusal;
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await UnreadAsync(db, ct);
    }

    private Task<int> UnreadAsync(CrmDbContext db, CancellationToken ct) =>
        db.Notices.Where(n => n.UserId == actor.UserId && n.ReadAt == null).Take(MostCounted).CountAsync(ct);
}
