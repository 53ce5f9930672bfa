using Crm.Data.Customers;
using Crm.Data.Storage;
using Crm.Web.Features.Accounts.Email;
using Crm.Web.Features.Accounts.Recovery;
using Crm.Web.Features.Accounts.Tokens;
using Crm.Web.Features.Customers;
using Crm.Web.Features.Messaging.Mails;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Crm.Web.Tests.Features.Accounts.Passkeys;
using Crm.Web.Tests.Features.Accounts.Registration;
using Crm.Web.Tests.Features.Customers.Portal;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Accounts.Email;

public sealed class EmailVerificationTests
{
    [Theory, BothDatabases, Trait("contract", "M-020"), Trait("contract", "M-023"), Trait("contract", "M-024"), Trait("contract", "M-026")]
    public async Task The_link_verifies_the_account_and_its_customer_and_welcomes_once(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var registered = (await shop.RegisterAsync(Joining.Form())).Value;
        var secret = await shop.VerifySecretAsync();
        var verification = shop.AsStranger().Get<EmailVerification>();

        Assert.Null((await verification.LookAsync(secret, CancellationToken.None)).Error);
        Assert.Null((await verification.LookAsync(secret, CancellationToken.None)).Error);
        Assert.Equal(registered.UserId, (await verification.VerifyAsync(secret, CancellationToken.None)).Value);
        Assert.IsType<TokenUsed>((await verification.VerifyAsync(secret, CancellationToken.None)).Error);

        await using var db = shop.Open();
        Assert.True((await db.Users.SingleAsync(u => u.Id == registered.UserId)).EmailConfirmed);
        Assert.True((await db.Customers.SingleAsync(c => c.Id == registered.CustomerId)).IsVerified);
        Assert.Single((await TestMail.WaitingAsync(db)).Select(m => m.Mail).OfType<WelcomeMail>());
    }

    [Theory, BothDatabases, Trait("contract", "M-021")]
    public async Task After_a_day_the_link_is_too_old_and_another_one_works(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await shop.RegisterAsync(Joining.Form());
        var old = await shop.VerifySecretAsync();
        shop.Clock.Advance(TimeSpan.FromHours(24));
        var verification = shop.AsStranger().Get<EmailVerification>();
        Assert.IsType<TokenExpired>((await verification.VerifyAsync(old, CancellationToken.None)).Error);

        await verification.AskAsync(new AccountLinkForm { Identifier = Joining.Email }, CancellationToken.None);
        await TestLinks.SeeToAsync(shop);

        Assert.Null((await verification.VerifyAsync(await shop.VerifySecretAsync(), CancellationToken.None)).Error);
    }

    [Theory, BothDatabases]
    public async Task A_record_of_the_shop_is_joined_only_when_the_address_is_proved(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var known = (await shop.As(TestPeople.Agent).Get<CustomerService>()
            .AddAsync(new CustomerEdit { FirstName = "Chidi", Email = Joining.Email, Phone = "416 555 0134" }, CancellationToken.None)).Value;
        var form = Joining.Form(phone: "416 555 0134");
        form.NotifyByEmail = true;
        var registered = (await shop.RegisterAsync(form)).Value;
        await using (var before = shop.Open())
        {
            Assert.Null((await before.Customers.SingleAsync(c => c.Id == known)).UserId);
            Assert.Null((await before.Customers.SingleAsync(c => c.Id == registered.CustomerId)).Email);
        }

        var (secret, verification) = (await shop.VerifySecretAsync(), shop.AsStranger().Get<EmailVerification>());
        foreach (var wrong in new[] { null, "", "not this one 1", new string('x', 10_000) })
            Assert.Equal(nameof(VerificationForm.Password), Assert.IsType<InvalidError>((await verification.ConfirmAsync(secret, new() { Password = wrong }, CancellationToken.None)).Error).Field);
        await using (var still = shop.Open()) Assert.Null((await still.Customers.SingleAsync(c => c.Id == known)).UserId);
        Assert.Equal(registered.UserId, (await verification.ConfirmAsync(secret, new() { Password = Joining.Password }, CancellationToken.None)).Value);

        await using var db = shop.Open();
        var joined = await db.Customers.SingleAsync(c => c.UserId == registered.UserId);
        Assert.Equal((known, Joining.Email, "+14165550134", "Chidi", true, true), (joined.Id, joined.Email, joined.Phone, joined.FirstName, joined.IsVerified, joined.NotifyByEmail));
        Assert.False(await db.Customers.AnyAsync(c => c.Id == registered.CustomerId));
        Assert.Equal("+14165550134", (await db.Users.SingleAsync(u => u.Id == registered.UserId)).PhoneNumber);
        Assert.Equal("registration", (await db.ConsentReceipts.SingleAsync(r => r.CustomerId == known)).Source);
    }

    [Theory, BothDatabases]
    public async Task The_link_alone_gives_nobody_the_record_of_the_shop_and_a_reset_takes_the_account_back(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var known = (await shop.As(TestPeople.Agent).Get<CustomerService>().AddAsync(new CustomerEdit { FirstName = "Chidi", Email = Joining.Email }, CancellationToken.None)).Value;
        var stranger = (await shop.RegisterAsync(Joining.Form())).Value;
        await using (var db = shop.Open())
        {
            db.UserPasskeys.Add(SomePasskey.Of(stranger.UserId, "Blue phone"));
            await db.SaveChangesAsync();
        }

        Assert.Null((await shop.AsStranger().Get<EmailVerification>().VerifyAsync(await shop.VerifySecretAsync(), CancellationToken.None)).Error);
        await using (var db = shop.Open())
        {
            Assert.True((await db.Users.SingleAsync(u => u.Id == stranger.UserId)).EmailConfirmed);
            Assert.Null((await db.Customers.SingleAsync(c => c.Id == known)).UserId);
        }

        var reset = shop.AsStranger().Get<PasswordReset>();
        await reset.AskAsync(new AccountLinkForm { Identifier = Joining.Email }, CancellationToken.None);
        await TestLinks.SeeToAsync(shop);
        await using var after = shop.Open();
        var secret = Joining.SecretIn((await TestMail.LastToAsync<PasswordResetMail>(after, Joining.Email))!.Link);
        Assert.Null((await reset.ResetAsync(new PasswordResetForm { Token = secret, New = "Another-yam-8", Repeated = "Another-yam-8" }, CancellationToken.None)).Error);
        Assert.Equal(stranger.UserId, (await after.Customers.SingleAsync(c => c.Id == known)).UserId);
        Assert.False(await after.UserPasskeys.AnyAsync(p => p.UserId == stranger.UserId));
    }

    [Theory, BothDatabases]
    public async Task The_accounts_own_session_needs_no_password_and_may_come_later(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var known = (await shop.As(TestPeople.Agent).Get<CustomerService>().AddAsync(new CustomerEdit { FirstName = "Chidi", Email = Joining.Email }, CancellationToken.None)).Value;
        var registered = (await shop.RegisterAsync(Joining.Form())).Value;
        await shop.AsStranger().Get<EmailVerification>().VerifyAsync(await shop.VerifySecretAsync(), CancellationToken.None);
        var own = shop.As(new TestPerson(registered.UserId, Joining.Email, Roles.Customer, "Chidinma", "Nwosu")).Get<EmailVerification>();

        Assert.Null((await own.SendAgainAsync(CancellationToken.None)).Error);
        var secret = await shop.VerifySecretAsync();
        Assert.False((await own.LookAsync(secret, CancellationToken.None)).Value.AsksPassword);
        Assert.True((await shop.AsStranger().Get<EmailVerification>().LookAsync(secret, CancellationToken.None)).Value.AsksPassword);
        Assert.Null((await own.VerifyAsync(secret, CancellationToken.None)).Error);

        await using var db = shop.Open();
        Assert.Equal(known, (await db.Customers.SingleAsync(c => c.UserId == registered.UserId)).Id);
        Assert.Single((await TestMail.WaitingAsync(db)).Select(m => m.Mail).OfType<WelcomeMail>());
    }

    [Theory, BothDatabases]
    public async Task What_the_owner_said_meanwhile_goes_with_them_to_the_record_of_the_shop(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var known = (await shop.As(TestPeople.Agent).Get<CustomerService>()
            .AddAsync(new CustomerEdit { FirstName = "Chidi", Email = Joining.Email, Phone = "416 555 0134" }, CancellationToken.None)).Value;
        var form = Joining.Form(phone: "416 555 0177");
        form.Language = "fr";
        var registered = (await shop.RegisterAsync(form)).Value;
        Guid[] products = [(await shop.AddProductAsync("Egusi")).Id, (await shop.AddProductAsync("Ogbono")).Id];
        await using (var db = shop.Open())
        {
            var (older, fresh) = (await db.Customers.SingleAsync(c => c.Id == known), await db.Customers.SingleAsync(c => c.Id == registered.CustomerId));
            older.SetTastes("no crayfish", null);
            fresh.SetTastes("peanuts make me ill", "yam");
            fresh.SetPlace("Toronto", "CA");
            db.CustomerDiets.AddRange(new() { CustomerId = known, Diet = Diet.Halal }, new() { CustomerId = fresh.Id, Diet = Diet.Halal }, new() { CustomerId = fresh.Id, Diet = Diet.NutAllergy });
            db.CustomerFavourites.AddRange(new() { CustomerId = known, ProductId = products[0] }, new() { CustomerId = fresh.Id, ProductId = products[0] }, new() { CustomerId = fresh.Id, ProductId = products[1] });
            await db.SaveChangesAsync();
        }

        await shop.AsStranger().Get<EmailVerification>().ConfirmAsync(await shop.VerifySecretAsync(), new() { Password = Joining.Password }, CancellationToken.None);

        await using var after = shop.Open();
        var joined = await after.Customers.Include(c => c.Diets).Include(c => c.Favourites).SingleAsync(c => c.UserId == registered.UserId);
        Assert.Equal((known, "+14165550177", "fr", "Toronto", "CA"), (joined.Id, joined.Phone, joined.Language, joined.City, joined.Country));
        Assert.Equal(("no crayfish; peanuts make me ill", "yam"), (joined.DietNote, joined.FavouriteNote));
        Assert.Equal([Diet.Halal, Diet.NutAllergy], joined.Diets.Select(d => d.Diet).Order());
        Assert.Equal(products.Order(), joined.Favourites.Select(f => f.ProductId).Order());
        Assert.Equal("+14165550177", (await after.Users.SingleAsync(u => u.Id == registered.UserId)).PhoneNumber);
    }

    [Theory, BothDatabases, Trait("contract", "M-025")]
    public async Task Until_then_the_shop_may_not_write_for_its_own_sake(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var form = Joining.Form();
        form.NotifyByEmail = true;
        var registered = (await shop.RegisterAsync(form)).Value;
        var queries = shop.As(TestPeople.Agent).Get<Crm.Web.Features.Customers.Profile.ProfileQueries>();

        var before = (await queries.ReadAsync(registered.CustomerId, CancellationToken.None)).Value.MayWrite.Single(m => m.Channel is ConsentChannel.Email);
        await shop.AsStranger().Get<EmailVerification>().VerifyAsync(await shop.VerifySecretAsync(), CancellationToken.None);
        var after = (await queries.ReadAsync(registered.CustomerId, CancellationToken.None)).Value.MayWrite.Single(m => m.Channel is ConsentChannel.Email);

        Assert.Equal((false, "not verified yet", true), (before.Yes, before.Why, after.Yes));
    }

    [Theory, BothDatabases]
    public async Task Whoever_is_signed_in_gets_another_link_until_the_address_is_proved(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var registered = (await shop.RegisterAsync(Joining.Form())).Value;
        var first = await shop.VerifySecretAsync();
        var verification = shop.As(new TestPerson(registered.UserId, Joining.Email, Roles.Customer, "Chidinma", "Nwosu")).Get<EmailVerification>();

        Assert.Null((await verification.SendAgainAsync(CancellationToken.None)).Error);

        Assert.IsType<TokenUsed>((await verification.VerifyAsync(first, CancellationToken.None)).Error);
        Assert.Null((await verification.VerifyAsync(await shop.VerifySecretAsync(), CancellationToken.None)).Error);
        Assert.IsType<AlreadyVerified>((await verification.SendAgainAsync(CancellationToken.None)).Error);
    }
}
