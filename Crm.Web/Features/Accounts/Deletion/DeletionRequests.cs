using System.ComponentModel.DataAnnotations;
using Crm.Data;
using Crm.Web.Features.Accounts.Passwords;
using Crm.Web.Features.Accounts.Sessions;
using Crm.Web.Features.Messaging.Mails;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Accounts.Deletion;

/// <summary>The password that allows it.</summary>
public sealed class DeletionForm
{
    [Required(ErrorMessage = "Enter your password."), StringLength(PasswordRule.Longest, ErrorMessage = "This is not your password.")]
    public string? Password { get; set; }
}

/// <summary>Notes that somebody wants their account deleted; until staff have done so, it can be taken back.</summary>
public sealed partial class DeletionRequests(
    IDbContextFactory<CrmDbContext> contexts, OwnPassword own, Mailer mailer, CurrentActor actor, TimeProvider clock, ILogger<DeletionRequests> logger)
{
    /// <summary>When the signed-in person asked, UTC; null when they did not.</summary>
    public async Task<DateTime?> AskedAtAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Users.AsNoTracking().Where(u => u.Id == actor.UserId).Select(u => u.DeletionAskedAt).SingleOrDefaultAsync(ct);
    }

    /// <summary>Asks; asking again changes nothing.</summary>
    /// <returns>Done, or a complaint beside the password, or <see cref="Crm.Web.Platform.Limits.TooManyRequests"/>.</returns>
    public async Task<Result<Done>> AskAsync(DeletionForm form, CancellationToken ct)
    {
        if (actor.UserId is not { } userId) return new ForbiddenError();
        if ((await own.ProveAsync(form.Password, nameof(form.Password), ct)).Failed(out var refusal, out var proved)) return refusal;
        var now = clock.GetUtcNow().UtcDateTime;
        return await AccountWrite.RunAsync<Done>(contexts, async db =>
        {
            if (await proved.FindAsync(db, ct) is not { } user) return OwnPassword.Wrong(nameof(form.Password));
            if (user.DeletionAskedAt is not null) return new Done();
            user.DeletionAskedAt = now;
            if (user.Email is not null)
                mailer.Post(db, $"deletion-asked:{userId}:{now.Ticks}", user.Email, user.DisplayName, new DeletionAskedMail(user.FirstName, now, AccountLinks.Deletion));
            LogAsked(userId);
            return new Done();
        }, ct);
    }

    /// <summary>Takes the wish back; without one nothing happens.</summary>
    public async Task<Result<Done>> TakeBackAsync(CancellationToken ct)
    {
        if (Proved.By(actor) is not { } who) return new ForbiddenError();
        return await AccountWrite.RunAsync<Done>(contexts, async db =>
        {
            if (await who.FindAsync(db, ct) is not { } user) return new ForbiddenError();
            user.DeletionAskedAt = null;
            return new Done();
        }, ct);
    }

    [LoggerMessage(LogLevel.Information, "{UserId} asked to be deleted")]
    private partial void LogAsked(Guid userId);
}
