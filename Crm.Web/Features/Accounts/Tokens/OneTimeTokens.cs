using Crm.Data;
using Crm.Data.Accounts;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Crm.Web.Features.Accounts.Tokens;

/// <summary>A token on its way to somebody's address.</summary>
/// <param name="Secret">For the link alone: it is stored nowhere else.</param>
public sealed record IssuedToken(Guid Id, string Secret, TimeSpan Life);

/// <summary>What a token proves: that its holder reads this address.</summary>
public sealed record TokenProof(Guid Id, Guid UserId, string Email)
{
    /// <summary>Whether this is the address that the account has now: a link that went to another one opens nothing.</summary>
    public bool IsOf(string? email) => string.Equals(Email, email, StringComparison.OrdinalIgnoreCase);
}

/// <summary>
/// Issues and takes the secrets behind links in mails: random, stored hashed, for one purpose, good once and for a while. Works in the
/// context of the caller, who saves it.
/// </summary>
public sealed class OneTimeTokens(IOptions<MailedLinkOptions> options, TimeProvider clock)
{
    private const int LongestSecret = 200;

    // As many as one account is sent in an hour: whoever asks for links in somebody's name does not spoil the one they are about to use.
    private const int ResetsAtOnce = 10;

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>A new token; earlier ones of the same account and purpose are out of use, but for the latest to choose a password.</summary>
    /// <param name="email">Where it is sent, and what using it proves.</param>
    public async Task<IssuedToken> IssueAsync(CrmDbContext db, Guid userId, TokenPurpose purpose, string email, CancellationToken ct)
    {
        await EndAsync(Superseded(db, userId, purpose), ct);
        var (now, life, secret) = (Now, options.Value.LifeOf(purpose), SecretToken.New());
        var token = new OneTimeToken { UserId = userId, Purpose = purpose, Hash = SecretToken.HashOf(secret), Email = email, IssuedAt = now, ExpiresAt = now + life };
        db.OneTimeTokens.Add(token);
        return new IssuedToken(token.Id, secret, life);
    }

    /// <summary>Whether a token would be taken, without taking it.</summary>
    /// <returns>What it proves, or <see cref="TokenUnknown"/>, <see cref="TokenExpired"/>, <see cref="TokenUsed"/>.</returns>
    public async Task<Result<TokenProof>> LookAsync(CrmDbContext db, TokenPurpose purpose, string? secret, CancellationToken ct)
    {
        if (string.IsNullOrEmpty(secret) || secret.Length > LongestSecret) return new TokenUnknown();
        var hash = SecretToken.HashOf(secret);
        var token = await db.OneTimeTokens.AsNoTracking().SingleOrDefaultAsync(t => t.Hash == hash && t.Purpose == purpose, ct);
        if (token is null) return new TokenUnknown();
        if (token.UsedAt is not null) return new TokenUsed();
        if (token.ExpiresAt <= Now) return new TokenExpired();
        return new TokenProof(token.Id, token.UserId, token.Email);
    }

    /// <summary>Uses a token up. Of any number at the same moment one is let through.</summary>
    /// <param name="db">In a write of its own (<see cref="CrmDbContext.BeginWriteAsync"/>): if it is not committed, the token is still good.</param>
    /// <returns>What it proves, or <see cref="TokenUnknown"/>, <see cref="TokenExpired"/>, <see cref="TokenUsed"/>.</returns>
    public async Task<Result<TokenProof>> TakeAsync(CrmDbContext db, TokenPurpose purpose, string? secret, CancellationToken ct)
    {
        if (db.Database.CurrentTransaction is null) throw new InvalidOperationException("A token is taken in the transaction of what it allows.");
        if ((await LookAsync(db, purpose, secret, ct)).Failed(out var refusal, out var proof)) return refusal;
        await AccountWrite.LockAsync(db, proof.UserId, ct);
        var now = Now;
        var taken = await db.OneTimeTokens.Where(t => t.Id == proof.Id && t.UsedAt == null).ExecuteUpdateAsync(set => set.SetProperty(t => t.UsedAt, now), ct);
        return taken == 1 ? proof : new TokenUsed();
    }

    /// <summary>Puts every link of an account out of use, as another password or address does.</summary>
    public Task EndAllAsync(CrmDbContext db, Guid userId, CancellationToken ct) => EndAsync(db.OneTimeTokens.Where(t => t.UserId == userId), ct);

    private static IQueryable<OneTimeToken> Superseded(CrmDbContext db, Guid userId, TokenPurpose purpose)
    {
        var earlier = db.OneTimeTokens.Where(t => t.UserId == userId && t.Purpose == purpose && t.UsedAt == null);
        return purpose is TokenPurpose.ResetPassword ? earlier.OrderByDescending(t => t.IssuedAt).ThenByDescending(t => t.Id).Skip(ResetsAtOnce - 1) : earlier;
    }

    private async Task EndAsync(IQueryable<OneTimeToken> tokens, CancellationToken ct)
    {
        var now = Now;
        foreach (var token in await tokens.Where(t => t.UsedAt == null).ToListAsync(ct)) token.UsedAt ??= now;
    }
}
