namespace Crm.E2E.Journeys;

/// <summary>What people write is neither too long for the line nor lost by a click beside it.</summary>
[Collection(StreetCollection.Name)]
public sealed class WritingJourney(Street street)
{
    [Fact]
    public async Task A_long_paste_is_cut_to_what_fits_and_the_line_holds()
    {
        await using var agent = await (await street.ComeAsync(street.Sqlite)).SignInAsync("agent");
        var page = agent.Page;
        await page.GoAsync("/leads");
        await page.GetByRole(AriaRole.Region, new() { Name = "New", Exact = true }).GetByRole(AriaRole.Link).Nth(1).ClickAsync();
        var note = page.GetByRole(AriaRole.Textbox, new() { Name = "Note", Exact = true });
        await Assertions.Expect(note).ToBeVisibleAsync();

        // as a paste does: the browser keeps what the field takes
        await note.FocusAsync();
        await page.EvaluateAsync("text => document.execCommand('insertText', false, text)", string.Concat(Enumerable.Repeat("ሰላም", 15_000)));
        Assert.Equal(10_000, (await note.InputValueAsync()).Length);
        await page.GetByRole(AriaRole.Button, new() { Name = "Save note" }).ClickAsync();

        await Assertions.Expect(note).ToHaveValueAsync("");
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog, new() { Name = "Connection lost" })).ToBeHiddenAsync();
        Assert.Empty(agent.Complaints);
    }

    [Fact]
    public async Task A_paste_that_does_not_fit_is_refused_whole_and_one_that_fits_is_taken()
    {
        await using var agent = await (await street.ComeAsync(street.Sqlite)).SignInAsync("agent");
        var page = agent.Page;
        await page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await page.GoAsync("/leads");
        await page.GetByRole(AriaRole.Region, new() { Name = "New", Exact = true }).GetByRole(AriaRole.Link).Nth(1).ClickAsync();
        var note = page.GetByRole(AriaRole.Textbox, new() { Name = "Note", Exact = true });
        await note.FillAsync("Before: ");

        await PasteAsync(new string('x', 200_000));
        var refusal = page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "Nothing was pasted." });
        await Assertions.Expect(refusal).ToHaveTextAsync("That is 200,000 characters; 9,992 more fit here. Nothing was pasted.");
        await Assertions.Expect(note).ToHaveValueAsync("Before: ");

        await PasteAsync("ẹ káàárọ̀");
        await Assertions.Expect(note).ToHaveValueAsync("Before: ẹ káàárọ̀");
        await Assertions.Expect(refusal).ToHaveCountAsync(0);
        await note.SelectTextAsync();
        await PasteAsync(new string('y', 10_000));
        await Assertions.Expect(note).ToHaveValueAsync(new string('y', 10_000));
        Assert.Empty(agent.Complaints);

        async Task PasteAsync(string text)
        {
            await page.EvaluateAsync("text => navigator.clipboard.writeText(text)", text);
            await note.FocusAsync();
            await page.Keyboard.PressAsync("Control+v");
        }
    }

    [Fact]
    public async Task A_half_written_customer_is_not_lost_by_a_click_beside_it_nor_by_esc_nor_by_a_reload()
    {
        await using var agent = await (await street.ComeAsync(street.Sqlite)).SignInAsync("agent");
        var page = agent.Page;
        var name = page.GetByLabel("First name");
        await OpenFormAsync(page);
        await name.PressSequentiallyAsync("Wanjirũ");

        await page.Keyboard.PressAsync("Escape");
        var question = page.GetByRole(AriaRole.Alertdialog, new() { Name = "Leave without saving?" });
        await question.GetByRole(AriaRole.Button, new() { Name = "Keep writing" }).ClickAsync();
        await Assertions.Expect(question).ToBeHiddenAsync(); // the scrim under it is the drawer's again
        await page.Locator(".scrim").ClickAsync(new() { Position = new() { X = 10, Y = 10 } });
        await question.GetByRole(AriaRole.Button, new() { Name = "Keep writing" }).ClickAsync();
        await Assertions.Expect(name).ToHaveValueAsync("Wanjirũ");

        page.Dialog += (_, warning) => warning.AcceptAsync();
        await page.ReloadAsync();
        await OpenFormAsync(page, already: true);
        await Assertions.Expect(name).ToHaveValueAsync("Wanjirũ");
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await question.GetByRole(AriaRole.Button, new() { Name = "Leave", Exact = true }).ClickAsync();
        await Assertions.Expect(name).ToBeHiddenAsync();

        await OpenFormAsync(page, already: true);
        await Assertions.Expect(name).ToHaveValueAsync("");
    }

    private static async Task OpenFormAsync(IPage page, bool already = false)
    {
        if (!already) await page.GoAsync("/customers");
        await page.LiveAsync(); // after a reload
        await page.GetByRole(AriaRole.Button, new() { Name = "New customer" }).ClickAsync();
        await Assertions.Expect(page.GetByLabel("First name")).ToBeVisibleAsync();
    }
}
