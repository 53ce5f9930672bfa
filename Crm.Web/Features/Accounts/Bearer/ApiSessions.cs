using Crm.Data;
using Crm.Data.Accounts;
using Crm.Web.Features.Accounts.Api;
using Crm.Web.Features.Accounts.Sessions;
using Crm.Web.Features.Accounts.Tokens;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Accounts.Bearer;

/// <summary>What a program signs in with.</summary>
public sealed record TokenPair(string Refresh, string Access);

/// <summary>A token that is none, is over, was used, or whose session or account no longer stands; which of these is not told.</summary>
public sealed record ApiTokenRefused() : Error("Token is invalid or expired");

/// <summary>
/// The sessions of programs: each begins with a sign-in and lives on from refresh token to refresh token. One that comes a second
/// time ends the session, at once and without grace (docs/decisions/0021-tokens-of-the-api.md).
/// </summary>
sealed partial class ApiSessions(
    IDbContextFactory<CrmDbContext> contexts, SessionRegister register, AccountStates accounts, DeviceNews news, TokenDesk desk, CurrentActor actor, TimeProvider clock, ILogger<ApiSessions> logger)
{
    /// <summary>Begins a session of somebody who has proved who they are.</summary>
    /// <returns>Null when the account was switched off, got another password, or began to rest, since they proved it.</returns>
    public async Task<ApiArrival?> BeginAsync(Proved who, SessionOrigin origin, CancellationToken ct)
    {
        var id = SecretToken.New();
        if ((await StoreAsync(who, id, origin, ct)).Failed(out _, out var begun)) return null;
        return new ApiArrival(await PairAsync(begun.Account, begun.Session.Id, id, ct), begun.Account.Facts with { LastSignInAt = begun.Session.StartedAt });
    }

    /// <summary>Exchanges a refresh token for a new pair; it is good for that once.</summary>
    /// <returns>The pair, or <see cref="ApiTokenRefused"/>; a token that was used before has then ended its session.</returns>
    public async Task<Result<TokenPair>> RefreshAsync(string refresh, CancellationToken ct)
    {
        if (await desk.ReadAsync(refresh, TokenKinds.Refresh, ct) is not { } facts) return new ApiTokenRefused();
        var account = await accounts.ReadAsync(facts.UserId, ct);
        var stands = account is { IsActive: true } && TokenDesk.ProofOf(account) == facts.Proof;
        var next = SecretToken.New();
        return await ExchangeAsync(facts, next, stands, ct) ? await PairAsync(account!, facts.SessionId, next, ct) : new ApiTokenRefused();
    }

    /// <summary>Ends the session of a refresh token of whoever is signed in.</summary>
    /// <returns>Done, or <see cref="ApiTokenRefused"/> for a token that is none, is over, or is somebody else's.</returns>
    public async Task<Result<Done>> EndAsync(string refresh, CancellationToken ct)
    {
        if (await desk.ReadAsync(refresh, TokenKinds.Refresh, ct) is not { } facts || facts.UserId != actor.UserId) return new ApiTokenRefused();
        await EndAsync(facts.SessionId, ct);
        return new Done();
    }

    /// <summary>Ends one session.</summary>
    public async Task EndAsync(Guid sessionId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await register.EndAsync(db, sessionId, ct);
        await db.SaveChangesAsync(ct);
    }

    /// <summary>
    /// One transaction: of any number of exchanges of one token at the same moment, the database lets one mark it as used; every other
    /// ends the session, which the winner's new token belongs to as well.
    /// </summary>
    private async Task<bool> ExchangeAsync(TokenFacts facts, string next, bool stands, CancellationToken ct)
    {
        var (now, hash) = (clock.GetUtcNow().UtcDateTime, SecretToken.HashOf(facts.Id));
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var write = await db.BeginWriteAsync(ct);
        var first = await db.RefreshTokens.Where(t => t.Hash == hash && t.SessionId == facts.SessionId && t.UsedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(t => t.UsedAt, now), ct) == 1;
        var exchanged = first && stands && await db.Sessions
            .Where(s => s.Id == facts.SessionId && s.UserId == facts.UserId && s.EndedAt == null && s.ExpiresAt > now)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.LastSeenAt, now).SetProperty(s => s.ExpiresAt, now + desk.RefreshLife), ct) == 1;
        if (exchanged)
        {
            await db.RefreshTokens.Where(t => t.SessionId == facts.SessionId && t.ExpiresAt <= now).ExecuteDeleteAsync(ct);
            db.RefreshTokens.Add(Token(facts.SessionId, next, now));
        }
        else if (await db.Sessions.SingleOrDefaultAsync(s => s.Id == facts.SessionId && s.EndedAt == null, ct) is { } session)
        {
            session.End(now);
            if (!first) LogUsedTwice(session.Id, session.UserId);
        }
        await db.SaveChangesAsync(ct);
        await write.CommitAsync(ct);
        return exchanged;
    }

    private Task<Result<(SignInAccount Account, Session Session)>> StoreAsync(Proved who, string id, SessionOrigin origin, CancellationToken ct) =>
        AccountWrite.RunAsync<(SignInAccount Account, Session Session)>(contexts, async db =>
        {
            var account = who.Account ?? await SignInAccounts.ReadAsync(db, who.UserId, ct);
            if (account is null || await register.BeginAsync(db, who, SessionKind.Api, origin, desk.RefreshLife, ct) is not { } session) return new ApiTokenRefused();
            db.RefreshTokens.Add(Token(session.Id, id, clock.GetUtcNow().UtcDateTime));
            await NoteAsync(db, who, account, session, origin, ct);
            return (account, session);
        }, ct);

    // Who just registered, or changed the password, did so here: that is told otherwise.
    private async Task NoteAsync(CrmDbContext db, Proved who, SignInAccount account, Session session, SessionOrigin origin, CancellationToken ct)
    {
        if (origin.Program is not { } program) return;
        if (who.Stamp is null) await news.IsKnownAsync(db, account.Id, program, ct);
        else await news.NoteAsync(db, account, session, program, ct);
    }

    private async Task<TokenPair> PairAsync(AccountFace account, Guid sessionId, string refreshId, CancellationToken ct) => new(
        await desk.WriteRefreshAsync(refreshId, account, sessionId, ct), await desk.WriteAccessAsync(account, sessionId, ct));

    private RefreshToken Token(Guid sessionId, string id, DateTime now) =>
        new() { SessionId = sessionId, Hash = SecretToken.HashOf(id), ExpiresAt = now + desk.RefreshLife };

    [LoggerMessage(LogLevel.Warning, "A refresh token came a second time: ended the session {SessionId} of {UserId}")]
    private partial void LogUsedTwice(Guid sessionId, Guid userId);
}
