namespace Crm.E2E.Journeys;

/// <summary>A lead is worked until it is a customer with an opportunity, and the opportunity until it is won.</summary>
[Collection(StreetCollection.Name)]
public sealed class OpportunityJourney(Street street)
{
    [Theory, OnBothDatabases, Trait("contract", "M-138"), Trait("contract", "M-231"), Trait("contract", "M-127")]
    public async Task A_lead_becomes_a_customer_with_an_opportunity_that_is_won(string database)
    {
        await using var agent = await (await street.ComeAsync(street.Shop(database))).SignInAsync("agent");
        var page = agent.Page;
        const string lead = "Harambee Community Church";
        await OpenAsync(page, "/leads");

        await ChooseAsync(page, lead, "Qualified");
        await Assertions.Expect(Card(page, "Qualified", lead)).ToBeVisibleAsync();
        await ChooseAsync(page, lead, "Converted");
        var convert = page.GetByRole(AriaRole.Alertdialog, new() { Name = $"Make {lead} a customer?" });
        await Assertions.Expect(convert.GetByLabel("Make an opportunity too")).Not.ToBeCheckedAsync(); // it has one
        await convert.GetByLabel("Make an opportunity too").CheckAsync();
        await Assertions.Expect(convert.GetByLabel("Amount")).ToHaveValueAsync("1150");
        await convert.GetByLabel("Title").FillAsync("Dinner for 140");
        await convert.GetByRole(AriaRole.Button, new() { Name = "Convert to customer" }).ClickAsync();
        await Assertions.Expect(Card(page, "Converted", lead)).ToBeVisibleAsync();

        await OpenAsync(page, "/opportunities");
        await ChooseAsync(page, "Dinner for 140", "Won");
        var won = page.GetByRole(AriaRole.Alertdialog, new() { Name = "Why was Dinner for 140 won?" });
        await won.GetByLabel("Quality").CheckAsync();
        await won.GetByRole(AriaRole.Button, new() { Name = "Mark as won" }).ClickAsync();

        await Assertions.Expect(Card(page, "Won", "Dinner for 140")).ToBeVisibleAsync();
        Assert.Empty(agent.Complaints);
    }

    [Fact, Trait("contract", "M-138"), Trait("contract", "M-166")]
    public async Task The_same_goes_by_keyboard_alone()
    {
        await using var agent = await (await street.ComeAsync(street.Sqlite)).SignInAsync("agent");
        var page = agent.Page;
        const string lead = "Island Spice Catering";
        await OpenAsync(page, "/leads");

        await Card(page, "New", lead).FocusAsync();
        await PressAsync(page, "]", "Contacted", lead);
        await PressAsync(page, "]", "Qualified", lead);
        await page.Keyboard.PressAsync("]");
        var convert = page.GetByRole(AriaRole.Alertdialog, new() { Name = $"Make {lead} a customer?" });
        await Assertions.Expect(convert.GetByLabel("Make an opportunity too")).ToBeCheckedAsync();
        await Assertions.Expect(convert.GetByRole(AriaRole.Button, new() { Name = "Cancel" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(Card(page, "Converted", lead)).ToBeVisibleAsync();

        await OpenAsync(page, "/opportunities");
        await Card(page, "Qualified", lead).FocusAsync();
        await PressAsync(page, "]", "Proposal", lead);
        await PressAsync(page, "]", "Negotiation", lead);
        await page.Keyboard.PressAsync("]");
        var won = page.GetByRole(AriaRole.Alertdialog, new() { Name = $"Why was {lead} won?" });
        await Assertions.Expect(won.GetByRole(AriaRole.Button, new() { Name = "Cancel" })).ToBeFocusedAsync();
        // back over the note to the reasons, and forward over the note and the way back to the deed
        foreach (var key in new[] { "Shift+Tab", "Shift+Tab", "Space", "Tab", "Tab", "Tab" }) await page.Keyboard.PressAsync(key);
        await Assertions.Expect(won.GetByRole(AriaRole.Button, new() { Name = "Mark as won" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(Card(page, "Won", lead)).ToBeVisibleAsync();
        Assert.Empty(agent.Complaints);
    }

    private static async Task OpenAsync(IPage page, string address)
    {
        await page.GoAsync(address);
        await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "Qualified", Exact = true })).ToBeVisibleAsync();
    }

    private static async Task ChooseAsync(IPage page, string card, string column)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = $"Move {card} to…", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = column, Exact = true }).ClickAsync();
    }

    // The focus follows the card before the next key.
    private static async Task PressAsync(IPage page, string key, string column, string card)
    {
        await page.Keyboard.PressAsync(key);
        await Assertions.Expect(Card(page, column, card)).ToBeFocusedAsync();
    }

    private static ILocator Card(IPage page, string column, string name) => page.GetByRole(AriaRole.Region, new() { Name = column, Exact = true }).GetByRole(AriaRole.Link, new() { Name = name, Exact = true });
}
