using Crm.Data;
using Crm.Data.Accounts;
using Crm.Web.Features.Accounts.Tokens;
using Crm.Web.Features.Messaging.Mails;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Accounts.Passwords;

/// <summary>What follows a new password, whoever set it: sessions and links of the old one end, and the owner is told.</summary>
public sealed class PasswordNews(OneTimeTokens tokens, Mailer mailer, TimeProvider clock)
{
    /// <summary>In the caller's transaction.</summary>
    /// <param name="occasion">An id of this change alone, so that it is told once.</param>
    public async Task TellAsync(CrmDbContext db, User user, Guid occasion, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        foreach (var session in await db.Sessions.Where(s => s.UserId == user.Id && s.EndedAt == null).ToListAsync(ct)) session.End(now);
        await tokens.EndAllAsync(db, user.Id, ct);
        if (user.Email is not null)
            mailer.Post(db, $"password-changed:{occasion}", user.Email, user.DisplayName, new PasswordChangedMail(user.FirstName, now, null, AccountLinks.Forgot));
    }
}
