using Deque.AxeCore.Playwright;

namespace Crm.E2E.Journeys;

/// <summary>Every shared part is readable for everybody: contrast, names, roles and sizes, light and dark, wide and narrow.</summary>
[Collection(StreetCollection.Name)]
public sealed class LookJourney(Street street)
{
    [Theory]
    [InlineData(1440, 900, false)]
    [InlineData(1440, 900, true)]
    [InlineData(320, 640, false)]
    [InlineData(320, 640, true)]
    public async Task The_shared_parts_pass_the_accessibility_check_and_fit(int width, int height, bool dark)
    {
        await using var visitor = await street.ComeAsync(street.Sqlite, new Window(width, height, IsPhone: width < 900, dark));
        await visitor.SignInAsync("owner");
        var page = visitor.Page;

        foreach (var part in (string[])["table", "charts", "states", "forms"])
        {
            await page.GoAsync($"/dev/look?part={part}");
            await CheckAsync(page, part);
        }
        await page.GoAsync("/dev/look/portal");
        await CheckAsync(page, "portal");
        Assert.Empty(visitor.Complaints);
    }

    private static async Task CheckAsync(IPage page, string part)
    {
        var found = await page.RunAxe(new() { RunOnly = new() { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] } });

        Assert.Empty(found.Violations.Select(violation => $"{part}: {violation.Id}: {violation.Nodes[0].Html}"));
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), $"{part} is wider than the window");
    }
}
