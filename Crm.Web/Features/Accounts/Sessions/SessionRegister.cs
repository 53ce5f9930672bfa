using Crm.Data;
using Crm.Data.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Crm.Web.Features.Accounts.Sessions;

/// <summary>
/// Begins and ends sessions in the unit of work of whoever signs somebody in or out; the rows are saved with it, and every cookie,
/// circuit and token of an ended session is refused from that commit on.
/// </summary>
public sealed class SessionRegister(SessionSightings sightings, IOptions<AccountsOptions> options, TimeProvider clock)
{
    /// <summary>A new session of somebody who has proved who they are; also notes the sign-in in their account.</summary>
    /// <param name="db">In a write of its own, which the caller saves and commits.</param>
    /// <param name="lasts">Null for the hours that a browser stays signed in.</param>
    /// <returns>Null when the account was switched off, got another password, or began to rest from wrong ones, since they proved it.</returns>
    public async Task<Session?> BeginAsync(CrmDbContext db, Proved who, SessionKind kind, SessionOrigin origin, TimeSpan? lasts, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var (userId, stamp, byPassword) = (who.UserId, who.Stamp, who.Account is not null);
        DateTimeOffset awake = now;
        // Also locks the account's row: a reset at the same moment comes before this, which then refuses, or after, and ends the session.
        if (await db.Users.Where(u => u.Id == userId && (stamp == null || (u.IsActive && u.SecurityStamp == stamp)) && (!byPassword || u.LockoutEnd == null || u.LockoutEnd <= awake))
            .ExecuteUpdateAsync(set => set.SetProperty(u => u.LastSignInAt, now), ct) == 0) return null;
        var session = new Session
        {
            UserId = userId,
            Kind = kind,
            StartedAt = now,
            LastSeenAt = now,
            ExpiresAt = now + (lasts ?? TimeSpan.FromHours(options.Value.SessionHours)),
            Device = origin.Device,
            Ip = origin.Ip,
        };
        db.Sessions.Add(session);
        sightings.Keep(session.Id, now);
        return session;
    }

    /// <summary>Ends one session, if it still stands.</summary>
    public Task EndAsync(CrmDbContext db, Guid sessionId, CancellationToken ct) => EndAsync(db.Sessions.Where(s => s.Id == sessionId), ct);

    /// <summary>Ends every session of an account, in browsers and of the API.</summary>
    /// <param name="except">The one to go on, if any.</param>
    /// <returns>How many stood.</returns>
    public async Task<int> EndAllAsync(CrmDbContext db, Guid userId, Guid? except, CancellationToken ct)
    {
        // A sign-in at the same moment has been committed and is seen here, or it waits and finds another stamp.
        await AccountWrite.LockAsync(db, userId, ct);
        return await EndAsync(db.Sessions.Where(s => s.UserId == userId && s.Id != except), ct);
    }

    // Loaded rather than updated in place, so that the save tells open screens whose session it was.
    private async Task<int> EndAsync(IQueryable<Session> sessions, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var standing = await sessions.Where(s => s.EndedAt == null && s.ExpiresAt > now).ToListAsync(ct);
        foreach (var session in standing) session.End(now);
        return standing.Count;
    }
}
