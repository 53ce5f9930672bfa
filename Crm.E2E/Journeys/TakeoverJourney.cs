namespace Crm.E2E.Journeys;

/// <summary>A slow line: the page is there, the circuit is not yet. What a person does meanwhile is not lost.</summary>
[Collection(StreetCollection.Name)]
public sealed class TakeoverJourney(Street street)
{
    [Fact]
    public async Task A_button_that_was_pressed_too_early_is_pressed_when_the_page_listens()
    {
        await using var agent = await (await street.ComeAsync(street.Sqlite, Window.Phone)).SignInAsync("agent");
        var page = agent.Page;
        var line = await HoldAsync(page);
        await page.GotoAsync("/customers");
        var button = page.GetByRole(AriaRole.Button, new() { Name = "New customer" });
        await button.ClickAsync();
        await Assertions.Expect(page.Locator("body")).ToHaveAttributeAsync("data-waiting", "");
        await Assertions.Expect(page.GetByLabel("First name")).ToHaveCountAsync(0);

        line.SetResult();

        await Assertions.Expect(page.GetByLabel("First name")).ToBeVisibleAsync();
        Assert.Empty(agent.Complaints);
    }

    [Fact]
    public async Task A_press_that_could_mean_another_button_or_is_overtaken_by_the_next_deed_is_forgotten()
    {
        await using var agent = await (await street.ComeAsync(street.Sqlite)).SignInAsync("agent");
        var page = agent.Page;
        var line = await HoldAsync(page);
        await page.GotoAsync("/leads");
        await page.EvaluateAsync("document.querySelector('main h1').insertAdjacentHTML('afterend', '<button type=button>Later</button>')");
        await page.GetByRole(AriaRole.Button, new() { Name = "Later" }).ClickAsync(); // of a part that comes only when the page listens

        line.SetResult();
        await page.LiveAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Later" })).ToHaveCountAsync(0);
        await page.Keyboard.PressAsync("Shift");
        await page.EvaluateAsync("""
            window.pressed = 0;
            const later = Object.assign(document.createElement('button'), { type: 'button', textContent: 'Later' });
            later.addEventListener('click', () => window.pressed++);
            document.querySelector('main').append(later);
            """);
        await page.EvaluateAsync("new Promise(done => setTimeout(done))"); // what watches the page has seen it

        Assert.Equal(0, await page.EvaluateAsync<int>("window.pressed"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Later" }).ClickAsync();
        Assert.Equal(1, await page.EvaluateAsync<int>("window.pressed"));
        Assert.Empty(agent.Complaints);
    }

    [Fact]
    public async Task The_key_for_finding_is_heard_before_the_palette_is_there()
    {
        await using var agent = await (await street.ComeAsync(street.Sqlite)).SignInAsync("agent");
        var page = agent.Page;
        var line = await HoldAsync(page);
        await page.GotoAsync("/customers");
        await page.Keyboard.PressAsync("Control+k");

        line.SetResult();

        await Assertions.Expect(page.GetByRole(AriaRole.Combobox, new() { Name = "Find anything" })).ToBeFocusedAsync();
        Assert.Empty(agent.Complaints);
    }

    [Fact]
    public async Task Words_and_the_cursor_outlive_the_first_live_drawing()
    {
        await using var agent = await (await street.ComeAsync(street.Sqlite)).SignInAsync("agent");
        var page = agent.Page;
        var line = await HoldAsync(page);
        await page.GotoAsync("/customers");
        var search = page.GetByRole(AriaRole.Searchbox).First;
        await search.ClickAsync();
        await page.Keyboard.TypeAsync("Nkchi");
        foreach (var key in new[] { "ArrowLeft", "ArrowLeft", "ArrowLeft" }) await page.Keyboard.PressAsync(key);

        line.SetResult();
        await page.LiveAsync();
        await Assertions.Expect(search).ToBeFocusedAsync();
        await Assertions.Expect(search).ToHaveValueAsync("Nkchi");
        await page.Keyboard.TypeAsync("ẹ́");

        await Assertions.Expect(search).ToHaveValueAsync("Nkẹ́chi");
        await Assertions.Expect(page.GetByRole(AriaRole.Table).GetByRole(AriaRole.Link).First).ToContainTextAsync("Nkẹ́chi");
        Assert.Empty(agent.Complaints);
    }

    /// <summary>Keeps the circuit from opening until the result is set.</summary>
    private static async Task<TaskCompletionSource> HoldAsync(IPage page)
    {
        var line = new TaskCompletionSource();
        await page.RouteAsync("**/_blazor/negotiate**", async route =>
        {
            await line.Task;
            await route.ContinueAsync();
        });
        return line;
    }
}
