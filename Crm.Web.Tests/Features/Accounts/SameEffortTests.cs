using Crm.Data.Storage;
using Crm.Web.Features.Accounts;
using Crm.Web.Features.Accounts.Passwords;
using Crm.Web.Features.Accounts.Recovery;
using Crm.Web.Platform.Access;
using Crm.Web.Tests.Features.Accounts.Registration;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Accounts;

/// <summary>
/// Nobody can time who has an account: hashes and statements are counted, which no busy machine can blur. The clock's word on it is
/// Crm.Bench's.
/// </summary>
[Trait("contract", "M-018")]
public sealed class SameEffortTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory, BothDatabases]
    public async Task Registering_takes_as_much_for_a_known_address_as_for_a_new_one(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var account = await Given.AccountAsync(shop.Open, Roles.Customer);
        await shop.RegisterAsync(Joining.Form("warm@mail.example"));
        shop.Clock.Advance(TimeSpan.FromMinutes(10));
        await using var before = shop.Open();
        var rows = (await before.Users.CountAsync(), await before.Customers.CountAsync(), await before.AuditEntries.CountAsync(), await before.OneTimeTokens.CountAsync());

        var known = await EffortAsync(shop, () => shop.RegisterAsync(Form(account.Email)));
        Assert.Equal(rows, (await before.Users.CountAsync(), await before.Customers.CountAsync(), await before.AuditEntries.CountAsync(), await before.OneTimeTokens.CountAsync()));
        var staff = await EffortAsync(shop, () => shop.RegisterAsync(Form("efua@example.com")));
        var fresh = await EffortAsync(shop, () => shop.RegisterAsync(Form("new@mail.example")));

        Assert.Equal(1, fresh.Hashes);
        Assert.Equal((fresh, fresh), (known, staff));
    }

    [Theory, BothDatabases]
    public async Task Asking_for_a_link_takes_as_much_for_a_known_name_as_for_an_unknown_one(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var account = await Given.AccountAsync(shop.Open, Roles.Customer);
        foreach (var link in Enum.GetValues<AccountLinkKind>())
        {
            Task<Effort> AskAsync(string identifier) => EffortAsync(shop, () => shop.AsStranger().Get<AccountLinkRequests>().AskAsync(link, new() { Identifier = identifier }, None));
            await AskAsync("warm@mail.example");
            var unknown = await AskAsync("nobody@mail.example");
            Assert.Equal((unknown, unknown, unknown), (await AskAsync(account.Email), await AskAsync(account.UserName), await AskAsync(account.Typed)));
            Assert.Equal(0, unknown.Hashes);
        }
    }

    [Theory, BothDatabases, Trait("contract", "M-028")]
    public async Task Signing_in_takes_as_much_with_a_wrong_password_as_with_an_unknown_name(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var account = await Given.AccountAsync(shop.Open, Roles.Customer);
        Task<Effort> TryAsync(string identifier) => EffortAsync(shop, () => shop.AsStranger().Get<SignInService>().ProveAsync(new() { Identifier = identifier, Password = "not this one 1" }, None));
        await TryAsync("warm@mail.example");
        var unknown = await TryAsync("nobody@mail.example");
        Assert.Equal((unknown, unknown), (await TryAsync(account.Email), await TryAsync(account.UserName)));
        Assert.Equal(1, unknown.Hashes);
    }

    private static Crm.Web.Features.Accounts.Registration.RegistrationForm Form(string email)
    {
        var form = Joining.Form(email);
        form.NotifyByEmail = true;
        return form;
    }

    private static async Task<Effort> EffortAsync(TestShop shop, Func<Task> deedAsync)
    {
        var hasher = shop.Get<PasswordHasher>();
        using var statements = new QueryCount(shop, "");
        var before = hasher.Worked;
        await deedAsync();
        return new Effort(hasher.Worked - before, statements.Value);
    }

    private sealed record Effort(int Hashes, int Statements);
}
