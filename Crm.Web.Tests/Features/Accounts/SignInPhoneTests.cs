using Crm.Data.Storage;
using Crm.Web.Features.Accounts;
using Crm.Web.Features.Customers;
using Crm.Web.Features.Customers.Portal;
using Crm.Web.Features.Customers.Portal.Profile;
using Crm.Web.Platform.Access;
using Crm.Web.Tests.Features.Accounts.Registration;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Accounts;

public sealed class SignInPhoneTests
{
    [Theory, BothDatabases]
    public async Task A_customer_signs_in_with_the_number_on_the_record_whoever_changed_it(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var registered = (await shop.RegisterAsync(Joining.Form(phone: "416 555 0134"))).Value;
        var own = shop.As(new TestPerson(registered.UserId, Joining.Email, Roles.Customer, "Chidinma", "Nwosu")).Get<ProfileService>();
        var opened = (await own.OpenAsync(CancellationToken.None)).Value.Edit;

        var typed = opened.Copy();
        typed.Phone = "416 555 0135";
        Assert.Null((await own.SaveAsync(typed, opened, CancellationToken.None)).Error);
        Assert.Equal(("+14165550135", true, false), (await PhoneAsync(shop, registered.UserId), await SignsInAsync(shop, "(416) 555-0135"), await SignsInAsync(shop, "(416) 555-0134")));

        var staff = shop.As(TestPeople.Agent).Get<CustomerService>();
        var record = (await staff.OpenAsync(registered.CustomerId, CancellationToken.None)).Value;
        var changed = record.Copy();
        changed.Phone = null;
        Assert.Null((await staff.SaveAsync(registered.CustomerId, changed, record, CancellationToken.None)).Error);
        Assert.Null(await PhoneAsync(shop, registered.UserId));
    }

    [Theory, BothDatabases]
    public async Task A_number_that_somebody_else_signs_in_with_is_refused_at_the_field(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var colleague = await Given.AccountAsync(shop.Open, Roles.Agent);
        var registered = (await shop.RegisterAsync(Joining.Form())).Value;
        var own = shop.As(new TestPerson(registered.UserId, Joining.Email, Roles.Customer, "Chidinma", "Nwosu")).Get<ProfileService>();
        var opened = (await own.OpenAsync(CancellationToken.None)).Value.Edit;
        var typed = opened.Copy();
        typed.Phone = colleague.Typed;

        Assert.IsType<PhoneElsewhere>((await own.SaveAsync(typed, opened, CancellationToken.None)).Error);
        Assert.IsType<PhoneNotFree>((await shop.RegisterAsync(Joining.Form("other@mail.example", colleague.Typed))).Error);

        Assert.Null(await PhoneAsync(shop, registered.UserId));
        Assert.NotNull(await PhoneAsync(shop, colleague.Id));
    }

    private static async Task<string?> PhoneAsync(TestShop shop, Guid userId)
    {
        await using var db = shop.Open();
        return await db.Users.Where(u => u.Id == userId).Select(u => u.PhoneNumber).SingleAsync();
    }

    private static async Task<bool> SignsInAsync(TestShop shop, string phone) =>
        (await shop.AsStranger().Get<SignInService>().ProveAsync(new SignInForm { Identifier = phone, Password = Joining.Password }, CancellationToken.None)).Error is null;
}
