namespace Crm.E2E.Journeys;

/// <summary>The line to the shop breaks, freezes or stays away; nobody loses a word.</summary>
[Collection(StreetCollection.Name)]
public sealed class ConnectionJourney(Street street)
{
    private const string Words = "Wants 12 crates of Puna yam every second Friday";

    [Fact]
    public async Task A_cut_line_is_said_and_mended_without_losing_a_word()
    {
        await using var line = new Line(street.Sqlite.Address);
        await using var visitor = await WriteNoteAsync(line);
        var page = visitor.Page;

        line.Cut();
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog, new() { Name = "Connection lost" })).ToBeVisibleAsync(new() { Timeout = 20_000 });
        line.Mend();
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog, new() { Name = "Connection lost" })).ToBeHiddenAsync(new() { Timeout = 30_000 });

        await Assertions.Expect(page.GetByLabel("Note (optional)")).ToHaveValueAsync(Words);
        await Assertions.Expect(page.GetByText($"Server has: {Words}")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_frozen_line_is_noticed_and_left_for_a_new_one()
    {
        await using var line = new Line(street.Sqlite.Address);
        await using var visitor = await WriteNoteAsync(line);
        var page = visitor.Page;

        line.Freeze();
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog, new() { Name = "Connection lost" })).ToBeVisibleAsync(new() { Timeout = 40_000 });
        line.Mend();
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog, new() { Name = "Connection lost" })).ToBeHiddenAsync(new() { Timeout = 90_000 });

        await OpenLeadAsync(page);
        await Assertions.Expect(page.GetByLabel("Note (optional)")).ToHaveValueAsync(Words);
        await Assertions.Expect(page.GetByText($"Server has: {Words}")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Half_typed_words_come_back_after_a_reload_and_are_gone_after_sign_out()
    {
        await using var visitor = await street.ComeAsync(street.Sqlite);
        await visitor.SignInAsync("agent");
        var page = visitor.Page;
        await WriteNoteAsync(page);

        await page.ReloadAsync();
        await OpenLeadAsync(page);
        await Assertions.Expect(page.GetByText($"Server has: {Words}")).ToBeVisibleAsync();

        await page.Keyboard.PressAsync("Escape");
        await page.Locator("button.me").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.WaitForURLAsync(url => !url.Contains("/dev/look", StringComparison.Ordinal));
        Assert.Equal(0, await page.EvaluateAsync<int>("Object.keys(sessionStorage).filter(key => key.startsWith('draft')).length"));
    }

    private async Task<Visitor> WriteNoteAsync(Line line)
    {
        var visitor = await street.ComeAsync(street.Sqlite, by: line.Address);
        await visitor.SignInAsync("agent");
        await WriteNoteAsync(visitor.Page);
        return visitor;
    }

    private static async Task WriteNoteAsync(IPage page)
    {
        await page.GoAsync("/dev/look");
        await OpenLeadAsync(page);
        // typed but not left: the server does not have it yet
        await page.GetByLabel("Note (optional)").PressSequentiallyAsync(Words);
    }

    /// <summary>Opens the panel once the page is interactive.</summary>
    private static async Task OpenLeadAsync(IPage page)
    {
        if (await page.GetByLabel("Note (optional)").IsVisibleAsync()) return;
        await page.LiveAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Achieng Otieno" }).ClickAsync();
        await Assertions.Expect(page.GetByLabel("Note (optional)")).ToBeVisibleAsync();
    }
}
