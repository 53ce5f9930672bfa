namespace Crm.E2E.Journeys;

/// <summary>A customer on a phone looks after what is theirs.</summary>
[Collection(StreetCollection.Name)]
public sealed class PortalJourney(Street street)
{
    [Theory, OnBothDatabases, Trait("contract", "M-069"), Trait("contract", "M-075"), Trait("contract", "M-077"), Trait("contract", "M-080")]
    public async Task A_customer_sees_points_and_orders_and_changes_the_profile(string database)
    {
        await using var customer = await (await street.ComeAsync(street.Shop(database), Window.Phone)).SignInAsync("customer");
        var page = customer.Page;
        await Assertions.Expect(page.GetByText("2,480")).ToBeVisibleAsync();

        await page.GoAsync("/me/profile");
        await page.GetByLabel("In your own words (optional)", new() { Exact = true }).FillAsync("No groundnut oil, and little salt.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save profile" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "saved" })).ToBeVisibleAsync();
        await page.ReloadAsync();

        await Assertions.Expect(page.GetByLabel("In your own words (optional)", new() { Exact = true })).ToHaveValueAsync("No groundnut oil, and little salt.");
        Assert.Empty(customer.Complaints);
    }

    [Theory]
    [InlineData("/me/orders")]
    [InlineData("/me/points")]
    public async Task Every_page_of_the_portal_opens_on_a_phone_without_sideways_scrolling(string path)
    {
        await using var customer = await (await street.ComeAsync(street.Sqlite, Window.Phone)).SignInAsync("customer");

        await customer.Page.GoAsync(path);

        await Assertions.Expect(customer.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        Assert.True(await customer.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"));
        Assert.Empty(customer.Complaints);
    }
}
