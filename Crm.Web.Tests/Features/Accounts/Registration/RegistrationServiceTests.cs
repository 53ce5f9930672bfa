using System.Collections.Concurrent;
using Crm.Data;
using Crm.Data.Customers;
using Crm.Data.Storage;
using Crm.Web.Features.Accounts.Passwords;
using Crm.Web.Features.Accounts.Registration;
using Crm.Web.Features.Customers;
using Crm.Web.Features.Messaging.Mails;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Limits;
using Crm.Web.Platform.Live;
using Crm.Web.Platform.Results;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Accounts.Registration;

public sealed class RegistrationServiceTests
{
    [Theory, BothDatabases, Trait("contract", "M-001"), Trait("contract", "M-002"), Trait("contract", "M-004"), Trait("contract", "M-022")]
    public async Task Registering_opens_an_account_its_customer_and_a_mail_to_prove_the_address(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var form = Joining.Form(" Chidinma@Mail.example ", "0416 555 0134".TrimStart('0'));
        (form.NotifyByEmail, form.NotifyBySms) = (true, true);

        var registered = (await shop.RegisterAsync(form)).Value;

        await using var db = shop.Open();
        var user = await db.Users.SingleAsync(u => u.Id == registered.UserId);
        Assert.Equal(("Chidinma@Mail.example", "CHIDINMA@MAIL.EXAMPLE", "Chidinma@Mail.example"), (user.Email, user.NormalizedEmail, user.UserName));
        Assert.Equal(("Chidinma", "Nwosu", "+14165550134", false, true), (user.FirstName, user.LastName, user.PhoneNumber, user.EmailConfirmed, user.IsActive));
        Assert.Equal(Roles.Customer, await db.UserRoles.Where(r => r.UserId == user.Id).Join(db.Roles, r => r.RoleId, r => r.Id, (_, r) => r.Name).SingleAsync());
        Assert.True(await shop.Get<PasswordHasher>().VerifyAsync(user.PasswordHash, Joining.Password, CancellationToken.None));
        var customer = await db.Customers.SingleAsync(c => c.Id == registered.CustomerId);
        Assert.Equal((user.Id, "Chidinma@Mail.example", "+14165550134", false), (customer.UserId, customer.Email, customer.Phone, customer.IsVerified));
        Assert.Equal((true, true, false), (customer.NotifyByEmail, customer.NotifyBySms, customer.NotifyByPush));
        var receipts = await db.ConsentReceipts.Where(r => r.CustomerId == customer.Id).ToListAsync();
        Assert.Equal([ConsentChannel.Email, ConsentChannel.Sms], receipts.Select(r => r.Channel).Order());
        Assert.All(receipts, r => Assert.Equal("registration", r.Source));
        var mail = Assert.Single(await TestMail.WaitingAsync(db));
        Assert.Equal(("Chidinma@Mail.example", 24), (mail.ToEmail, Assert.IsType<VerifyEmailMail>(mail.Mail).Hours));
        Assert.StartsWith("/account/verify?token=", ((VerifyEmailMail)mail.Mail).Link, StringComparison.Ordinal);
    }

    [Theory, BothDatabases, Trait("contract", "M-004")]
    public async Task No_screen_hears_of_a_customer_that_a_known_address_did_not_become(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var heard = new ConcurrentBag<ChangeTopic>();
        using var listening = shop.Get<ChangeFeed>().Remember([ChangeKinds.Customer, ChangeKinds.User], topics =>
        {
            foreach (var topic in topics) heard.Add(topic);
        });

        Assert.IsType<EmailTaken>((await shop.RegisterAsync(Joining.Form("achieng@example.com"))).Error);
        Assert.Empty(heard);

        var registered = (await shop.RegisterAsync(Joining.Form("new@mail.example"))).Value;
        Assert.Contains(new ChangeTopic(ChangeKinds.Customer, registered.CustomerId), heard);
    }

    [Theory, BothDatabases, Trait("contract", "M-004")]
    public async Task A_known_address_is_refused_to_programs_and_told_to_its_owner_once_an_hour(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await using var db = shop.Open();
        var users = await db.Users.CountAsync();

        var refusal = (await shop.RegisterAsync(Joining.Form("ACHIENG@example.com"))).Error;
        await shop.RegisterAsync(Joining.Form("achieng@example.com"));

        Assert.Equal("Customer with this email already exists.", Assert.IsType<EmailTaken>(refusal).Message);
        Assert.Equal("Email", ((InvalidError)refusal!).Field);
        Assert.Equal(users, await db.Users.CountAsync());
        var mail = Assert.Single(await TestMail.WaitingAsync(db));
        Assert.Equal("achieng@example.com", mail.ToEmail);
        Assert.Equal(new AccountExistsMail("Achieng", "/account/sign-in", "/account/forgot"), mail.Mail);
    }

    [Theory, BothDatabases]
    public async Task A_user_name_passes_for_nobody_elses_number_or_address_and_is_none_of_the_pages_fields(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var service = shop.AsStranger().Get<RegistrationService>();
        await using var db = shop.Open();
        var users = await db.Users.CountAsync();
        foreach (var name in new[] { "+14165550177", "4165550177", "somebody@else.example", "x y", new string('x', 300) })
            Assert.Equal("UserName", Assert.IsAssignableFrom<InvalidError>((await service.RegisterAsync(Joining.Form(), name, CancellationToken.None)).Error).Field);
        Assert.Equal(users, await db.Users.CountAsync());
        Assert.DoesNotContain(typeof(RegistrationForm).GetProperties(), p => p.Name == "UserName");

        Assert.Null((await service.RegisterAsync(Joining.Form(), Joining.Email.ToUpperInvariant(), CancellationToken.None)).Error);
    }

    [Theory, BothDatabases]
    public async Task Two_clicks_make_one_account(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);

        var results = await Task.WhenAll(shop.RegisterAsync(Joining.Form()), shop.RegisterAsync(Joining.Form()), shop.RegisterAsync(Joining.Form()));

        Assert.Single(results, r => r.Error is null);
        Assert.Equal(2, results.Count(r => r.Error is EmailTaken));
        await using var db = shop.Open();
        Assert.Equal(1, await db.Customers.CountAsync(c => c.Email == Joining.Email));
        Assert.IsType<VerifyEmailMail>(Assert.Single(await TestMail.WaitingAsync(db)).Mail);
    }

    [Theory, BothDatabases, Trait("contract", "M-003"), Trait("contract", "M-005")]
    public async Task What_is_wrong_is_said_at_its_field_in_the_words_of_the_contract(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var form = Joining.Form("not an address", "12");
        (form.Password, form.Repeated) = ("yam", "yams");

        var refusal = Assert.IsAssignableFrom<InvalidError>((await shop.RegisterAsync(form)).Error);

        Assert.Equal("Enter a valid email address.", refusal.For("Email"));
        Assert.Equal("Password fields didn't match.", refusal.For("Repeated"));
        Assert.StartsWith("This is not a whole phone number.", refusal.For("PhoneNumber"), StringComparison.Ordinal);
        Assert.Equal(
            ["This password is too short. It must contain at least 8 characters.", "The password must contain at least 1 digit.", "The password must contain at least 1 special character."],
            refusal.All.Where(c => c.Field == "Password").Select(c => c.Message));
    }

    [Theory]
    [InlineData("a b@mail.example"), InlineData("a@mail"), InlineData("a@mail.example."), InlineData("\"a\"@mail.example"), InlineData("a@b@mail.example")]
    [InlineData("ọlá@mail.example"), InlineData("a\0@mail.example"), InlineData("a@mail.example\nBcc: all@mail.example"), InlineData("\u202ea@mail.example"), InlineData("A <a@mail.example>")]
    [InlineData("a@[127.0.0.1]"), InlineData("@mail.example"), InlineData("аdmin@mail.example")]
    public void An_address_that_mail_would_not_reach_is_refused(string address) =>
        Assert.Equal("Enter a valid email address.", RegistrationChecks.EmailComplaint(address));

    [Fact]
    public void An_address_may_be_short_or_long_but_not_too_long()
    {
        Assert.Null(RegistrationChecks.EmailComplaint("a@b.co"));
        Assert.Null(RegistrationChecks.EmailComplaint("first.last+shop@mail.example"));
        Assert.Equal("This field may not be blank.", RegistrationChecks.EmailComplaint("  "));
        Assert.Equal("Ensure this field has no more than 254 characters.", RegistrationChecks.EmailComplaint(new string('a', 300) + "@mail.example"));
    }

    [Theory, BothDatabases]
    public async Task Names_of_any_script_are_kept_and_odd_ones_do_no_harm(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var form = Joining.Form();
        (form.FirstName, form.LastName) = ("أمينة\0", " <img src=x> ");

        var registered = (await shop.RegisterAsync(form)).Value;

        await using var db = shop.Open();
        var customer = await db.Customers.SingleAsync(c => c.Id == registered.CustomerId);
        Assert.Equal(("أمينة", "<img src=x>"), (customer.FirstName, customer.LastName));
        form = Joining.Form("other@mail.example");
        form.FirstName = new string('x', 101);
        Assert.Equal("Ensure this field has no more than 100 characters.", ((InvalidError)(await shop.RegisterAsync(form)).Error!).For("FirstName"));
    }

    [Theory, BothDatabases]
    public async Task A_number_of_somebody_else_is_refused_without_a_word_about_them(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await shop.As(TestPeople.Agent).Get<CustomerService>().AddAsync(new CustomerEdit { FirstName = "Secret", Phone = "416 555 0199" }, CancellationToken.None);

        var refusal = Assert.IsType<PhoneNotFree>((await shop.RegisterAsync(Joining.Form(phone: "(416) 555-0199"))).Error);

        Assert.Equal("PhoneNumber", refusal.Field);
        Assert.DoesNotContain("Secret", refusal.Message, StringComparison.Ordinal);
        await using var db = shop.Open();
        Assert.False(await db.Users.AnyAsync(u => u.Email == Joining.Email));
    }

    [Theory, BothDatabases, Trait("contract", "M-027")]
    public async Task The_sixth_registration_of_an_hour_from_one_address_has_to_wait(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        for (var i = 0; i < 5; i++) Assert.Null((await shop.RegisterAsync(Joining.Form($"person{i}@mail.example"))).Error);
        await shop.RegisterAsync(new RegistrationForm());

        var refused = await shop.RegisterAsync(Joining.Form());

        Assert.Equal(3600, Assert.IsType<TooManyRequests>(refused.Error).RetryAfterSeconds);
        shop.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Null((await shop.RegisterAsync(Joining.Form())).Error);
    }
}
