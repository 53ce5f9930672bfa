using Bunit;
using Crm.Data.Storage;
using Crm.Web.Features.Leads;
using Crm.Web.Features.Messaging.Notices;
using Crm.Web.Features.Settings;
using Crm.Web.Shell.Bell;
using Crm.Web.Tests.Features.Leads;
using Crm.Web.Tests.Features.Leads.Reminders;
using Crm.Web.Tests.Ground;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Shell.Bell;

/// <summary>The bell of the staff's frame: what is unread and late, live, and read when it was read.</summary>
[Trait("contract", "M-144")]
public sealed class BellTests : BunitContext
{
    private static readonly CancellationToken Ct = CancellationToken.None;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_reminder_that_fires_rings_it_without_a_reload_and_is_read_when_followed()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        var lead = await shop.LeadAsync("Accra Grill House");
        await TellAsync(shop, TestPeople.Agent, "Older news");
        Open(shop, TestPeople.Agent);
        var (unread, overdue, panel) = (Render<InboxCount>(p => p.Add(c => c.Of, InboxCounts.Unread)), Render<InboxCount>(p => p.Add(c => c.Of, InboxCounts.Overdue)), Render<BellPanel>());
        Assert.Equal(("1 unread", "", ""), (unread.Find(".n").TextContent, overdue.Markup, panel.Find("[aria-live]").TextContent));

        await shop.ReminderAsync(lead, "Call Kwame", shop.Clock.Now.AddMinutes(-1), TestPeople.Agent);
        await shop.PostAsync();

        unread.WaitForAssertion(() => Assert.Equal("2 unread", unread.Find(".n").TextContent), Patience);
        overdue.WaitForAssertion(() => Assert.Equal("1 overdue", overdue.Find(".n.late").TextContent), Patience);
        panel.WaitForAssertion(() => Assert.Equal("New notice: Call Kwame · Accra Grill House", panel.Find("[aria-live]").TextContent), Patience);
        Assert.Equal([$"/leads/{lead}", "/leads"], panel.FindAll("a.notice.new").Select(a => a.GetAttribute("href")));
        Assert.Equal(["Call Kwame · Accra Grill House", "Older news"], panel.FindAll(".notice .words").Select(w => w.TextContent));

        await panel.InvokeAsync(() => panel.Find("a.notice").ClickAsync(new()));
        unread.WaitForAssertion(() => Assert.Equal("1 unread", unread.Find(".n").TextContent), Patience);
        await panel.InvokeAsync(() => panel.Find(".bell-h button").ClickAsync(new()));
        unread.WaitForAssertion(() => Assert.Empty(unread.Markup), Patience);
        Assert.Empty(panel.FindAll(".notice.new"));
    }

    [Fact]
    public async Task What_is_done_is_counted_no_more_and_anothers_news_are_not_ones_own()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        var lead = await shop.LeadAsync("Accra Grill House");
        var late = await shop.ReminderAsync(lead, "Call", shop.Clock.Now.AddHours(-1), TestPeople.Agent);
        Open(shop, TestPeople.Agent);
        var (unread, overdue) = (Render<InboxCount>(p => p.Add(c => c.Of, InboxCounts.Unread)), Render<InboxCount>(p => p.Add(c => c.Of, InboxCounts.Overdue)));
        Assert.Equal("1 overdue", overdue.Find(".n").TextContent);

        await TellAsync(shop, TestPeople.OtherAgent, "Not for Ama");
        Assert.Null((await shop.As(TestPeople.Manager).Get<LeadReminders>().FinishAsync(lead, late, Ct)).Error);

        overdue.WaitForAssertion(() => Assert.Empty(overdue.Markup), Patience);
        Assert.Empty(unread.Markup);
    }

    [Fact]
    public async Task Nothing_yet_says_what_will_be_told_here()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        Open(shop, TestPeople.Agent);
        Assert.Contains("will be told here", Render<BellPanel>().Find(".none").TextContent);
    }

    private void Open(TestShop shop, TestPerson person)
    {
        Services.AddSingleton(shop.As(person).Get<Inbox>()).AddSingleton(shop.Get<Shop>());
        SetRendererInfo(new RendererInfo("Server", isInteractive: true));
    }

    private static async Task TellAsync(TestShop shop, TestPerson person, string text)
    {
        await using var db = shop.Open();
        await NoticeWriter.TellAsync(db, NoticeWriter.Of(person.UserId, NoticeKinds.Mention, text, "/leads", text, shop.Clock.Now.AddHours(-1)), Ct);
        await db.SaveChangesAsync(Ct);
    }
}
