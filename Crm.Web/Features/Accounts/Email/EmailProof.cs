using Crm.Data;
using Crm.Data.Accounts;
using Crm.Web.Features.Customers;
using Crm.Web.Features.Messaging.Mails;

namespace Crm.Web.Features.Accounts.Email;

/// <summary>What follows when somebody has proved that an account's address is theirs.</summary>
public sealed class EmailProof(CustomerAccounts customers, Mailer mailer)
{
    /// <summary>The first time: the account and its customer count as verified, and a customer is welcomed. In the caller's transaction.</summary>
    /// <param name="isOwner">Whoever reads the mail also showed that the account is theirs: only then is it given the record that the shop has under the address.</param>
    public async Task ProveAsync(CrmDbContext db, User user, bool isOwner, CancellationToken ct)
    {
        var first = !user.EmailConfirmed;
        if (!first && !(isOwner && await IsRecordWaitingAsync(db, user, ct))) return;
        user.EmailConfirmed = true;
        if (await customers.VerifyAsync(db, user.Id, user.Email!, isOwner, ct) is not { } customer || !first) return;
        mailer.Post(db, $"welcome:{user.Id}", user.Email!, user.DisplayName, new WelcomeMail(user.FirstName, "/me"), customer.Language);
    }

    /// <summary>Whether the shop has a record under the address which the account was not given yet.</summary>
    public Task<bool> IsRecordWaitingAsync(CrmDbContext db, User user, CancellationToken ct) => customers.IsRecordWaitingAsync(db, user.Id, user.NormalizedEmail, ct);
}
