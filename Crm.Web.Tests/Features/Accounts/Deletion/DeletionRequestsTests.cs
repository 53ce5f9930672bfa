using Crm.Data.Storage;
using Crm.Web.Features.Accounts.Deletion;
using Crm.Web.Features.Customers.Profile;
using Crm.Web.Features.Messaging.Mails;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Crm.Web.Tests.Features.Accounts.Registration;
using Crm.Web.Tests.Ground;

namespace Crm.Web.Tests.Features.Accounts.Deletion;

public sealed class DeletionRequestsTests
{
    [Theory, BothDatabases]
    public async Task Asking_wants_the_password_is_shown_to_staff_and_can_be_taken_back(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var registered = (await shop.RegisterAsync(Joining.Form())).Value;
        var deletions = shop.As(new TestPerson(registered.UserId, Joining.Email, Roles.Customer, "Chidinma", "Nwosu")).Get<DeletionRequests>();
        var staff = shop.As(TestPeople.Agent).Get<ProfileQueries>();

        Assert.Equal("This is not your password.", (await deletions.AskAsync(new DeletionForm { Password = "no" }, CancellationToken.None)).Error!.Message);
        Assert.Null(await deletions.AskedAtAsync(CancellationToken.None));
        Assert.Null((await deletions.AskAsync(new DeletionForm { Password = Joining.Password }, CancellationToken.None)).Error);
        Assert.Null((await deletions.AskAsync(new DeletionForm { Password = Joining.Password }, CancellationToken.None)).Error);

        Assert.Equal(shop.Clock.Now, await deletions.AskedAtAsync(CancellationToken.None));
        Assert.Equal(shop.Clock.Now, (await staff.ReadAsync(registered.CustomerId, CancellationToken.None)).Value.DeletionAskedAt);
        await using var db = shop.Open();
        Assert.Single((await TestMail.WaitingAsync(db)).Select(m => m.Mail).OfType<DeletionAskedMail>());
        Assert.Null((await deletions.TakeBackAsync(CancellationToken.None)).Error);
        Assert.Null(await deletions.AskedAtAsync(CancellationToken.None));
    }

    [Theory, BothDatabases]
    public async Task A_stranger_may_not_ask(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        Assert.IsType<ForbiddenError>((await shop.AsStranger().Get<DeletionRequests>().AskAsync(new DeletionForm { Password = "x" }, CancellationToken.None)).Error);
        Assert.IsType<ForbiddenError>((await shop.AsStranger().Get<DeletionRequests>().TakeBackAsync(CancellationToken.None)).Error);
    }
}
