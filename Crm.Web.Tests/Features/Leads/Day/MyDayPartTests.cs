using Bunit;
using Crm.Data.Leads;
using Crm.Data.Storage;
using Crm.Web.Features.Leads.Day;
using Crm.Web.Features.Settings.Clocks;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Live;
using Crm.Web.Tests.Features.Leads.Reminders;
using Crm.Web.Tests.Ground;
using Crm.Web.Ui.Overlays;
using Microsoft.AspNetCore.Components;

namespace Crm.Web.Tests.Features.Leads.Day;

public sealed class MyDayPartTests : BunitContext
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task What_is_ticked_off_leaves_and_comes_back_by_undo_and_news_come_by_themselves()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        var lead = await shop.LeadAsync("Accra Grill", owner: TestPeople.Agent, nextStep: "Call Kwame", nextStepAt: shop.Clock.Now.AddDays(-2));
        ToastMessage? toast = null;
        var part = Open(shop, TestPeople.Agent, t => toast = t);
        Assert.Equal(["Overdue1", "Due today0", "Going stale0", "New to work on0"], part.FindAll("h3").Select(h => h.TextContent));
        Assert.Contains("Accra Grill · 2 days late", part.Markup, StringComparison.Ordinal);
        Assert.Equal($"/leads/{lead}", part.Find(".day-it a").GetAttribute("href"));

        await part.InvokeAsync(() => part.Find("input[aria-label='Done: Call Kwame, Accra Grill']").ChangeAsync(true));
        part.WaitForAssertion(() => Assert.Contains("Nothing waits for you", part.Markup, StringComparison.Ordinal), Patience);
        Assert.Equal("Call Kwame is done", toast!.Text);
        await part.InvokeAsync(toast.UndoAsync!);
        part.WaitForAssertion(() => Assert.Contains("Call Kwame", part.Markup, StringComparison.Ordinal), Patience);

        await shop.ReminderAsync(lead, "Bring samples", shop.Clock.Now.AddMinutes(5), TestPeople.Agent);
        part.WaitForAssertion(() => Assert.Contains("Bring samples", part.Markup, StringComparison.Ordinal), Patience);
    }

    [Fact]
    public async Task More_than_five_lead_to_the_whole_list_and_a_manager_without_leads_sees_everybodys()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        for (var i = 0; i < 7; i++) await shop.LeadAsync($"Lead {i}", LeadStatus.Contacted, owner: TestPeople.Agent, touchedAt: shop.Clock.Now.AddDays(-30));
        var part = Open(shop, TestPeople.Manager, _ => { });

        Assert.Equal("Everybody's day", part.Find("h2").TextContent);
        Assert.Equal(5, part.FindAll(".day-it").Count);
        Assert.Equal("/leads?when=stale", part.FindAll("a").Single(a => a.TextContent == "All 7 stale leads").GetAttribute("href"));
    }

    private IRenderedComponent<MyDayPart> Open(TestShop shop, TestPerson person, Action<ToastMessage> onToast)
    {
        var (desk, toasts) = (shop.As(person), new Toasts());
        toasts.Added += onToast;
        Services.AddSingleton(desk.Get<DayQueries>()).AddSingleton(desk.Get<DayTicks>()).AddSingleton(desk.Get<CurrentActor>()).AddSingleton(desk.Get<OwnClock>())
            .AddSingleton(shop.Get<ChangeFeed>()).AddSingleton(TimeProvider.System).AddSingleton(toasts);
        SetRendererInfo(new RendererInfo("Server", isInteractive: true));
        var part = Render<MyDayPart>();
        part.WaitForElement(".day-lists, .day-none", Patience);
        return part;
    }
}
