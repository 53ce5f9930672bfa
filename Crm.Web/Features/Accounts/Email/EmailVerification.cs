using Crm.Data;
using Crm.Data.Accounts;
using Crm.Web.Features.Accounts.Passwords;
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

/// <summary>A link that still works.</summary>
/// <param name="AsksPassword">Whoever opened it is not signed in to the account.</param>
public sealed record VerificationLink(bool AsksPassword);

/// <summary>
/// Proves the address of an account by the link that was sent there. The link alone does not say that the account belongs to who
/// reads the mail: somebody else may have registered with their address.
/// </summary>
public sealed partial class EmailVerification(
    IDbContextFactory<CrmDbContext> contexts, OneTimeTokens tokens, EmailProof proofs, PasswordCheck check, Mailer mailer, RateLimits limits, CurrentActor actor,
    AccountLinkRequests requests, ILogger<EmailVerification> logger)
{
    /// <summary>Whether a link still works; opening it must not use it up, since programs that scan mail open it too.</summary>
    /// <returns>The link, or one of <see cref="TokenRefused"/>.</returns>
    public async Task<Result<VerificationLink>> LookAsync(string? token, CancellationToken ct) =>
        (await ProofAsync(token, ct)).Failed(out var refusal, out var proof) ? refusal : new VerificationLink(proof.UserId != actor.UserId);

    /// <summary>Uses the link up for somebody who is signed in to the account or knows its password: what the shop had under the address is theirs as well.</summary>
    /// <returns>The account's id, or a complaint beside the password, <see cref="TooManyRequests"/>, <see cref="TokenUnknown"/>, <see cref="TokenExpired"/>, <see cref="TokenUsed"/>.</returns>
    public async Task<Result<Guid>> ConfirmAsync(string? token, VerificationForm form, CancellationToken ct)
    {
        if ((await ProofAsync(token, ct)).Failed(out var refusal, out var proof)) return refusal;
        if (proof.UserId != actor.UserId)
        {
            var password = form.Password ?? "";
            if (password.Length == 0) return new InvalidError(nameof(form.Password), "Enter the password of your account.");
            if (await limits.TakeAsync(RateLimit.SignIn, actor.Address, ct) is { } tooOften) return tooOften;
            if (password.Length > PasswordRule.Longest || !await check.PassesAsync(proof.UserId, password, ct)) return new InvalidError(nameof(form.Password), "This is not the password of the account.");
        }
        return await VerifyAsync(token, isOwner: true, ct);
    }

    /// <summary>
    /// Uses the link up: the account and its customer record count as verified. Unless the account's own session asks, a record that
    /// the shop had under the address stays apart.
    /// </summary>
    /// <returns>The account's id, or <see cref="TokenUnknown"/>, <see cref="TokenExpired"/>, <see cref="TokenUsed"/>.</returns>
    public Task<Result<Guid>> VerifyAsync(string? token, CancellationToken ct) => VerifyAsync(token, isOwner: false, ct);

    private async Task<Result<TokenProof>> ProofAsync(string? token, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await tokens.LookAsync(db, TokenPurpose.VerifyEmail, token, ct);
    }

    private async Task<Result<Guid>> VerifyAsync(string? token, bool isOwner, CancellationToken ct)
    {
        var result = await AccountWrite.RunAsync<Guid>(contexts, async db =>
        {
            if ((await tokens.TakeAsync(db, TokenPurpose.VerifyEmail, token, ct)).Failed(out var refusal, out var proof)) return refusal;
            var user = await db.Users.SingleAsync(u => u.Id == proof.UserId, ct);
            if (!string.Equals(user.Email, proof.Email, StringComparison.OrdinalIgnoreCase)) return new TokenUsed();
            await proofs.ProveAsync(db, user, isOwner || actor.UserId == user.Id, ct);
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
            if (user.Email is null || (user.EmailConfirmed && !await proofs.IsRecordWaitingAsync(db, user, ct))) return new AlreadyVerified();
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
