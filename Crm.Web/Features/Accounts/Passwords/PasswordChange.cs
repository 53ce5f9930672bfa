using Crm.Data;
using Crm.Web.Features.Accounts.Sessions;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Accounts.Passwords;

/// <summary>Lets whoever is signed in choose a new password.</summary>
public sealed partial class PasswordChange(
    CurrentActor actor, IDbContextFactory<CrmDbContext> contexts, OwnPassword own, PasswordHasher hasher, PasswordNews news,
    SessionKeeper sessions, TimeProvider clock, ILogger<PasswordChange> logger)
{
    /// <summary>Replaces the password and ends every other session of the account.</summary>
    /// <returns>Who they are under the new password, or a complaint beside <see cref="PasswordChangeForm.Current"/>, <see cref="PasswordChangeForm.New"/> or <see cref="PasswordChangeForm.Repeated"/>, or <see cref="Crm.Web.Platform.Limits.TooManyRequests"/>.</returns>
    public async Task<Result<Proved>> ChangeAsync(PasswordChangeForm form, CancellationToken ct)
    {
        if (actor.UserId is not { } userId) return new ForbiddenError();
        if (await ComplaintsAsync(form, userId, ct) is { Count: > 0 } complaints) return InvalidError.Of(complaints);
        if ((await own.ProveAsync(form.Current, nameof(form.Current), ct)).Failed(out var refusal, out var proved)) return refusal;

        var hash = await hasher.HashAsync(form.New, ct);
        var written = await AccountWrite.RunAsync<Proved>(contexts, async db =>
        {
            if (await proved.FindAsync(db, ct) is not { } user) return OwnPassword.Wrong(nameof(form.Current));
            user.SetPassword(hash);
            await news.TellAsync(db, user, Guid.CreateVersion7(clock.GetUtcNow()), except: actor.SessionId, ct);
            return new Proved(userId, user.SecurityStamp);
        }, ct);
        if (written.Error is not null) return written;
        LogChanged(userId);
        await sessions.RenewAsync(userId, ct);
        return written;
    }

    private async Task<List<InvalidError>> ComplaintsAsync(PasswordChangeForm form, Guid userId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var owner = await db.Users.AsNoTracking().Where(u => u.Id == userId).Select(u => new { u.Email, u.UserName, u.FirstName, u.LastName }).SingleAsync(ct);
        var complaints = PasswordRule.Complaints(form.New, owner.Email, owner.UserName, owner.FirstName, owner.LastName, $"{owner.FirstName} {owner.LastName}").Select(text => new InvalidError(nameof(form.New), text)).ToList();
        if (complaints.Count == 0 && form.New == form.Current) complaints.Add(new(nameof(form.New), PasswordRule.Same));
        if (form.New != form.Repeated) complaints.Add(new(nameof(form.Repeated), "This is not the same as the new password above."));
        return complaints;
    }

    [LoggerMessage(LogLevel.Information, "Changed the password of {UserId}")]
    private partial void LogChanged(Guid userId);
}
