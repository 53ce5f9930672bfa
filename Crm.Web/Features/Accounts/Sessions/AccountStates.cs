using System.Security.Claims;
using Crm.Data;
using Crm.Data.Accounts;
using Crm.Data.Storage;
using Crm.Web.Platform.Live;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Accounts.Sessions;

/// <summary>
/// Tells every request whether its account still stands, without a query each time: kept in memory, forgotten on any change of
/// users on any node, asked of the database while this node may miss such news (<see cref="Hearing"/>), and never older than <see cref="MostAge"/>.
/// </summary>
public sealed class AccountStates : IDisposable
{
    public static readonly TimeSpan MostAge = TimeSpan.FromSeconds(30);

    private const int MostKept = 20_000;

    /// <summary>The newest of an account that are kept; an older one is looked up by itself.</summary>
    private const int MostSessions = 100;

    private readonly LiveMemory<AccountState> memory;
    private readonly CrmDatabase database;
    private readonly IDisposable subscription;

    public AccountStates(CrmDatabase database, ChangeFeed feed, Hearing hearing)
    {
        this.database = database;
        memory = new(hearing, database.Clock, MostAge, MostKept);
        subscription = feed.Remember([ChangeKinds.User], topics =>
        {
            foreach (var topic in topics) Forget(topic.Id);
        });
    }

    /// <summary>From memory where it is fresh enough; null for an account that is gone.</summary>
    public Task<AccountState?> RecallAsync(Guid userId, CancellationToken ct) => memory.RecallAsync(userId, token => ReadAsync(userId, token), ct);

    /// <summary>
    /// The account of a session. Memory alone never refuses: it may not have heard yet of a session that another node has just begun.
    /// </summary>
    /// <param name="stands">Whether session and account agree.</param>
    public Task<AccountState?> RecallAsync(Guid userId, Guid sessionId, Func<AccountState?, bool> stands, CancellationToken ct) =>
        memory.Recall(userId) is { } known && stands(known) ? Task.FromResult<AccountState?>(known) : memory.RenewAsync(userId, token => ReadAsync(userId, sessionId, token), ct);

    /// <summary>The account that a browser's session claims to be of.</summary>
    public async Task<AccountState?> RecallAsync(ClaimsPrincipal session, CancellationToken ct) =>
        SessionClaims.UserId(session) is { } userId && SessionClaims.SessionId(session) is { } sessionId
            ? await RecallAsync(userId, sessionId, state => SessionClaims.Stands(session, state), ct) : null;

    /// <summary>From the database.</summary>
    public Task<AccountState?> ReadAsync(Guid userId, CancellationToken ct) => ReadAsync(userId, null, ct);

    /// <summary>From the database, with this session among those that stand if it does.</summary>
    public async Task<AccountState?> ReadAsync(Guid userId, Guid? sessionId, CancellationToken ct)
    {
        var now = database.Clock.GetUtcNow().UtcDateTime;
        await using var db = database.Open(Actor.System("session check"));
        var user = await db.Users.Where(u => u.Id == userId).WithRoles(db)
            .Select(h => new { h.User.UserName, h.User.Email, h.User.FirstName, h.User.LastName, h.User.IsActive, h.User.SecurityStamp, h.Roles })
            .SingleOrDefaultAsync(ct);
        if (user is null) return null;

        var standing = db.Sessions.Where(s => s.UserId == userId && s.EndedAt == null && s.ExpiresAt > now).Select(s => s.Id);
        var sessions = await standing.OrderByDescending(id => id).Take(MostSessions).ToListAsync(ct);
        if (sessionId is { } asked && sessions.Count == MostSessions && !sessions.Contains(asked) && await standing.ContainsAsync(asked, ct)) sessions.Add(asked);
        return new AccountState(userId, user.UserName ?? "", user.Email ?? "", User.NameOf(user.FirstName, user.LastName, user.UserName),
            user.IsActive, user.SecurityStamp ?? "", [.. user.Roles.Order(StringComparer.Ordinal)], sessions.ToHashSet());
    }

    /// <summary>Looks again the next time; every commit does it before it is answered. An empty id forgets all.</summary>
    public void Forget(Guid userId) => memory.Forget(userId);

    public void Dispose() => subscription.Dispose();
}
