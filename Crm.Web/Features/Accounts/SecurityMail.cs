using Crm.Data;
using Crm.Data.Accounts;
using Crm.Web.Features.Messaging.Mails;

namespace Crm.Web.Features.Accounts;

/// <summary>Tells somebody that a means of signing in to their account was added, used up or taken away, in case it was not they.</summary>
public sealed class SecurityMail(Mailer mailer, TimeProvider clock)
{
    /// <summary>Posted into the caller's unit of work.</summary>
    public void Tell(CrmDbContext db, User user, SecurityChange change)
    {
        if (user.Email is not { } email) return;
        var now = clock.GetUtcNow().UtcDateTime;
        mailer.Post(db, $"security:{user.Id}:{change}:{now.Ticks}", email, user.DisplayName, new SecurityChangedMail(user.FirstName, change, now, "/account"));
    }
}
