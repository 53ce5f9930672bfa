using System.Globalization;
using System.Text.RegularExpressions;

namespace Crm.E2E.Journeys;

/// <summary>An agent plans reminders; one is due and rings, another is put elsewhere in the calendar.</summary>
[Collection(StreetCollection.Name)]
public sealed partial class ReminderJourney(Street street)
{
    private const float Patience = 60_000;

    [Theory, OnBothDatabases, Trait("contract", "M-140"), Trait("contract", "M-141"), Trait("contract", "M-144")]
    public async Task A_reminder_that_is_due_rings_the_bell_and_is_snoozed_and_finished(string database)
    {
        await using var agent = await (await street.ComeAsync(street.Shop(database))).SignInAsync("agent");
        var page = agent.Page;
        const string Title = "Ring about the plantain";
        await PlanAsync(page, Title, Day(-1));

        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { NameRegex = Unread() })).ToBeVisibleAsync(new() { Timeout = Patience });
        await Assertions.Expect(page.GetByText($"New notice: {Title}")).ToBeAttachedAsync();
        await page.GetByRole(AriaRole.Button, new() { NameRegex = Unread() }).ClickAsync();
        var panel = page.GetByRole(AriaRole.Dialog, new() { Name = "Notices" });
        await Assertions.Expect(panel.GetByRole(AriaRole.Link, new() { NameRegex = new Regex(Title) })).ToBeVisibleAsync();
        await panel.GetByRole(AriaRole.Link, new() { Name = "All reminders" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Tab, new() { NameRegex = Overdue() })).ToBeVisibleAsync();
        await page.LiveAsync();

        await page.GetByRole(AriaRole.Tab, new() { NameRegex = Overdue() }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = $"Snooze {Title}" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "In an hour" }).ClickAsync();
        await Assertions.Expect(page.GetByText("snoozed until")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Checkbox, new() { NameRegex = new Regex(Title) }).ClickAsync(); // and the row is gone
        await Assertions.Expect(page.GetByText(Title, new() { Exact = true })).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Tab, new() { Name = "Done" }).ClickAsync();
        await Assertions.Expect(page.GetByText(Title, new() { Exact = true })).ToBeVisibleAsync();
        Assert.Empty(agent.Complaints);
    }

    [Fact, Trait("contract", "M-145")]
    public async Task A_reminder_is_dragged_and_nudged_to_another_day_of_the_calendar()
    {
        await using var agent = await (await street.ComeAsync(street.Sqlite)).SignInAsync("agent");
        var page = agent.Page;
        const string Title = "Ask about the crates";
        var from = Day(8);
        await PlanAsync(page, Title, from);
        await page.GoAsync($"/calendar?view=month&on={from:yyyy-MM-dd}");
        var to = from.DayOfWeek is DayOfWeek.Sunday or DayOfWeek.Saturday ? from.AddDays(-2) : from.AddDays(1);

        await Assertions.Expect(Entry(page, Title, from)).ToBeVisibleAsync();
        var (start, end) = ((await Entry(page, Title, from).BoundingBoxAsync())!, (await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex($"^{Spoken(to)}, ") }).BoundingBoxAsync())!);
        await page.Mouse.MoveAsync(start.X + 20, start.Y + 8);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(end.X + 30, end.Y + 40, new() { Steps = 12 });
        await page.Mouse.UpAsync();
        await Assertions.Expect(Entry(page, Title, to)).ToBeVisibleAsync();

        await Entry(page, Title, to).FocusAsync();
        await page.Keyboard.PressAsync("Control+ArrowRight");
        await Assertions.Expect(Entry(page, Title, to.AddDays(1))).ToBeFocusedAsync();
        await Assertions.Expect(page.GetByText($"Moved {Title} to {to.AddDays(1).ToString("ddd d MMM", CultureInfo.InvariantCulture)}")).ToBeAttachedAsync();
        Assert.Empty(agent.Complaints);
    }

    private static async Task PlanAsync(IPage page, string title, DateOnly on)
    {
        await page.GoAsync("/leads");
        var card = page.GetByRole(AriaRole.Region, new() { Name = "New", Exact = true }).GetByRole(AriaRole.Listitem).GetByRole(AriaRole.Link).First;
        await card.ClickAsync();
        var drawer = page.GetByRole(AriaRole.Dialog).First;
        await drawer.GetByRole(AriaRole.Button, new() { Name = "Add reminder" }).ClickAsync();
        await drawer.GetByLabel("What", new() { Exact = true }).FillAsync(title);
        await drawer.GetByLabel("Day", new() { Exact = true }).FillAsync(on.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        await drawer.GetByLabel("Hour", new() { Exact = true }).FillAsync("08:00");
        await drawer.GetByRole(AriaRole.Button, new() { Name = "Add reminder" }).Last.ClickAsync();
        await Assertions.Expect(drawer.GetByRole(AriaRole.Region, new() { Name = "Reminders" }).GetByText(title, new() { Exact = true })).ToBeVisibleAsync();
    }

    private static ILocator Entry(IPage page, string title, DateOnly on) =>
        page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex($"^{title}, .*{on.ToString("ddd d MMM", CultureInfo.InvariantCulture)} 08:00") });

    private static string Spoken(DateOnly day) => day.ToString("dddd d MMMM", CultureInfo.InvariantCulture);

    private static DateOnly Day(int fromToday) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(TimeProvider.System.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById("America/Toronto")).DateTime).AddDays(fromToday);

    [GeneratedRegex(@"^Notices \d+\+? unread$")]
    private static partial Regex Unread();

    [GeneratedRegex("^Overdue")]
    private static partial Regex Overdue();
}
