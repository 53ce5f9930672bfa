using Crm.Data;
using Crm.Data.Accounts;
using Crm.Web.Features.Accounts.Passwords;
using Crm.Web.Features.Accounts.Registration;
using Crm.Web.Features.Accounts.Tokens;
using Crm.Web.Features.Customers;
using Crm.Web.Features.Messaging.Mails;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Limits;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Accounts.Email;

/// <summary>The wanted address has become somebody else's since the link was sent.</summary>
public sealed record EmailTakenMeanwhile() : ConflictError("This address cannot be used for your account. Choose another one, or ask us at the counter.");

/// <summary>Moves an account to another address once its owner has proved that they read mail there.</summary>
public sealed partial class EmailChange(
    IDbContextFactory<CrmDbContext> contexts, OwnPassword own, OneTimeTokens tokens, Mailer mailer, RateLimits limits, CurrentActor actor,
    CustomerAccounts customers, TimeProvider clock, ILogger<EmailChange> logger)
{
    /// <summary>The address that the signed-in account has, and whether it is proved.</summary>
    public async Task<Result<CurrentEmail>> ReadAsync(CancellationToken ct)
    {
        if (actor.UserId is not { } userId) return new ForbiddenError();
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Users.AsNoTracking().Where(u => u.Id == userId).Select(u => new CurrentEmail(u.Email, u.EmailConfirmed)).SingleAsync(ct);
    }

    /// <summary>Sends a link to the wanted address; nothing changes before it is used. An address that has an account is answered alike, and gets none.</summary>
    /// <returns>Done, or a complaint beside a field, or <see cref="TooManyRequests"/>.</returns>
    public async Task<Result<Done>> AskAsync(EmailChangeForm form, CancellationToken ct)
    {
        if (actor.UserId is not { } userId) return new ForbiddenError();
        if (RegistrationChecks.EmailComplaint(form.NewEmail) is { } complaint) return new InvalidError(nameof(form.NewEmail), complaint);
        if (await limits.TakeAsync(RateLimit.MailedLinks, userId.ToString(), ct) is { } tooOften) return tooOften;
        if ((await own.ProveAsync(form.Password, nameof(form.Password), ct)).Failed(out var refusal, out var proved)) return refusal;
        return await AccountWrite.RunAsync<Done>(contexts, async db =>
            await proved.FindAsync(db, ct) is { } user ? await SendAsync(db, user, form.NewEmail!.Trim(), ct) : OwnPassword.Wrong(nameof(form.Password)), ct);
    }

    /// <summary>Whether a link still works; opening it does not use it up.</summary>
    /// <returns>The address that the account would get, or one of <see cref="TokenRefused"/>.</returns>
    public async Task<Result<string>> LookAsync(string? token, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return (await tokens.LookAsync(db, TokenPurpose.ChangeEmail, token, ct)).Failed(out var refusal, out var proof) ? refusal : proof.Email;
    }

    /// <summary>Uses the link up: account and customer record have the new address, both addresses are told, other links stop working.</summary>
    /// <returns>The new address, or <see cref="EmailTakenMeanwhile"/>, <see cref="TokenUnknown"/>, <see cref="TokenExpired"/>, <see cref="TokenUsed"/>.</returns>
    public async Task<Result<string>> ConfirmAsync(string? token, CancellationToken ct)
    {
        var result = await AccountWrite.RunAsync<Moved>(contexts, db => MoveAsync(db, token, ct), ct);
        if (result.Failed(out var refusal, out var moved)) return refusal;
        LogMoved(moved.UserId);
        return moved.Email;
    }

    private async Task<Result<Done>> SendAsync(CrmDbContext db, User user, string email, CancellationToken ct)
    {
        var normal = email.ToUpperInvariant();
        if (user.NormalizedEmail == normal) return new InvalidError(nameof(EmailChangeForm.NewEmail), "This is the address you have now.");
        var token = await tokens.IssueAsync(db, user.Id, TokenPurpose.ChangeEmail, email, ct);
        // Nobody is told here that an address has an account; its owner gets no mail that they did not ask for.
        if (!await IsTakenAsync(db, user.Id, normal, ct))
            mailer.Post(db, $"confirm-new-email:{token.Id}", email, user.DisplayName, new ConfirmNewEmailMail(user.FirstName, AccountLinks.ConfirmEmail(token.Secret), (int)token.Life.TotalHours));
        return new Done();
    }

    private async Task<Result<Moved>> MoveAsync(CrmDbContext db, string? secret, CancellationToken ct)
    {
        if ((await tokens.TakeAsync(db, TokenPurpose.ChangeEmail, secret, ct)).Failed(out var refusal, out var proof)) return refusal;
        var user = await db.Users.SingleAsync(u => u.Id == proof.UserId, ct);
        var (old, normal) = (user.Email, proof.Email.ToUpperInvariant());
        if (!user.IsActive) return new TokenUnknown();
        if (await IsTakenAsync(db, user.Id, normal, ct) || !await customers.MoveEmailAsync(db, user.Id, proof.Email, ct)) return new EmailTakenMeanwhile();

        if (user.NormalizedUserName == user.NormalizedEmail) (user.UserName, user.NormalizedUserName) = (proof.Email, normal);
        (user.Email, user.NormalizedEmail, user.EmailConfirmed) = (proof.Email, normal, true);
        await tokens.EndAllAsync(db, user.Id, ct);
        Tell(db, user, old, proof.Id);
        return new Moved(user.Id, proof.Email);
    }

    private void Tell(CrmDbContext db, User user, string? old, Guid occasion)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        mailer.Post(db, $"email-moved-here:{occasion}", user.Email!, user.DisplayName, new EmailMovedHereMail(user.FirstName, old ?? "", now, AccountLinks.Forgot));
        if (old is not null) mailer.Post(db, $"email-moved-away:{occasion}", old, user.DisplayName, new EmailMovedAwayMail(user.FirstName, user.Email!, now, AccountLinks.Forgot));
    }

    private static Task<bool> IsTakenAsync(CrmDbContext db, Guid userId, string normal, CancellationToken ct) =>
        db.Users.AnyAsync(u => u.Id != userId && (u.NormalizedEmail == normal || u.NormalizedUserName == normal), ct);

    [LoggerMessage(LogLevel.Information, "Moved {UserId} to another address")]
    private partial void LogMoved(Guid userId);

    private sealed record Moved(Guid UserId, string Email);
}

/// <summary>The address of an account.</summary>
public sealed record CurrentEmail(string? Email, bool IsConfirmed);
