using Bunit;
using Crm.Data.Leads;
using Crm.Data.Storage;
using Crm.Web.Features.Leads;
using Crm.Web.Features.Leads.Calendar;
using Crm.Web.Features.Leads.Reminders;
using Crm.Web.Features.Settings;
using Crm.Web.Features.Settings.Clocks;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Live;
using Crm.Web.Platform.Undo;
using Crm.Web.Tests.Ground;
using Crm.Web.Ui;
using Crm.Web.Ui.Forms;
using Crm.Web.Ui.Overlays;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Leads.Reminders;

/// <summary>The pages of reminders and the calendar over the real services of one person, without a browser.</summary>
public sealed class ReminderScreenTests : BunitContext
{
    private static readonly CancellationToken Ct = CancellationToken.None;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    [Trait("contract", "M-143")]
    [Trait("contract", "M-144")]
    public async Task The_lists_are_worked_through_where_they_are()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        var lead = await shop.LeadAsync("Accra Grill House");
        await shop.ReminderAsync(lead, "Late", shop.Clock.Now.AddDays(-2), TestPeople.Agent);
        await shop.ReminderAsync(lead, "Today", shop.Clock.Now.AddHours(2), TestPeople.Agent);
        var page = Open<RemindersPage>(shop, TestPeople.Agent, "reminders?list=overdue");
        page.WaitForAssertion(() => Assert.Equal(["Late"], Titles(page)), Patience);
        Assert.Equal(["Today1", "Overdue1", "Upcoming0", "Done"], page.FindAll("[role=tab]").Select(t => t.TextContent));
        Assert.Contains("2 days late", page.Find(".when.late").TextContent);
        Assert.Empty(page.FindAll(".seg")); // an agent has no choice of whose

        await page.InvokeAsync(() => page.FindAll("[role=menuitem]").First(i => i.TextContent == "In an hour").ClickAsync(new()));
        page.WaitForAssertion(() => Assert.Contains("snoozed until Today, 11:00", page.Find(".when").TextContent), Patience);
        await page.InvokeAsync(() => page.Find(".rem input").ChangeAsync(new() { Value = true }));
        page.WaitForAssertion(() => Assert.Contains("Nothing is late", page.Markup), Patience);
        await page.InvokeAsync(() => page.Find("#tab-Done").ClickAsync(new()));
        page.WaitForAssertion(() => Assert.Equal(["Late"], Titles(page)), Patience);

        await page.InvokeAsync(() => page.Find("#tab-Today").ClickAsync(new()));
        page.WaitForAssertion(() => Assert.Equal(["Today"], Titles(page)), Patience);
        await shop.ReminderAsync(lead, "From a colleague", shop.Clock.Now.AddHours(3), TestPeople.Agent);
        page.WaitForAssertion(() => Assert.Equal(["Today", "From a colleague"], Titles(page)), Patience);
    }

    [Fact]
    [Trait("contract", "M-140")]
    public async Task A_reminder_is_changed_and_given_away_in_its_dialog()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        var lead = await shop.LeadAsync("Accra Grill House");
        var id = await shop.ReminderAsync(lead, "Call", shop.Clock.Now.AddHours(2), TestPeople.Agent);
        var page = Open<RemindersPage>(shop, TestPeople.Agent, "reminders");
        page.WaitForAssertion(() => Assert.Single(Titles(page)), Patience);
        await page.InvokeAsync(() => page.FindAll("[role=menuitem]").First(i => i.TextContent == "Change or assign…").ClickAsync(new()));
        Assert.Equal(("Call", "2026-11-20", "12:00"), (page.Find("#change-title").GetAttribute("value"), page.Find("#change-on").GetAttribute("value"), page.Find("#change-at").GetAttribute("value")![..5]));

        await page.InvokeAsync(() => page.Find("#change-title").ChangeAsync(new() { Value = "" }));
        await page.InvokeAsync(() => page.Find("form.tight").SubmitAsync());
        page.WaitForAssertion(() => Assert.Contains("Say what is to be done.", page.Find(".errmsg").TextContent), Patience);
        await page.InvokeAsync(() => page.Find("#change-title").ChangeAsync(new() { Value = "Call Kwame" }));
        await page.InvokeAsync(() => page.Find("#change-repeat").ChangeAsync(new() { Value = "Weekly" }));
        await page.InvokeAsync(() => page.Find("#change-for").ChangeAsync(new() { Value = TestPeople.OtherAgent.UserId.ToString() }));
        await page.InvokeAsync(() => page.Find("form.tight").SubmitAsync());

        page.WaitForAssertion(() => Assert.Empty(page.FindAll("form.tight")), Patience);
        await using var db = shop.Open();
        var now = await db.Reminders.SingleAsync(r => r.Id == id, Ct);
        Assert.Equal(("Call Kwame", ReminderRepeat.Weekly, TestPeople.OtherAgent.UserId), (now.Title, now.Repeat, now.UserId!.Value));
        Assert.Equal(TestPeople.OtherAgent.UserId, (await db.Notices.SingleAsync(Ct)).UserId);
    }

    [Fact]
    [Trait("contract", "M-145")]
    public async Task The_calendar_moves_what_is_dropped_and_follows_what_others_move()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        var lead = await shop.LeadAsync("Accra Grill House", owner: TestPeople.Agent, nextStep: "Taste", nextStepAt: new DateTime(2026, 11, 24, 5, 0, 0, DateTimeKind.Utc));
        var id = await shop.ReminderAsync(lead, "Call", shop.Clock.Now, TestPeople.Agent);
        var page = Open<CalendarPage>(shop, TestPeople.Agent, "calendar?view=month&on=2026-11-01");
        page.WaitForAssertion(() => Assert.Equal("2026-11-20", DayOf(page, "Call")), Patience);
        Assert.Equal("2026-11-24", DayOf(page, "Taste"));
        Assert.Equal("2026-11-20", page.Find(".cal-month .is-today").GetAttribute("data-day"));

        await page.InvokeAsync(() => page.Instance.DropAsync($"Reminder-{id:N}", "2026-11-27", null));
        page.WaitForAssertion(() => Assert.Equal("2026-11-27", DayOf(page, "Call")), Patience);
        await page.InvokeAsync(() => page.Instance.NudgeAsync($"NextStep-{lead:N}", 1, 0));
        page.WaitForAssertion(() => Assert.Equal("2026-11-25", DayOf(page, "Taste")), Patience);
        Assert.Contains(page.FindAll("[aria-live]"), p => p.TextContent == "Moved Taste to Wed 25 Nov");
        await page.InvokeAsync(() => page.Instance.DropAsync($"Reminder-{id:N}", "tomorrow", null));
        await page.InvokeAsync(() => page.Instance.DropAsync("Reminder-unknown", "2026-11-27", null));
        await using (var db = shop.Open())
        {
            Assert.Equal(new DateTime(2026, 11, 27, 15, 0, 0), (await db.Reminders.SingleAsync(Ct)).DueAt);
            Assert.Equal(new DateTime(2026, 11, 25, 5, 0, 0), (await db.Leads.SingleAsync(Ct)).NextStepAt);
        }

        Assert.Null((await shop.As(TestPeople.Manager).Get<LeadReminders>().MoveAsync(lead, id, new DateTime(2026, 11, 30, 8, 0, 0), Ct)).Error);
        page.WaitForAssertion(() => Assert.Equal("2026-11-30", DayOf(page, "Call")), Patience);
    }

    [Fact]
    [Trait("contract", "M-145")]
    [Trait("contract", "M-155")]
    public async Task A_move_in_the_calendar_is_taken_back_with_the_snooze_and_never_over_a_colleagues()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        var lead = await shop.LeadAsync("Accra Grill House");
        var id = await shop.ReminderAsync(lead, "Call", shop.Clock.Now, TestPeople.Agent);
        await shop.PostAsync();
        Assert.Null((await shop.As(TestPeople.Agent).Get<LeadReminders>().SnoozeAsync(lead, id, SnoozeBy.Tomorrow, Ct)).Error);
        var before = await StateAsync();
        var page = Open<CalendarPage>(shop, TestPeople.Agent, "calendar?view=month&on=2026-11-01");
        page.WaitForAssertion(() => Assert.Equal("2026-11-20", DayOf(page, "Call")), Patience);
        var toasts = new List<ToastMessage>();
        Services.GetRequiredService<Toasts>().Added += toasts.Add;
        shop.Clock.Advance(TimeSpan.FromMinutes(1));
        await page.InvokeAsync(() => page.Instance.DropAsync($"Reminder-{id:N}", "2026-11-27", null));
        Assert.NotEqual(before, await StateAsync());
        await page.InvokeAsync(toasts[^1].UndoAsync!);
        Assert.Equal(before, await StateAsync());
        page.WaitForAssertion(() => Assert.Equal("2026-11-20", DayOf(page, "Call")), Patience);

        shop.Clock.Advance(TimeSpan.FromMinutes(1));
        await page.InvokeAsync(() => page.Instance.DropAsync($"Reminder-{id:N}", "2026-11-27", null));
        shop.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Null((await shop.As(TestPeople.Manager).Get<LeadReminders>().MoveAsync(lead, id, new DateTime(2026, 11, 30, 8, 0, 0), Ct)).Error);
        await page.InvokeAsync(toasts[^1].UndoAsync!);
        Assert.Equal("Reminder: Call was left as it is: Somebody changed it since.", toasts[^1].Text);
        page.WaitForAssertion(() => Assert.Equal("2026-11-30", DayOf(page, "Call")), Patience);

        async Task<(DateTime, DateTime, Crm.Data.Leads.ReminderStatus)> StateAsync()
        {
            await using var db = shop.Open();
            return await db.Reminders.Where(r => r.Id == id).Select(r => new ValueTuple<DateTime, DateTime, Crm.Data.Leads.ReminderStatus>(r.DueAt, r.FireAt, r.Status)).SingleAsync(Ct);
        }
    }

    [Fact]
    [Trait("contract", "M-145")]
    public async Task An_entry_is_moved_by_its_dialog_and_refused_where_that_cannot_be()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        var lead = await shop.LeadAsync("Accra Grill House");
        await shop.ReminderAsync(lead, "Call", shop.Clock.Now, TestPeople.Agent);
        var page = Open<CalendarPage>(shop, TestPeople.Agent, "calendar?view=week&on=2026-11-20");
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(".cal-hours [data-entry]")), Patience);
        await page.InvokeAsync(() => page.Find(".cal-hours [data-entry]").ClickAsync(new()));
        await page.InvokeAsync(() => page.Find("#entry-on").ChangeAsync(new() { Value = "2126-11-20" }));
        await page.InvokeAsync(() => page.Find("#entry-move").SubmitAsync());
        page.WaitForAssertion(() => Assert.Contains("within 10 years", page.Find("dialog [role=alert]").TextContent), Patience);
        await page.InvokeAsync(() => page.Find("#entry-on").ChangeAsync(new() { Value = "2026-11-21" }));
        await page.InvokeAsync(() => page.Find("#entry-at").ChangeAsync(new() { Value = "14:45:00" }));
        await page.InvokeAsync(() => page.Find("#entry-move").SubmitAsync());

        page.WaitForAssertion(() => Assert.Empty(page.FindAll("#entry-move")), Patience);
        page.WaitForAssertion(() => Assert.Contains("Sat 21 Nov 14:45", page.Find(".cal-hours [data-entry]").GetAttribute("aria-label")), Patience);
    }

    [Fact]
    [Trait("contract", "M-145")]
    public async Task The_secret_address_is_shown_once_and_switched_off()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        Open<CalendarPage>(shop, TestPeople.Agent, "calendar");
        var dialog = Render<FeedDialog>(p => p.Add(d => d.Open, true));
        dialog.WaitForAssertion(() => Assert.Contains("Make an address", dialog.Markup), Patience);
        await dialog.InvokeAsync(() => dialog.FindAll("button").Single(b => b.TextContent == "Make an address").ClickAsync(new()));
        dialog.WaitForAssertion(() => Assert.Matches("^http://localhost/calendar/feed/[A-Za-z0-9_-]{43}\\.ics$", dialog.Find("#feed-address").GetAttribute("value")), Patience);

        dialog.Render(p => p.Add(d => d.Open, false));
        dialog.Render(p => p.Add(d => d.Open, true));
        dialog.WaitForAssertion(() => Assert.Contains("Make a new address", dialog.Markup), Patience);
        Assert.Empty(dialog.FindAll("#feed-address"));
        await dialog.InvokeAsync(() => dialog.FindAll("button").Single(b => b.TextContent == "Switch it off").ClickAsync(new()));
        dialog.WaitForAssertion(() => Assert.Contains("Make an address", dialog.Markup), Patience);
        await using var db = shop.Open();
        Assert.False(await db.CalendarFeeds.AnyAsync(Ct));
    }

    private IRenderedComponent<TPage> Open<TPage>(TestShop shop, TestPerson person, string address) where TPage : IComponent
    {
        var desk = shop.As(person);
        Services.AddSingleton(desk.Get<OwnClock>()).AddSingleton(desk.Get<ReminderQueries>()).AddSingleton(desk.Get<LeadReminders>()).AddSingleton(desk.Get<LeadQueries>()).AddSingleton(desk.Get<LeadNextSteps>())
            .AddSingleton(desk.Get<CalendarQueries>()).AddSingleton(desk.Get<UndoService>()).AddSingleton(desk.Get<CalendarFeeds>()).AddSingleton(desk.Get<CurrentActor>()).AddSingleton(shop.Get<Shop>())
            .AddSingleton(shop.Get<ChangeFeed>()).AddSingleton(TimeProvider.System).AddScoped<Toasts>().AddScoped<Drafts>().AddScoped<AddressBar>();
        JSInterop.Mode = JSRuntimeMode.Loose;
        foreach (var module in new[] { "./Features/Leads/Calendar/CalendarPage.razor.js", "./js/dialog.js" }) JSInterop.SetupModule(module).Mode = JSRuntimeMode.Loose;
        SetRendererInfo(new RendererInfo("Server", isInteractive: true));
        Services.GetRequiredService<NavigationManager>().NavigateTo(address);
        return Render<TPage>();
    }

    private static IEnumerable<string> Titles(IRenderedComponent<RemindersPage> page) => page.FindAll(".rem .tick > .grow > span:first-child").Select(t => t.TextContent);

    private static string? DayOf(IRenderedComponent<CalendarPage> page, string title) =>
        page.FindAll(".cal-month [data-entry]").SingleOrDefault(e => e.GetAttribute("aria-label")!.StartsWith(title, StringComparison.Ordinal))?.Closest("[data-day]")?.GetAttribute("data-day");
}
