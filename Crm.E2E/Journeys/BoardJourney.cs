namespace Crm.E2E.Journeys;

/// <summary>An agent works the board; a colleague's board follows without a reload.</summary>
[Collection(StreetCollection.Name)]
public sealed class BoardJourney(Street street)
{
    [Theory, OnBothDatabases, Trait("contract", "M-166"), Trait("contract", "M-127")]
    public async Task A_card_moved_by_keyboard_moves_on_the_colleagues_board_too(string database)
    {
        var shop = street.Shop(database);
        await using var agent = await (await street.ComeAsync(shop)).SignInAsync("agent");
        await using var manager = await (await street.ComeAsync(shop)).SignInAsync("manager");
        await OpenBoardAsync(agent);
        await OpenBoardAsync(manager);
        var name = await Card(agent.Page, "New").InnerTextAsync();

        await Card(agent.Page, "New").FocusAsync();
        await agent.Page.Keyboard.PressAsync("]");

        await Assertions.Expect(Lane(agent.Page, "Contacted").GetByRole(AriaRole.Link, new() { Name = name, Exact = true })).ToBeVisibleAsync();
        await Assertions.Expect(Lane(manager.Page, "Contacted").GetByRole(AriaRole.Link, new() { Name = name, Exact = true })).ToBeVisibleAsync();
        await Assertions.Expect(agent.Page.GetByText($"Moved {name} to Contacted")).ToBeAttachedAsync();
        Assert.Empty(agent.Complaints);
        Assert.Empty(manager.Complaints);
    }

    [Fact, Trait("contract", "M-127")]
    public async Task Losing_a_lead_asks_for_the_reason_first()
    {
        await using var agent = await (await street.ComeAsync(street.Sqlite)).SignInAsync("agent");
        await OpenBoardAsync(agent);
        var page = agent.Page;
        var name = await Card(page, "Qualified").InnerTextAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = $"Move {name} to…" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Lost" }).ClickAsync();

        var dialog = page.GetByRole(AriaRole.Alertdialog, new() { Name = $"Why was {name} lost?" });
        await dialog.GetByLabel("Price").CheckAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Mark as lost" }).ClickAsync();

        await Assertions.Expect(Lane(page, "Lost").GetByRole(AriaRole.Link, new() { Name = name, Exact = true })).ToBeVisibleAsync();
        Assert.Empty(agent.Complaints);
    }

    [Fact, Trait("contract", "M-127")]
    public async Task A_column_that_takes_no_card_of_this_person_says_why_while_one_is_dragged_there()
    {
        await using var owner = await (await street.ComeAsync(street.Sqlite)).SignInAsync("owner");
        await owner.Page.GoAsync("/rights");
        var right = owner.Page.GetByRole(AriaRole.Switch, new() { Name = "Agent: Add and edit customers" });
        await right.UncheckAsync();
        await Assertions.Expect(owner.Page.GetByText("Came on")).ToBeVisibleAsync();

        await using var agent = await (await street.ComeAsync(street.Sqlite)).SignInAsync("agent");
        await OpenBoardAsync(agent);
        var page = agent.Page;
        var why = Lane(page, "Converted").GetByText("Your role may not turn leads into customers.");
        var name = await Card(page, "Qualified").InnerTextAsync();
        await Lane(page, "Qualified").GetByRole(AriaRole.Listitem).First.HoverAsync();
        await page.Mouse.DownAsync();
        await Lane(page, "Converted").HoverAsync(new() { Force = true });
        await Lane(page, "Converted").HoverAsync(new() { Force = true, Position = new() { X = 60, Y = 200 } });
        await Assertions.Expect(why).ToBeVisibleAsync();
        await page.Mouse.UpAsync();

        await Assertions.Expect(why).ToBeHiddenAsync();
        await Assertions.Expect(Lane(page, "Qualified").GetByRole(AriaRole.Link, new() { Name = name, Exact = true })).ToBeVisibleAsync();
        await right.CheckAsync();
        await Assertions.Expect(owner.Page.GetByText("Came on")).ToBeHiddenAsync();
        Assert.Empty(agent.Complaints);
    }

    [Fact, Trait("contract", "M-127")]
    public async Task A_menu_is_gone_through_by_arrow_keys_and_left_by_esc_and_tab()
    {
        await using var agent = await (await street.ComeAsync(street.Sqlite)).SignInAsync("agent");
        await OpenBoardAsync(agent);
        var page = agent.Page;
        var name = await Card(page, "New").InnerTextAsync();
        var move = page.GetByRole(AriaRole.Button, new() { Name = $"Move {name} to…" });
        await move.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await GoThroughAsync("Top of New", "Contacted", "Lost");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(move).ToBeFocusedAsync();

        await Card(page, "New").ClickAsync();
        var drawer = page.GetByRole(AriaRole.Dialog);
        var more = drawer.GetByRole(AriaRole.Button, new() { Name = "More", Exact = true });
        await more.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await GoThroughAsync("Edit", "Copy link", "Copy link");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(more).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Menuitem, new() { Name = "Edit" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(drawer.GetByRole(AriaRole.Button, new() { Name = "Close", Exact = true })).ToBeFocusedAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Menuitem)).ToHaveCountAsync(0);
        Assert.Empty(agent.Complaints);

        async Task GoThroughAsync(string first, string second, string last)
        {
            foreach (var (key, item) in new[] { ("", first), ("ArrowDown", second), ("ArrowUp", first), ("ArrowUp", last), ("ArrowDown", first), ("End", last), ("Home", first) })
            {
                if (key.Length > 0) await page.Keyboard.PressAsync(key);
                await Assertions.Expect(page.GetByRole(AriaRole.Menuitem, new() { Name = item, Exact = true })).ToBeFocusedAsync();
            }
        }
    }

    [Theory]
    [InlineData("agent", 0)]
    [InlineData("manager", 1)]
    [Trait("contract", "M-035"), Trait("contract", "M-034")]
    public async Task An_agent_sees_no_delete_where_a_manager_does(string person, int deletes)
    {
        await using var visitor = await (await street.ComeAsync(street.Postgres)).SignInAsync(person);
        await OpenBoardAsync(visitor);
        await Card(visitor.Page, "New").ClickAsync();
        var drawer = visitor.Page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(drawer.GetByRole(AriaRole.Button, new() { Name = "Save note" })).ToBeVisibleAsync();

        await drawer.GetByRole(AriaRole.Button, new() { Name = "More", Exact = true }).ClickAsync();

        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Delete" })).ToHaveCountAsync(deletes);
    }

    private static async Task OpenBoardAsync(Visitor visitor)
    {
        await visitor.Page.GoAsync("/leads");
        await Assertions.Expect(Card(visitor.Page, "New")).ToBeVisibleAsync();
    }

    private static ILocator Lane(IPage page, string stage) => page.GetByRole(AriaRole.Region, new() { Name = stage, Exact = true });

    private static ILocator Card(IPage page, string stage) => Lane(page, stage).GetByRole(AriaRole.Listitem).GetByRole(AriaRole.Link).First;
}
