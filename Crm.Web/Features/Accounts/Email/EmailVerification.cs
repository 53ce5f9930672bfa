using Crm.Data;
using Crm.Data.Accounts;
using Crm.Web.Features.Accounts.Recovery;
using Crm.Web.Features.Accounts.Tokens;
using Crm.Web.Features.Messaging.Mails;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Limits;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Accounts.Email;

/// <summary>The address is proved already.</summary>
public sealed record AlreadyVerified() : ConflictError("Your e-mail address is confirmed already.");

/// <summary>Proves the address of an account by the link that was sent there.</summary>
public sealed partial class EmailVerification(
    IDbContextFactory<CrmDbContext> contexts, OneTimeTokens tokens, EmailProof proofs, Mailer mailer, RateLimits limits, CurrentActor actor,
    AccountLinkRequests requests, ILogger<EmailVerification> logger)
{
    /// <summary>Whether a link still works; opening it must not use it up, since programs that scan mail open it too.</summary>
    /// <returns>Done, or one of <see cref="TokenRefused"/>.</returns>
    public async Task<Result<Done>> LookAsync(string? token, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return (await tokens.LookAsync(db, TokenPurpose.VerifyEmail, token, ct)).Failed(out var refusal, out _) ? refusal : new Done();
    }

    /// <summary>Uses the link up: the account and its customer record count as verified.</summary>
    /// <returns>The account's id, or <see cref="TokenUnknown"/>, <see cref="TokenExpired"/>, <see cref="TokenUsed"/>.</returns>
    public async Task<Result<Guid>> VerifyAsync(string? token, CancellationToken ct)
    {
        var result = await AccountWrite.RunAsync<Guid>(contexts, async db =>
        {
            if ((await tokens.TakeAsync(db, TokenPurpose.VerifyEmail, token, ct)).Failed(out var refusal, out var proof)) return refusal;
            var user = await db.Users.SingleAsync(u => u.Id == proof.UserId, ct);
            if (!string.Equals(user.Email, proof.Email, StringComparison.OrdinalIgnoreCase)) return new TokenUsed();
            await proofs.ProveAsync(db, user, ct);
            return user.Id;
        }, ct);
        if (result.Error is null) LogVerified(result.Value);
        return result;
    }

    /// <summary>Sends whoever is signed in another link; the one before stops working.</summary>
    /// <returns>Done, or <see cref="AlreadyVerified"/>, <see cref="TooManyRequests"/>.</returns>
    public async Task<Result<Done>> SendAgainAsync(CancellationToken ct)
    {
        if (actor.UserId is not { } userId) return new ForbiddenError();
        if (await limits.TakeAsync(RateLimit.MailedLinks, userId.ToString(), ct) is { } tooOften) return tooOften;
        return await AccountWrite.RunAsync<Done>(contexts, async db =>
        {
            var user = await db.Users.SingleAsync(u => u.Id == userId, ct);
            if (user.EmailConfirmed || user.Email is null) return new AlreadyVerified();
            await SendAsync(db, user, tokens, mailer, ct);
            return new Done();
        }, ct);
    }

    /// <summary>Sends another link to whatever account the words name; answers alike whether or not there is one.</summary>
    /// <returns>Done, or a complaint beside the field, or <see cref="TooManyRequests"/> from this address.</returns>
    public Task<Result<Done>> AskAsync(AccountLinkForm form, CancellationToken ct) => requests.AskAsync(AccountLinkKind.VerifyEmail, form, ct);

    internal static async Task SendAsync(CrmDbContext db, User user, OneTimeTokens tokens, Mailer mailer, CancellationToken ct)
    {
        var token = await tokens.IssueAsync(db, user.Id, TokenPurpose.VerifyEmail, user.Email!, ct);
        mailer.Post(db, $"verify-email:{token.Id}", user.Email!, user.DisplayName, new VerifyEmailMail(user.FirstName, AccountLinks.Verify(token.Secret), (int)token.Life.TotalHours));
    }

    [LoggerMessage(LogLevel.Information, "Verified the address of {UserId}")]
    private partial void LogVerified(Guid userId);
}
