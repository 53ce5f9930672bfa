using System.Text.RegularExpressions;

namespace Crm.E2E.Journeys;

/// <summary>Somebody writes to the shop by its web form; an agent makes a customer of them: by mouse, by keyboard alone, and by finger on a phone.</summary>
[Collection(StreetCollection.Name)]
[Trait("contract", "M-136"), Trait("contract", "M-166")]
public sealed partial class EnquiryJourney(Street street)
{
    private const int MostTabs = 80;

    [Theory, OnBothDatabases]
    public async Task By_mouse(string database)
    {
        const string Name = "Wambui Mbugua";
        var shop = street.Shop(database);
        await using var agent = await (await street.ComeAsync(shop)).SignInAsync("agent");
        var page = agent.Page;
        await OpenBoardAsync(page);
        await AskAsync(shop, Name, "wambui@example.com", by: Window.Desk);

        var card = Card(page, "New", Name);
        await Assertions.Expect(card).ToBeVisibleAsync(); // it came by itself
        await card.DragToAsync(Lane(page, "Contacted").GetByRole(AriaRole.Heading), new() { TargetPosition = new() { X = 5, Y = 5 } });
        await Assertions.Expect(Card(page, "Contacted", Name)).ToBeVisibleAsync();
        await Card(page, "Contacted", Name).ClickAsync();
        var panel = page.GetByRole(AriaRole.Dialog, new() { Name = Name });
        await panel.GetByText("Call", new() { Exact = true }).ClickAsync();
        await panel.GetByLabel("About").FillAsync("Twelve crates of plantain");
        await panel.GetByRole(AriaRole.Button, new() { Name = "Log call" }).ClickAsync();
        await Assertions.Expect(panel.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Twelve crates of plantain" }).First).ToBeVisibleAsync();
        await panel.GetByRole(AriaRole.Button, new() { Name = "Convert to customer" }).ClickAsync();
        await Question(page, Name).GetByRole(AriaRole.Button, new() { Name = "Convert to customer" }).ClickAsync();

        await Assertions.Expect(panel.GetByRole(AriaRole.Link, new() { Name = Name, Exact = true })).ToBeVisibleAsync();
        await panel.GetByRole(AriaRole.Link, new() { Name = Name, Exact = true }).ClickAsync();
        await ExpectCustomerAsync(page, Name, "wambui@example.com");
        Assert.Empty(agent.Complaints);
    }

    [Fact]
    public async Task By_keyboard_alone()
    {
        const string Name = "Sefu Danjuma";
        await using var stranger = await street.ComeAsync(street.Postgres);
        await stranger.Page.GoAsync("/enquiry");
        await TabToAsync(stranger.Page, stranger.Page.GetByLabel("Your name"));
        await stranger.Page.Keyboard.TypeAsync(Name);
        await TabToAsync(stranger.Page, stranger.Page.GetByLabel("E-mail", new() { Exact = true }));
        await stranger.Page.Keyboard.TypeAsync("sefu@example.com");
        await TabToAsync(stranger.Page, stranger.Page.GetByRole(AriaRole.Checkbox));
        await stranger.Page.Keyboard.PressAsync("Space");
        await stranger.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(stranger.Page.GetByRole(AriaRole.Heading, new() { Name = "Thank you" })).ToBeVisibleAsync();

        await using var agent = await (await street.ComeAsync(street.Postgres)).SignInAsync("agent");
        var page = agent.Page;
        await OpenBoardAsync(page);
        await page.Keyboard.PressAsync("Control+k");
        await Assertions.Expect(page.GetByRole(AriaRole.Combobox, new() { Name = "Find anything" })).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync(Name);
        await Assertions.Expect(page.GetByRole(AriaRole.Option, new() { NameRegex = new Regex(Name) }).First).ToHaveAttributeAsync("aria-selected", "true");
        await page.Keyboard.PressAsync("Enter");
        var panel = page.GetByRole(AriaRole.Dialog, new() { Name = Name });
        await Assertions.Expect(panel.GetByRole(AriaRole.Heading, new() { Name = Name })).ToBeFocusedAsync();
        var note = panel.GetByRole(AriaRole.Textbox, new() { Name = "Note", Exact = true });
        await TabToAsync(page, note);
        await page.Keyboard.TypeAsync("Rings back on Friday");
        await page.Keyboard.PressAsync("Control+Enter");
        await Assertions.Expect(note).ToHaveValueAsync("");
        await Assertions.Expect(panel.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Rings back on Friday" }).First).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(panel).ToBeHiddenAsync();

        await TabToAsync(page, Card(page, "New", Name), arrows: true);
        await page.Keyboard.PressAsync("]");
        await Assertions.Expect(Card(page, "Contacted", Name)).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("]");
        await Assertions.Expect(Card(page, "Qualified", Name)).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("]");
        await Assertions.Expect(Question(page, Name)).ToBeVisibleAsync();
        await TabToAsync(page, Question(page, Name).GetByRole(AriaRole.Button, new() { Name = "Convert to customer" }));
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(Card(page, "Converted", Name)).ToBeVisibleAsync();

        await page.Keyboard.PressAsync("Control+k");
        await Assertions.Expect(page.GetByRole(AriaRole.Combobox, new() { Name = "Find anything" })).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("sefu@example.com");
        var found = page.Locator("a[role=option][href^='/customers/']", new() { HasText = Name });
        await Assertions.Expect(found).ToBeVisibleAsync();
        while (await found.GetAttributeAsync("aria-selected") != "true") await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("Enter");
        await ExpectCustomerAsync(page, Name, "sefu@example.com");
        Assert.Empty(agent.Complaints);
    }

    [Fact]
    public async Task By_finger_on_a_phone()
    {
        const string Name = "Makena Achieng";
        await using var agent = await (await street.ComeAsync(street.Sqlite, Window.Phone)).SignInAsync("agent");
        var page = agent.Page;
        await AskAsync(street.Sqlite, Name, "makena@example.com", by: Window.Phone);
        await OpenBoardAsync(page);

        var card = Card(page, "New", Name);
        await LongPressAsync(page, page.Locator("[data-card]", new() { HasText = Name }));
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Qualified" }).TapAsync();
        await Assertions.Expect(card).ToBeHiddenAsync();
        await page.GetByRole(AriaRole.Tab, new() { NameRegex = Qualified() }).TapAsync();
        await Card(page, "Qualified", Name).TapAsync();
        var panel = page.GetByRole(AriaRole.Dialog, new() { Name = Name });
        await panel.GetByRole(AriaRole.Textbox, new() { Name = "Note", Exact = true }).FillAsync("Wants halal goat every week");
        await panel.GetByRole(AriaRole.Button, new() { Name = "Save note" }).TapAsync();
        await Assertions.Expect(panel.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Wants halal goat every week" }).First).ToBeVisibleAsync();
        await panel.GetByRole(AriaRole.Button, new() { Name = "Convert to customer" }).TapAsync();
        await Question(page, Name).GetByRole(AriaRole.Button, new() { Name = "Convert to customer" }).TapAsync();

        await panel.GetByRole(AriaRole.Link, new() { Name = Name, Exact = true }).TapAsync();
        await ExpectCustomerAsync(page, Name, "makena@example.com");
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "The page is wider than the phone.");
        Assert.Empty(agent.Complaints);
    }

    private async Task AskAsync(RunningShop shop, string name, string mail, Window by)
    {
        await using var stranger = await street.ComeAsync(shop, by);
        var page = stranger.Page;
        await page.GoAsync("/enquiry");
        await page.GetByLabel("Your name").FillAsync(name);
        await page.GetByLabel("E-mail", new() { Exact = true }).FillAsync(mail);
        await page.GetByLabel("What do you need?").FillAsync("A hamper for forty people");
        await page.GetByRole(AriaRole.Checkbox).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Thank you" })).ToBeVisibleAsync();
        Assert.Empty(stranger.Complaints);
    }

    private static async Task OpenBoardAsync(IPage page)
    {
        await page.GoAsync("/leads");
        await Assertions.Expect(Lane(page, "New").GetByRole(AriaRole.Listitem).First).ToBeVisibleAsync();
    }

    private static async Task ExpectCustomerAsync(IPage page, string name, string mail)
    {
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = name, Level = 1 })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = mail }).First).ToBeVisibleAsync();
    }

    private static async Task TabToAsync(IPage page, ILocator wanted, bool arrows = false)
    {
        await Assertions.Expect(wanted).ToBeVisibleAsync();
        for (var i = 0; i < MostTabs && !await HasFocusAsync(wanted); i++)
        {
            var onCard = arrows && await page.EvaluateAsync<bool>("!!document.activeElement?.closest('[data-card]')");
            await page.Keyboard.PressAsync(onCard ? "ArrowDown" : "Tab");
        }
        await Assertions.Expect(wanted).ToBeFocusedAsync();
    }

    private static Task<bool> HasFocusAsync(ILocator wanted) => wanted.EvaluateAsync<bool>("node => node === document.activeElement");

    // as a finger does that rests until the card answers
    private static async Task LongPressAsync(IPage page, ILocator card)
    {
        await card.ScrollIntoViewIfNeededAsync();
        var box = (await card.BoundingBoxAsync())!;
        var touch = await page.Context.NewCDPSessionAsync(page);
        object[] points = [new { x = box.X + (box.Width / 2), y = box.Y + 20 }];
        await touch.SendAsync("Input.dispatchTouchEvent", new() { ["type"] = "touchStart", ["touchPoints"] = points });
        await Assertions.Expect(card).ToHaveClassAsync(Held());
        await touch.SendAsync("Input.dispatchTouchEvent", new() { ["type"] = "touchEnd", ["touchPoints"] = Array.Empty<object>() });
    }

    private static ILocator Lane(IPage page, string stage) => page.GetByRole(AriaRole.Region, new() { Name = stage, Exact = true });

    private static ILocator Card(IPage page, string stage, string name) => Lane(page, stage).GetByRole(AriaRole.Link, new() { Name = name, Exact = true });

    private static ILocator Question(IPage page, string name) => page.GetByRole(AriaRole.Alertdialog, new() { Name = $"Make {name} a customer?" });

    [GeneratedRegex("^Qualified")]
    private static partial Regex Qualified();

    [GeneratedRegex(@"\bheld\b")]
    private static partial Regex Held();
}
