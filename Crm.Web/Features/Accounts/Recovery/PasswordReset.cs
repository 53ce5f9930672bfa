using Crm.Data;
using Crm.Data.Accounts;
using Crm.Web.Features.Accounts.Email;
using Crm.Web.Features.Accounts.Passwords;
using Crm.Web.Features.Accounts.Registration;
using Crm.Web.Features.Accounts.SecondFactor;
using Crm.Web.Features.Accounts.Tokens;
using Crm.Web.Platform.Limits;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Accounts.Recovery;

/// <summary>Gives somebody who forgot the password a new one, by a link to the account's own address.</summary>
public sealed partial class PasswordReset(
    IDbContextFactory<CrmDbContext> contexts, AccountLinkRequests requests, OneTimeTokens tokens, PasswordHasher hasher, PasswordNews news, EmailProof proofs,
    ILogger<PasswordReset> logger)
{
    /// <summary>Sends a link to the address of whatever account the words name; answers alike whether or not there is one.</summary>
    /// <returns>Done, or a complaint beside the field, or <see cref="TooManyRequests"/> from this address.</returns>
    public Task<Result<Done>> AskAsync(AccountLinkForm form, CancellationToken ct) => requests.AskAsync(AccountLinkKind.ResetPassword, form, ct);

    /// <summary>Whether a link still works; opening it does not use it up.</summary>
    /// <returns>Done, or one of <see cref="TokenRefused"/>.</returns>
    public async Task<Result<Done>> LookAsync(string? token, CancellationToken ct)
    {
        return (await HolderAsync(token, ct)).Failed(out var refusal, out _) ? refusal : new Done();
    }

    /// <summary>
    /// Sets the password, ends every session of the account and puts its other links out of use. Signs nobody in: a second factor is
    /// asked for at the next sign-in, as ever.
    /// </summary>
    /// <returns>Done, or a complaint beside a field, <see cref="PasswordsDiffer"/>, or <see cref="TokenUnknown"/>, <see cref="TokenExpired"/>, <see cref="TokenUsed"/>.</returns>
    public async Task<Result<Done>> ResetAsync(PasswordResetForm form, CancellationToken ct)
    {
        if ((await HolderAsync(form.Token, ct)).Failed(out var refusal, out var holder)) return refusal;
        if (Complaints(form, holder) is { Count: > 0 } complaints) return InvalidError.Of(complaints);
        if (holder.Hash is { } old && await hasher.VerifyAsync(old, form.New!, ct)) return new InvalidError(nameof(form.New), PasswordRule.Same);
        var hash = await hasher.HashAsync(form.New!, ct);
        if ((await AccountWrite.RunAsync<Done>(contexts, db => WriteAsync(db, form.Token, hash, ct), ct)).Failed(out refusal, out var done)) return refusal;
        LogReset(holder.Id);
        return done;
    }

    private async Task<Result<Holder>> HolderAsync(string? token, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        if ((await tokens.LookAsync(db, TokenPurpose.ResetPassword, token, ct)).Failed(out var refusal, out var proof)) return refusal;
        return await db.Users.AsNoTracking().Where(u => u.Id == proof.UserId && u.IsActive)
            .Select(u => new Holder(u.Id, u.Email, u.UserName, u.FirstName, u.LastName, u.PasswordHash)).SingleOrDefaultAsync(ct) is { } holder && proof.IsOf(holder.Email) ? holder : new TokenUnknown();
    }

    private static List<InvalidError> Complaints(PasswordResetForm form, Holder holder)
    {
        var password = form.New ?? "";
        var complaints = PasswordRule.Complaints(password, holder.Email, holder.UserName, holder.FirstName, holder.LastName, $"{holder.FirstName} {holder.LastName}")
            .Select(text => new InvalidError(nameof(form.New), text)).ToList();
        if (password != form.Repeated) complaints.Add(new PasswordsDiffer(nameof(form.Repeated)));
        return complaints;
    }

    private async Task<Result<Done>> WriteAsync(CrmDbContext db, string? secret, string hash, CancellationToken ct)
    {
        if ((await tokens.TakeAsync(db, TokenPurpose.ResetPassword, secret, ct)).Failed(out var refusal, out var proof)) return refusal;
        var user = await db.Users.SingleAsync(u => u.Id == proof.UserId, ct);
        if (!user.IsActive || !proof.IsOf(user.Email)) return new TokenUnknown();
        user.SetPassword(hash);
        (user.AccessFailedCount, user.LockoutEnd, user.Lockouts) = (0, null, 0);
        if (!user.EmailConfirmed || await proofs.IsRecordWaitingAsync(db, user, ct)) await TakeBackAsync(db, user, ct);
        await news.TellAsync(db, user, proof.Id, except: null, ct);
        return new Done();
    }

    // Somebody else may have registered with this address and waited for its owner: what they set up to come back in goes.
    private async Task TakeBackAsync(CrmDbContext db, User user, CancellationToken ct)
    {
        db.UserPasskeys.RemoveRange(await db.UserPasskeys.Where(p => p.UserId == user.Id).ToListAsync(ct));
        await RecoveryCodes.RemoveAsync(db, user.Id, ct);
        user.TurnOffSecondFactor();
        await proofs.ProveAsync(db, user, isOwner: true, ct);
    }

    [LoggerMessage(LogLevel.Information, "Reset the password of {UserId}")]
    private partial void LogReset(Guid userId);

    private sealed record Holder(Guid Id, string? Email, string? UserName, string FirstName, string LastName, string? Hash);
}
