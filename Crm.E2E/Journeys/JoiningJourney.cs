namespace Crm.E2E.Journeys;

/// <summary>Somebody joins, proves the address, signs in, forgets the password and gets another one: by the mails of the shop alone.</summary>
[Collection(StreetCollection.Name)]
public sealed class JoiningJourney(Street street)
{
    private const string First = "Egusi & ogbono 4";
    private const string Second = "Cassava & 2 limes";

    [Theory, OnBothDatabases]
    [Trait("contract", "M-001"), Trait("contract", "M-018"), Trait("contract", "M-020"), Trait("contract", "M-022"), Trait("contract", "M-024"), Trait("contract", "M-026")]
    public async Task From_joining_to_a_forgotten_password(string database)
    {
        await using var visitor = await street.ComeAsync(street.Shop(database), Window.Phone);
        var page = visitor.Page;
        var email = $"chidinma.{database}@mail.example".ToLowerInvariant();
        await page.GoAsync("/account/sign-in");
        await page.GetByRole(AriaRole.Link, new() { Name = "Join" }).ClickAsync();
        await page.GetByLabel("First name").FillAsync("Chidinma");
        await page.GetByLabel("E-mail", new() { Exact = true }).FillAsync(email);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(First);
        await page.GetByLabel("Password again").FillAsync(First);
        await page.GetByLabel("E-mail.").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Join" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Look in your mail" })).ToBeVisibleAsync();

        await page.GoAsync(await LinkAsync(visitor, email, "/account/verify"));
        await page.GetByLabel("Your password").FillAsync(First);
        await page.GetByRole(AriaRole.Button, new() { Name = "Confirm my e-mail" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Your e-mail is confirmed" })).ToBeVisibleAsync();
        await visitor.SignInAsync(email, First);
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Chidinma" })).ToBeVisibleAsync();

        await using var elsewhere = await street.ComeAsync(street.Shop(database));
        var other = elsewhere.Page;
        await other.GoAsync("/account/sign-in");
        await other.GetByRole(AriaRole.Link, new() { Name = "Forgotten your password?" }).ClickAsync();
        await Assertions.Expect(other.GetByRole(AriaRole.Heading, new() { Name = "Forgotten your password?" })).ToBeVisibleAsync();
        await other.GetByLabel("E-mail, user name or mobile number").FillAsync(email);
        await other.GetByRole(AriaRole.Button, new() { Name = "Send me a link" }).ClickAsync();
        await Assertions.Expect(other.GetByRole(AriaRole.Heading, new() { Name = "Look in your mail" })).ToBeVisibleAsync();
        var link = await LinkAsync(elsewhere, email, "/account/reset");
        await other.GoAsync(link);
        await other.GetByLabel("New password", new() { Exact = true }).FillAsync(Second);
        await other.GetByLabel("New password again").FillAsync(Second);
        await other.GetByRole(AriaRole.Button, new() { Name = "Set the new password" }).ClickAsync();
        await Assertions.Expect(other.GetByRole(AriaRole.Heading, new() { Name = "Your password is changed" })).ToBeVisibleAsync();

        // the page that was open leaves by itself: its session is over
        await page.WaitForURLAsync(url => url.Contains("/account/sign-in", StringComparison.Ordinal));
        await elsewhere.SignInAsync(email, Second);
        Assert.Equal("/me", new Uri(other.Url).AbsolutePath);
        await other.GoAsync(link);
        await Assertions.Expect(other.GetByRole(AriaRole.Alert)).ToContainTextAsync("does not work any more");
        Assert.Empty(visitor.Complaints);
        Assert.Empty(elsewhere.Complaints);
    }

    /// <summary>The link in the newest mail to an address, as soon as it has come.</summary>
    private static async Task<string> LinkAsync(Visitor visitor, string email, string path)
    {
        var page = visitor.Page;
        var link = page.Locator($"pre a[href*='{path}?token=']");
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            patience.Token.ThrowIfCancellationRequested();
            await page.GoAsync("/dev/mail");
            var mail = page.GetByRole(AriaRole.Link).Filter(new() { HasText = email });
            if (await mail.CountAsync() == 0) continue;
            await page.GoAsync((await mail.First.GetAttributeAsync("href"))!);
            if (await link.CountAsync() > 0) return (await link.First.GetAttributeAsync("href"))!;
        }
    }
}
