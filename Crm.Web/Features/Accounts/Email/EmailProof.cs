using Crm.Data;
using Crm.Data.Accounts;
using Crm.Web.Features.Customers;
using Crm.Web.Features.Messaging.Mails;

namespace Crm.Web.Features.Accounts.Email;

/// <summary>What follows when somebody has proved that an account's address is theirs.</summary>
public sealed class EmailProof(CustomerAccounts customers, Mailer mailer)
{
    /// <summary>The first time: the account and its customer count as verified, and a customer is welcomed. In the caller's transaction.</summary>
    public async Task ProveAsync(CrmDbContext db, User user, CancellationToken ct)
    {
        if (user.EmailConfirmed) return;
        user.EmailConfirmed = true;
        if (await customers.VerifyAsync(db, user.Id, user.Email!, ct) is not { } customer) return;
        mailer.Post(db, $"welcome:{user.Id}", user.Email!, user.DisplayName, new WelcomeMail(user.FirstName, "/me"), customer.Language);
    }
}
