using Crm.Data;
using Crm.Data.Accounts;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Accounts.Sessions;

/// <summary>Shows whoever is signed in where else they are, and signs them out there.</summary>
public sealed class SessionService(CurrentActor actor, IDbContextFactory<CrmDbContext> contexts, SessionRegister register, TimeProvider clock)
{
    /// <summary>More than these are not listed.</summary>
    private const int Most = 100;

    /// <summary>This one first, then those seen last.</summary>
    public async Task<Result<IReadOnlyList<SessionRow>>> ListAsync(CancellationToken ct)
    {
        if (actor.UserId is not { } userId) return new ForbiddenError();
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        return Result.Of<IReadOnlyList<SessionRow>>(await Rows(db, userId, actor.SessionId, now).ToListAsync(ct));
    }

    /// <summary>Signs out one of their own sessions; one that has ended already is no failure.</summary>
    public async Task<Result<Done>> EndAsync(Guid sessionId, CancellationToken ct)
    {
        if (actor.UserId is not { } userId) return new ForbiddenError();
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (!await db.Sessions.AnyAsync(s => s.Id == sessionId && s.UserId == userId, ct)) return new SessionNotFound();
        await register.EndAsync(db, sessionId, ct);
        await db.SaveChangesAsync(ct);
        return new Done();
    }

    /// <summary>Signs them out everywhere but here.</summary>
    /// <returns>How many sessions stood.</returns>
    public async Task<Result<int>> EndOthersAsync(CancellationToken ct)
    {
        if (actor.UserId is not { } userId) return new ForbiddenError();
        await using var db = await contexts.CreateDbContextAsync(ct);
        var ended = await register.EndAllAsync(db, userId, actor.SessionId, ct);
        db.Note<User>(userId, $"Signed out everywhere else ({ended})");
        await db.SaveChangesAsync(ct);
        return ended;
    }

    internal static IQueryable<SessionRow> Rows(CrmDbContext db, Guid userId, Guid? current, DateTime now) =>
        db.Sessions.AsNoTracking()
            .Where(s => s.UserId == userId && s.EndedAt == null && s.ExpiresAt > now)
            .OrderByDescending(s => s.Id == current).ThenByDescending(s => s.LastSeenAt).ThenByDescending(s => s.Id)
            .Take(Most)
            .Select(s => new SessionRow(s.Id, s.Kind, s.Device, s.Ip, s.StartedAt, s.LastSeenAt, s.Id == current));
}
