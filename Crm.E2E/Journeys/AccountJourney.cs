using System.Text.Json;

namespace Crm.E2E.Journeys;

/// <summary>Other ways in than a password, and who is signed out when.</summary>
[Collection(StreetCollection.Name)]
public sealed class AccountJourney(Street street)
{
    [Theory, OnBothDatabases]
    [Trait("contract", "M-032")]
    public async Task Signing_out_everywhere_else_closes_the_page_that_is_open_elsewhere(string database)
    {
        var shop = street.Shop(database);
        await using var here = await street.ComeAsync(shop);
        await here.SignInAsync("agent");
        await using var elsewhere = await street.ComeAsync(shop, Window.Phone);
        await elsewhere.SignInAsync("agent");
        await elsewhere.Page.GoAsync("/leads");

        await here.Page.GoAsync("/account/sessions");
        await here.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out everywhere else" }).ClickAsync();

        await Assertions.Expect(here.Page.GetByText("You are signed out everywhere else.")).ToBeVisibleAsync();
        await Assertions.Expect(elsewhere.Page.GetByText("You were signed out")).ToBeVisibleAsync();
        Assert.Equal("/account/sign-in", new Uri(elsewhere.Page.Url).AbsolutePath);
        Assert.Contains("returnUrl=%2Fleads", elsewhere.Page.Url, StringComparison.Ordinal);
        await elsewhere.Page.GoAsync("/leads");
        Assert.Equal("/account/sign-in", new Uri(elsewhere.Page.Url).AbsolutePath);
        Assert.Empty(here.Complaints);
    }

    [Fact]
    public async Task A_page_that_is_kept_from_leaving_is_cut_off_within_a_minute()
    {
        await using var here = await street.ComeAsync(street.Sqlite);
        await here.SignInAsync("agent");
        await using var elsewhere = await street.ComeAsync(street.Sqlite);
        await elsewhere.SignInAsync("agent");
        await elsewhere.Page.GoAsync("/today"); // its line is not the one that is watched
        var cut = new TaskCompletionSource();
        elsewhere.Page.WebSocket += (_, line) => line.Close += (_, _) => cut.TrySetResult();
        await elsewhere.Page.RouteAsync("**/account/sign-in**", route => route.FulfillAsync(new() { Status = 204 }));
        await elsewhere.Page.GoAsync("/leads");
        Assert.False(cut.Task.IsCompleted);

        await here.Page.GoAsync("/account/sessions");
        await here.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out everywhere else" }).ClickAsync();

        await cut.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }

    [Theory, OnBothDatabases]
    public async Task A_code_from_the_phone_and_a_recovery_code_let_in_after_the_password(string database)
    {
        var shop = street.Shop(database);
        await using var here = await street.ComeAsync(shop, Window.Phone);
        await here.SignInAsync("agent2");
        var page = here.Page;
        await page.GoAsync("/account/two-step");
        var phone = new Authenticator(await page.Locator("#authenticator-key").InnerTextAsync());
        await page.GetByLabel("Code").FillAsync(phone.Code());
        await page.GetByLabel("Your password").FillAsync("password123");
        await page.GetByRole(AriaRole.Button, new() { Name = "Switch on" }).ClickAsync();
        await Assertions.Expect(page.Locator("#recovery-codes li")).ToHaveCountAsync(10);
        var codes = await page.Locator("#recovery-codes li").AllInnerTextsAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Copy" })).ToBeVisibleAsync();

        // the code of the next half minute is taken already, and the one that was used is not
        foreach (var code in new[] { phone.Code(later: 1), codes[0] })
        {
            await using var again = await street.ComeAsync(shop, Window.Phone);
            await again.Page.GoAsync("/account/sign-in");
            await again.Page.GetByLabel("E-mail, user name or mobile number").FillAsync("agent2");
            await again.Page.GetByLabel("Password").FillAsync("password123");
            await again.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
            await again.Page.GetByLabel("Code").FillAsync(code);
            await again.Page.GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();
            await again.Page.WaitForURLAsync("**/today");
            Assert.Empty(again.Complaints);
        }

        await page.GoAsync("/account/two-step");
        await page.GetByLabel("Switch two-step sign-in off").CheckAsync();
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Code" }).FillAsync(codes[1]);
        await page.GetByLabel("Your password").FillAsync("password123");
        await page.GetByRole(AriaRole.Button, new() { Name = "Confirm the change" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Your password alone lets you in.")).ToBeVisibleAsync();
        Assert.Empty(here.Complaints);
    }

    [Theory, OnBothDatabases]
    public async Task A_passkey_is_added_named_used_and_removed(string database)
    {
        var shop = street.Shop(database);
        await using var visitor = await street.ComeAsync(shop);
        var page = visitor.Page;
        var device = await page.Context.NewCDPSessionAsync(page);
        await device.SendAsync("WebAuthn.enable");
        var authenticator = (await device.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new { protocol = "ctap2", transport = "internal", hasResidentKey = true, hasUserVerification = true, isUserVerified = true, automaticPresenceSimulation = true },
        }))!.Value.GetProperty("authenticatorId").GetString()!;
        await visitor.SignInAsync("customer");

        await page.GoAsync("/account/passkeys");
        await page.GetByLabel("Name").FillAsync("Blue phone");
        await page.GetByLabel("Your password").FillAsync("not it");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a passkey" }).ClickAsync();
        await Assertions.Expect(page.GetByText("This is not your password.")).ToBeVisibleAsync();
        await page.GetByLabel("Your password").FillAsync("password123");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a passkey" }).ClickAsync();
        await Assertions.Expect(page.GetByText("The passkey is yours to sign in with.")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Blue phone" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Blue phone" })).ToBeVisibleAsync();
        await page.GetByLabel("Name").FillAsync("Green phone");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the name" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Green phone" })).ToBeVisibleAsync();

        // by the button
        await PresenceAsync(device, authenticator, present: false);
        await SignOutAsync(page);
        await page.GoAsync("/account/sign-in?passkey=refused");
        await PresenceAsync(device, authenticator, present: true);
        await page.GetByRole(AriaRole.Button, new() { Name = "Use a passkey" }).ClickAsync();
        await page.WaitForURLAsync("**/me");

        // by the field's own offer: it is taken as soon as the page is there
        await SignOutAsync(page);
        await page.WaitForURLAsync("**/me");

        await page.GoAsync("/account/passkeys");
        await page.GetByRole(AriaRole.Link, new() { Name = "Green phone" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove this passkey" }).ClickAsync();
        await Assertions.Expect(page.GetByText("The passkey is gone.")).ToBeVisibleAsync();
        await SignOutAsync(page);
        await Assertions.Expect(page.GetByText("This passkey did not work here.")).ToBeVisibleAsync();
        Assert.Empty(visitor.Complaints);
    }

    private static Task<JsonElement?> PresenceAsync(ICDPSession device, string authenticator, bool present) =>
        device.SendAsync("WebAuthn.setAutomaticPresenceSimulation", new() { ["authenticatorId"] = authenticator, ["enabled"] = present });

    private static async Task SignOutAsync(IPage page)
    {
        await page.GoAsync("/account/refused");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.WaitForURLAsync(url => new Uri(url).AbsolutePath != "/account/refused");
    }
}
