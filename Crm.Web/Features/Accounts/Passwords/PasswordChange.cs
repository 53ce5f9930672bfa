using Crm.Data;
using Crm.Data.Accounts;
using Crm.Web.Features.Accounts.Sessions;
using Crm.Web.Features.Messaging.Mails;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Accounts.Passwords;

/// <summary>Lets whoever is signed in choose a new password.</summary>
public sealed partial class PasswordChange(
    CurrentActor actor, IDbContextFactory<CrmDbContext> contexts, PasswordCheck check, PasswordHasher hasher, SessionRegister register,
    SessionKeeper sessions, Mailer mailer, TimeProvider clock, IHttpContextAccessor http, ILogger<PasswordChange> logger)
{
    /// <summary>Replaces the password and ends every other session of the account.</summary>
    /// <returns>Done, or a complaint beside <see cref="PasswordChangeForm.Current"/>, <see cref="PasswordChangeForm.New"/> or <see cref="PasswordChangeForm.Repeated"/>.</returns>
    public async Task<Result<Done>> ChangeAsync(PasswordChangeForm form, CancellationToken ct)
    {
        if (actor.UserId is not { } userId) return new ForbiddenError();
        if (Complaints(form) is { Count: > 0 } complaints) return InvalidError.Of(complaints);
        if (!await check.PassesAsync(userId, form.Current, ct)) return new InvalidError(nameof(form.Current), "This is not your password.");

        var hash = await hasher.HashAsync(form.New, ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var user = await db.Users.SingleAsync(u => u.Id == userId, ct);
        user.SetPassword(hash);
        await register.EndAllAsync(db, userId, except: actor.SessionId, ct);
        db.Note<User>(userId, "Changed the password");
        TellOf(db, user);
        await db.SaveChangesAsync(ct);
        LogChanged(userId);
        await sessions.RenewAsync(userId, ct);
        return new Done();
    }

    private void TellOf(CrmDbContext db, User user)
    {
        if (user.Email is not { } email) return;
        var now = clock.GetUtcNow().UtcDateTime;
        mailer.Post(db, $"password-changed:{user.Id}:{now.Ticks}", email, user.DisplayName,
            new PasswordChangedMail(user.FirstName, now, SessionOrigin.Of(http.HttpContext).Device, "/account/forgot"));
    }

    private static List<InvalidError> Complaints(PasswordChangeForm form)
    {
        var complaints = PasswordRule.Complaints(form.New).Select(text => new InvalidError(nameof(form.New), text)).ToList();
        if (complaints.Count == 0 && form.New == form.Current) complaints.Add(new(nameof(form.New), "This is the password you have now. Choose another."));
        if (form.New != form.Repeated) complaints.Add(new(nameof(form.Repeated), "This is not the same as the new password above."));
        return complaints;
    }

    [LoggerMessage(LogLevel.Information, "Changed the password of {UserId}")]
    private partial void LogChanged(Guid userId);
}
