namespace Crm.E2E.Journeys;

/// <summary>Everybody comes in by the same door and lands where they belong.</summary>
[Collection(StreetCollection.Name)]
public sealed class SignInJourney(Street street)
{
    [Theory]
    [InlineData("owner", "/today", "SQLite")]
    [InlineData("manager", "/today", "SQLite")]
    [InlineData("agent", "/today", "PostgreSQL")]
    [InlineData("customer", "/me", "PostgreSQL")]
    [Trait("contract", "M-033"), Trait("contract", "M-037"), Trait("contract", "M-300")]
    public async Task Each_role_lands_on_its_own_first_page(string person, string home, string database)
    {
        await using var visitor = await street.ComeAsync(street.Shop(database));

        await visitor.SignInAsync(person);

        Assert.Equal(home, new Uri(visitor.Page.Url).AbsolutePath);
        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        Assert.Empty(visitor.Complaints);
    }

    [Fact]
    public async Task A_wrong_password_is_said_in_one_sentence_and_the_name_stays()
    {
        await using var visitor = await street.ComeAsync(street.Sqlite);
        var page = visitor.Page;
        await page.GoAsync("/account/sign-in");
        await page.GetByLabel("E-mail, user name or mobile number").FillAsync("owner");
        await page.GetByLabel("Password").FillAsync("not it");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Alert).First).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByLabel("E-mail, user name or mobile number")).ToHaveValueAsync("owner");
        await Assertions.Expect(page.GetByLabel("Password")).ToHaveValueAsync("");
    }

    [Theory]
    [InlineData("customer", "/today")]
    [InlineData("customer", "/leads")]
    [InlineData("customer", "/customers")]
    [InlineData("agent", "/reports")]
    [InlineData("manager", "/import")]
    [Trait("contract", "M-043"), Trait("contract", "M-046")]
    public async Task A_page_of_somebody_else_is_refused(string person, string path)
    {
        await using var visitor = await street.ComeAsync(street.Sqlite);
        await visitor.SignInAsync(person);

        await visitor.Page.GoAsync(path);

        Assert.Equal("/account/refused", new Uri(visitor.Page.Url).AbsolutePath);
    }

    [Theory]
    [InlineData("/today")]
    [InlineData("/me")]
    [InlineData("/leads")]
    [InlineData("/customers/export.csv")]
    public async Task A_stranger_is_asked_to_sign_in_first(string path)
    {
        await using var visitor = await street.ComeAsync(street.Sqlite);

        await visitor.Page.GoAsync(path);

        Assert.Equal("/account/sign-in", new Uri(visitor.Page.Url).AbsolutePath);
        Assert.Contains("returnUrl", new Uri(visitor.Page.Url).Query, StringComparison.OrdinalIgnoreCase);
    }
}
