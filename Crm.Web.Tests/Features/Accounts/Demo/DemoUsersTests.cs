using System.Net;
using Crm.Data.Seed;
using Crm.Data.Storage;
using Crm.Web.Features.Accounts;
using Crm.Web.Features.Accounts.Demo;
using Crm.Web.Platform.Access;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Accounts.Demo;

public sealed class DemoUsersTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory, BothDatabases, Trait("contract", "M-007")]
    public async Task An_empty_shop_gets_them_once_each_with_their_role_and_an_Argon2id_hash(DatabaseKind kind)
    {
        await using var shop = await EmptyShopAsync(kind, "Development");
        Assert.Empty(await shop.Get<DemoUsers>().OffersAsync(None));
        Assert.True(await shop.Get<DemoUsers>().EnsureAsync(None));
        Assert.True(await shop.Get<DemoUsers>().EnsureAsync(None));

        foreach (var person in DemoPeople.All)
        {
            var proved = await shop.AsStranger().Get<SignInService>().ProveAsync(new() { Identifier = person.UserName, Password = DemoPeople.Password }, None);
            Assert.Equal(person.Id, proved.Value.UserId);
        }
        await using var db = shop.Open();
        Assert.Equal(DemoPeople.All.Count, await db.Users.CountAsync(u => u.PasswordHash!.StartsWith("$argon2id$v=19$m=19456,t=2,p=1$")));
        Assert.Equal(DemoPeople.Staff.Select(p => p.Name).Order(), (await shop.Get<StaffDirectory>().ReadAsync(None)).Assignable.Select(m => m.Name).Order());
        Assert.Equal(["owner", "manager", "agent", "customer"], (await shop.Get<DemoUsers>().OffersAsync(None)).Select(p => p.UserName));
    }

    [Theory, BothDatabases]
    public async Task A_shop_with_accounts_of_its_own_never_gets_them(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind, "Development");
        Assert.False(await shop.Get<DemoUsers>().EnsureAsync(None));
        Assert.Empty(await shop.Get<DemoUsers>().OffersAsync(None));
        await using var db = shop.Open();
        Assert.Equal(TestPeople.All.Length, await db.Users.CountAsync());
    }

    [Theory, BothDatabases]
    public async Task Nor_does_Production_nor_any_place_where_nobody_asked(DatabaseKind kind)
    {
        foreach (var environment in new[] { "Production", "Testing" })
        {
            await using var shop = await EmptyShopAsync(kind, environment);
            Assert.False(await shop.Get<DemoUsers>().EnsureAsync(None));
            await using var db = shop.Open();
            Assert.False(await db.Users.AnyAsync());
        }
    }

    [Theory, BothDatabases]
    public async Task The_sign_in_page_offers_them_in_Development_and_fills_one_in(DatabaseKind kind)
    {
        await using var site = await TestSite.OpenAsync(kind, "Development", TestPeople.RemoveAccountsAsync);
        using var browser = site.Browser();
        await browser.GoAsync("/account/sign-in?returnUrl=%2Fcustomers");
        Assert.True(browser.Status is HttpStatusCode.OK, await browser.Answer.Content.ReadAsStringAsync());
        Assert.Equal(["owner", "manager", "agent", "customer"], browser.Page.QuerySelectorAll("nav[aria-label='Demo sign-ins'] a").Select(a => a.TextContent));
        Assert.Contains("password123", browser.Text, StringComparison.Ordinal);

        await browser.GoAsync(browser.Page.QuerySelector("a[aria-label='Fill in agent']")!.GetAttribute("href")!);
        Assert.Equal(("agent", "password123"), (browser.Control(SignInPageTests.Who).Value, browser.Control("Password").Value));
        await browser.SubmitAsync("Sign in");
        Assert.Equal("/customers", browser.Location);
    }

    [Theory, BothDatabases]
    public async Task The_sign_in_page_offers_nothing_elsewhere(DatabaseKind kind)
    {
        foreach (var environment in new[] { "Production", "Development" })
        {
            await using var site = await TestSite.OpenAsync(kind, environment);
            using var browser = site.Browser();
            await browser.GoAsync("/account/sign-in?demo=owner");
            Assert.Equal(("", ""), (browser.Control(SignInPageTests.Who).Value, browser.Control("Password").Value));
            Assert.DoesNotContain("password123", await browser.Answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    private static async Task<TestShop> EmptyShopAsync(DatabaseKind kind, string environment)
    {
        var shop = await TestShop.OpenAsync(kind, environment);
        await using var db = shop.Open();
        await TestPeople.RemoveAccountsAsync(db);
        return shop;
    }
}
