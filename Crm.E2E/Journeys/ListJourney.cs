using System.Text.RegularExpressions;

namespace Crm.E2E.Journeys;

/// <summary>Leads as a list: changed in bulk and back, edited in a cell, kept as a view that a colleague opens.</summary>
[Collection(StreetCollection.Name)]
public sealed partial class ListJourney(Street street)
{
    [Theory, OnBothDatabases, Trait("contract", "M-130"), Trait("contract", "M-126")]
    public async Task All_that_match_are_assigned_and_given_back(string database)
    {
        await using var manager = await (await street.ComeAsync(street.Shop(database))).SignInAsync("manager");
        var page = manager.Page;
        await OpenAsync(page, "/leads/list?priority=low");
        var before = await OwnersAsync(page);

        await page.GetByLabel("Select this page").CheckAsync();
        await page.GetByRole(AriaRole.Region, new() { Name = "Chosen leads" }).GetByRole(AriaRole.Button, new() { Name = "Assign" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog, new() { Name = "Assign to" }).GetByRole(AriaRole.Button, new() { Name = "Nobody" }).ClickAsync();

        var run = page.GetByRole(AriaRole.Region, new() { NameRegex = Taken() });
        await Assertions.Expect(run).ToContainTextAsync("done:");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { NameRegex = OfNobody() }).First).ToBeVisibleAsync();
        await run.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Taken back")).ToBeVisibleAsync();
        await page.ReloadAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Table, new() { Name = "Leads" })).ToBeVisibleAsync();
        Assert.Equal(before, await OwnersAsync(page));
        Assert.Empty(manager.Complaints);
    }

    [Fact, Trait("contract", "M-126")]
    public async Task A_double_click_starts_one_run_opens_no_lead_and_takes_it_back_once()
    {
        await using var manager = await (await street.ComeAsync(street.Sqlite)).SignInAsync("manager");
        var page = manager.Page;
        await OpenAsync(page, "/leads/list?priority=medium");
        await page.GetByLabel("Select this page").CheckAsync();
        await page.GetByRole(AriaRole.Region, new() { Name = "Chosen leads" }).GetByRole(AriaRole.Button, new() { Name = "Assign" }).ClickAsync();

        await page.GetByRole(AriaRole.Dialog, new() { Name = "Assign to" }).GetByRole(AriaRole.Button, new() { Name = "Nobody" }).DblClickAsync();

        var run = page.GetByRole(AriaRole.Region, new() { NameRegex = Taken() });
        await Assertions.Expect(run).ToHaveCountAsync(1);
        await Assertions.Expect(run).ToContainTextAsync("done:");
        Assert.EndsWith("/leads/list?priority=medium", page.Url, StringComparison.Ordinal);

        await OpenAsync(page, "/leads/list");
        await Assertions.Expect(run).ToContainTextAsync("done:");
        await run.GetByRole(AriaRole.Button, new() { Name = "Undo" }).DblClickAsync();
        await Assertions.Expect(page.GetByText("Taken back")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("There is nothing left of this change")).ToHaveCountAsync(0);
        await OpenAsync(page, "/leads/list");
        await Assertions.Expect(run).ToHaveCountAsync(0);
        Assert.Empty(manager.Complaints);
    }

    [Fact, Trait("contract", "M-126")]
    public async Task A_cell_is_edited_by_keyboard_and_taken_back_from_the_toast()
    {
        await using var agent = await (await street.ComeAsync(street.Postgres)).SignInAsync("agent");
        var page = agent.Page;
        await OpenAsync(page, "/leads/list?sort=value");
        var value = page.GetByRole(AriaRole.Button, new() { NameRegex = ValueOf() }).First;
        var before = await value.GetAttributeAsync("aria-label") ?? "";
        var name = before[..before.IndexOf(':', StringComparison.Ordinal)];

        await value.ClickAsync();
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Value", Exact = true }).FillAsync("77");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.GetByLabel(before, new() { Exact = true })).ToBeVisibleAsync();
        await page.GetByLabel(before, new() { Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Value", Exact = true }).FillAsync("77");
        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page.GetByLabel($"{name}: $77", new() { Exact = true })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Assertions.Expect(page.GetByLabel(before, new() { Exact = true })).ToBeVisibleAsync();
        Assert.Empty(agent.Complaints);
    }

    [Fact, Trait("contract", "M-130")]
    public async Task A_view_is_saved_and_shared_and_a_colleague_opens_it()
    {
        await using var manager = await (await street.ComeAsync(street.Sqlite)).SignInAsync("manager");
        var page = manager.Page;
        await OpenAsync(page, "/leads/list?priority=high&sort=-value");
        await page.GetByRole(AriaRole.Button, new() { Name = "Views" }).ClickAsync();
        await page.GetByLabel("Keep what is shown as a view").FillAsync("Worth a call");
        await page.GetByLabel("Share with everybody here").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save view" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Navigation, new() { Name = "Views" }).GetByRole(AriaRole.Link, new() { NameRegex = Worth() })).ToHaveAttributeAsync("aria-current", "page");

        await using var agent = await (await street.ComeAsync(street.Sqlite)).SignInAsync("agent");
        await OpenAsync(agent.Page, "/leads/list");
        await agent.Page.GetByRole(AriaRole.Navigation, new() { Name = "Views" }).GetByRole(AriaRole.Link, new() { NameRegex = Worth() }).ClickAsync();

        await Assertions.Expect(agent.Page).ToHaveURLAsync(Shared());
        await Assertions.Expect(agent.Page.GetByRole(AriaRole.Columnheader, new() { Name = "Value" })).ToHaveAttributeAsync("aria-sort", "descending");
        Assert.Empty(manager.Complaints);
        Assert.Empty(agent.Complaints);
    }

    [Fact, Trait("contract", "M-130")]
    public async Task A_lead_that_was_opened_from_the_list_gives_the_list_back()
    {
        await using var agent = await (await street.ComeAsync(street.Sqlite)).SignInAsync("agent");
        var page = agent.Page;
        await OpenAsync(page, "/leads/list?priority=high&sort=-value");
        var first = page.GetByRole(AriaRole.Table, new() { Name = "Leads" }).GetByRole(AriaRole.Link).First;
        var name = (await first.InnerTextAsync()).Split('\n')[^1].Trim(); // behind the initials

        await first.ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog, new() { Name = name }).GetByRole(AriaRole.Heading, new() { Name = name })).ToBeFocusedAsync(); // it has entered
        await page.Keyboard.PressAsync("Escape");

        await Assertions.Expect(page).ToHaveURLAsync(HighByValue());
        await Assertions.Expect(page.GetByRole(AriaRole.Table, new() { Name = "Leads" }).GetByRole(AriaRole.Link).First).ToContainTextAsync(name);
        Assert.Empty(agent.Complaints);
    }

    private static async Task OpenAsync(IPage page, string address)
    {
        await page.GoAsync(address);
        await Assertions.Expect(page.GetByRole(AriaRole.Table, new() { Name = "Leads" })).ToBeVisibleAsync();
    }

    private static async Task<string> OwnersAsync(IPage page)
    {
        var cells = page.GetByRole(AriaRole.Button, new() { NameRegex = AgentOf() });
        await Assertions.Expect(cells.First).ToBeVisibleAsync();
        return string.Join('\n', (await cells.EvaluateAllAsync<string[]>("all => all.map(each => each.ariaLabel)")).Order(StringComparer.Ordinal));
    }

    [GeneratedRegex("^Take .* from their agents$")]
    private static partial Regex Taken();

    [GeneratedRegex("^Change value of ")]
    private static partial Regex ValueOf();

    [GeneratedRegex("^Change agent of ")]
    private static partial Regex AgentOf();

    [GeneratedRegex("^Change agent of .*: nothing$")]
    private static partial Regex OfNobody();

    [GeneratedRegex("Worth a call")]
    private static partial Regex Worth();

    [GeneratedRegex("priority=high.*view=[0-9a-f]{32}&sort=-value")]
    private static partial Regex Shared();

    [GeneratedRegex(@"/leads/list\?(?=.*priority=high)(?=.*sort=-value)")]
    private static partial Regex HighByValue();
}
