using Crm.Data;
using Crm.Data.Accounts;
using Crm.Web.Platform.Access;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Accounts.Sessions;

/// <summary>Somebody who has proved who they are: by a password, a passkey, a link, or by the session that they act in.</summary>
/// <param name="Stamp">
/// The account's security stamp when they did: what is under way while the password is replaced, or the account signed out everywhere,
/// comes too late. Null for whichever the account has now.
/// </param>
/// <param name="SessionId">The session that was the proof.</param>
public sealed record Proved(Guid UserId, string? Stamp = null, Guid? SessionId = null)
{
    /// <summary>As it was read for a password that was right; then it must not have begun to rest since.</summary>
    public SignInAccount? Account { get; init; }

    /// <summary>Whoever is signed in, by the session that the request or circuit began with; null for nobody.</summary>
    public static Proved? By(CurrentActor actor) => actor.UserId is { } userId ? new(userId, actor.Stamp, actor.SessionId) : null;

    /// <summary>
    /// The account, unless it was switched off, got another stamp, or the session ended since they proved it. Its row stays locked: another
    /// password comes before this act, which then is refused, or after it, and sees what it left.
    /// </summary>
    /// <param name="db">In a write of the caller's.</param>
    public async Task<User?> FindAsync(CrmDbContext db, CancellationToken ct)
    {
        await AccountWrite.LockAsync(db, UserId, ct);
        return await db.Users.SingleOrDefaultAsync(u => u.Id == UserId && u.IsActive && (Stamp == null || u.SecurityStamp == Stamp)
            && (SessionId == null || db.Sessions.Any(s => s.Id == SessionId && s.EndedAt == null)), ct);
    }
}
