using Crm.Data;
using Crm.Data.Accounts;
using Crm.Web.Features.Accounts.Sessions;
using Crm.Web.Features.Accounts.Tokens;
using Crm.Web.Features.Messaging.Mails;

namespace Crm.Web.Features.Accounts.Passwords;

/// <summary>What follows a new password, whoever set it: sessions and links of the old one end, and the owner is told.</summary>
public sealed class PasswordNews(SessionRegister sessions, OneTimeTokens tokens, Mailer mailer, TimeProvider clock)
{
    /// <summary>In the caller's transaction.</summary>
    /// <param name="occasion">An id of this change alone, so that it is told once.</param>
    /// <param name="except">The session that set it, which goes on.</param>
    public async Task TellAsync(CrmDbContext db, User user, Guid occasion, Guid? except, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await sessions.EndAllAsync(db, user.Id, except, ct);
        db.Note<User>(user.Id, "Changed the password");
        await tokens.EndAllAsync(db, user.Id, ct);
        if (user.Email is not null)
            mailer.Post(db, $"password-changed:{occasion}", user.Email, user.DisplayName, new PasswordChangedMail(user.FirstName, now, null, AccountLinks.Forgot));
    }
}
