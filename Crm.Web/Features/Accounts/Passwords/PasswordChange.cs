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
    /// <returns>Done, or a complaint beside <see cref="PasswordChangeForm.Current"/>, <see cref="PasswordChangeForm.New"/> or <see cref="PasswordChangeForm.Repeated"/>, or <see cref="Crm.Web.Platform.Limits.TooManyRequests"/>.</returns>
    public async Task<Result<Done>> ChangeAsync(PasswordChangeForm form, CancellationToken ct)
    {
        if (actor.UserId is not { } userId) return new ForbiddenError();
        if (await ComplaintsAsync(form, userId, ct) is { Count: > 0 } complaints) return InvalidError.Of(complaints);
        if ((await own.ProveAsync(form.Current, nameof(form.Current), ct)).Failed(out var refusal, out var proved)) return refusal;

        var hash = await hasher.HashAsync(form.New, ct);
        var written = await AccountWrite.RunAsync<Done>(contexts, async db =>
        {
            var user = await db.Users.SingleAsync(u => u.Id == userId, ct);
            if (!user.IsActive || user.SecurityStamp != proved.Stamp) return new InvalidError(nameof(form.Current), "This is not your password.");
            user.SetPassword(hash);
            await news.TellAsync(db, user, Guid.CreateVersion7(clock.GetUtcNow()), except: actor.SessionId, ct);
            return new Done();
        }, ct);
        if (written.Failed(out refusal, out _)) return refusal;
        LogChanged(userId);
        await sessions.RenewAsync(userId, ct);
        return new Done();
    }

    private async Task<List<InvalidError>> ComplaintsAsync(PasswordChangeForm form, Guid userId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var owner = await db.Users.AsNoTracking().Where(u => u.Id == userId).Select(u => new { u.Email, u.UserName, u.FirstName, u.LastName }).SingleAsync(ct);
        var complaints = PasswordRule.Complaints(form.New, owner.Email, owner.UserName, owner.FirstName, owner.LastName, $"{owner.FirstName} {owner.LastName}").Select(text => new InvalidError(nameof(form.New), text)).ToList();
        if (complaints.Count == 0 && form.New == form.Current) complaints.Add(new(nameof(form.New), "This is the password you have now. Choose another."));
        if (form.New != form.Repeated) complaints.Add(new(nameof(form.Repeated), "This is not the same as the new password above."));
        return complaints;
    }

    [LoggerMessage(LogLevel.Information, "Changed the password of {UserId}")]
    private partial void LogChanged(Guid userId);
}
