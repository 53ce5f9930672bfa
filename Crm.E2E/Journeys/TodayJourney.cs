using System.Text.RegularExpressions;

namespace Crm.E2E.Journeys;

/// <summary>The first page: its figures follow what is chosen from the first choice on, and what waits is ticked off there.</summary>
[Collection(StreetCollection.Name)]
public sealed partial class TodayJourney(Street street)
{
    [Theory, OnBothDatabases]
    public async Task Looking_further_back_shows_other_figures_at_once(string database)
    {
        await using var visitor = await street.ComeAsync(street.Shop(database));
        await visitor.SignInAsync("owner");
        var page = visitor.Page;
        await Assertions.Expect(page.GetByText("in the same days last year")).ToBeVisibleAsync();
        await page.LiveAsync();

        await page.GetByRole(AriaRole.Radio, new() { Name = "All", Exact = true }).CheckAsync(new() { Force = true });
        await Assertions.Expect(page.GetByText("every sale so far")).ToBeVisibleAsync();
        await page.WaitForURLAsync("**/today?span=ever");
        await page.GetByRole(AriaRole.Radio, new() { Name = "Month", Exact = true }).CheckAsync(new() { Force = true });
        await Assertions.Expect(page.GetByText("in the same days last year")).ToBeVisibleAsync();
        Assert.Empty(visitor.Complaints);
    }

    [Theory, OnBothDatabases, Trait("contract", "M-143"), Trait("contract", "M-161")]
    public async Task What_is_late_is_ticked_off_and_taken_back(string database)
    {
        await using var manager = await (await street.ComeAsync(street.Shop(database), Window.Phone)).SignInAsync("manager");
        var page = manager.Page;
        await page.GoAsync("/today");
        var tick = page.GetByRole(AriaRole.List, new() { NameRegex = Overdue() }).GetByRole(AriaRole.Checkbox).First;
        var name = await tick.GetAttributeAsync("aria-label") ?? "";

        await tick.ClickAsync(); // and the row is gone
        await Assertions.Expect(page.GetByLabel(name, new() { Exact = true })).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();

        await Assertions.Expect(page.GetByLabel(name, new() { Exact = true })).ToBeVisibleAsync();
        Assert.Empty(manager.Complaints);
    }

    [GeneratedRegex("^Overdue")]
    private static partial Regex Overdue();
}
