using Bunit;
using Crm.Data;
using Crm.Data.Storage;
using Crm.Web.Features.Customers;
using Crm.Web.Features.Customers.List;
using Crm.Web.Features.Customers.Notes;
using Crm.Web.Features.Customers.Profile;
using Crm.Web.Features.Settings;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Live;
using Crm.Web.Tests.Ground;
using Crm.Web.Tests.Ui;
using Crm.Web.Ui;
using Crm.Web.Ui.Forms;
using Crm.Web.Ui.Overlays;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Customers.Profile;

/// <summary>What a change elsewhere does to the list and to the page of one customer that are open.</summary>
public sealed class CustomerScreenTests : BunitContext
{
    private static readonly Guid Achieng = TestPeople.CustomerA.CustomerId!.Value;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_burst_of_changes_is_shown_in_the_list_together()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        var clock = new TickingClock();
        Serve(shop, clock);
        var page = Render<CustomerListPage>();
        page.WaitForAssertion(() => Assert.Contains("Achieng", page.Markup, StringComparison.Ordinal), Patience);
        await RenameAsync(shop, Achieng, "First");
        page.WaitForAssertion(() => Assert.Contains("First", page.Markup, StringComparison.Ordinal), Patience);
        using var summed = new QueryCount(shop, "SUM(");
        using var told = new CountdownEvent(30);
        using var listening = shop.Get<ChangeFeed>().Subscribe([ChangeKinds.Customer], _ => { told.Signal(); return Task.CompletedTask; });

        for (var i = 1; i <= 30; i++) await RenameAsync(shop, Achieng, $"Name{i}");
        Assert.True(told.Wait(Patience));
        // the sums are asked for after the rows
        page.WaitForState(() => { clock.Advance(TimeSpan.FromSeconds(1)); return page.Markup.Contains("Name30", StringComparison.Ordinal) && summed.Value > 0; }, Patience);

        Assert.InRange(summed.Value, 1, 4);
    }

    [Fact]
    public async Task A_strangers_orders_do_not_disturb_the_page_of_a_customer_and_their_own_do()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        var order = await shop.OrderAsync(Achieng, TestClock.Start, 500);
        Serve(shop, TimeProvider.System);
        var page = Render<CustomerPage>(p => p.Add(x => x.CustomerId, Achieng));
        page.WaitForAssertion(() => Assert.Contains(order.Number, page.Markup, StringComparison.Ordinal), Patience);
        using var read = new QueryCount(shop, "\"CustomerNotes\" AS");

        for (var i = 0; i < 20; i++) await shop.OrderAsync(TestPeople.CustomerB.CustomerId!.Value, TestClock.Start, 500);
        await RenameAsync(shop, Achieng, "Renamed");
        page.WaitForAssertion(() => Assert.Contains("Renamed", page.Markup, StringComparison.Ordinal), Patience);
        Assert.InRange(read.Value, 1, 9);

        int drawn;
        await using (var db = shop.Open())
        {
            drawn = read.Value;
            db.Entry(await db.Orders.SingleAsync(o => o.Id == order.Id)).Property(o => o.Notes).CurrentValue = "Ring twice";
            await db.SaveChangesAsync();
        }
        page.WaitForState(() => read.Value > drawn, Patience);
    }

    [Fact]
    public async Task A_note_that_is_edited_far_down_stays_open_when_something_changes()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        Serve(shop, TimeProvider.System);
        var notes = shop.As(TestPeople.Agent).Get<NoteService>();
        for (var i = 0; i < NoteService.PageSize + 5; i++) await notes.AddAsync(Achieng, $"Note {i}", CancellationToken.None);
        var list = Render<CustomerNotes>(p => p.Add(n => n.CustomerId, Achieng).Add(n => n.Pulse, 0));
        list.WaitForAssertion(() => Assert.Equal(NoteService.PageSize, list.FindAll("article").Count), Patience);
        await list.InvokeAsync(() => list.FindAll("button").Single(b => b.TextContent.Contains("more", StringComparison.OrdinalIgnoreCase)).ClickAsync());
        list.WaitForAssertion(() => Assert.Equal(NoteService.PageSize + 5, list.FindAll("article").Count), Patience);
        await list.InvokeAsync(() => list.FindAll("[aria-label='Change this note']")[^1].ClickAsync());
        await list.InvokeAsync(() => list.Find("article textarea").ChangeAsync("Half a thought"));

        await notes.AddAsync(Achieng, "New on top", CancellationToken.None);
        list.Render(p => p.Add(n => n.Pulse, 1));

        list.WaitForAssertion(() => Assert.Contains("New on top", list.Markup, StringComparison.Ordinal), Patience);
        Assert.Equal(NoteService.PageSize + 6, list.FindAll("article").Count);
        Assert.Equal("Half a thought", list.Find("article textarea").GetAttribute("value"));
    }

    [Fact]
    public async Task Earlier_lines_of_the_timeline_the_orders_and_the_points_stay_when_something_changes()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        Serve(shop, TimeProvider.System);
        for (var i = 0; i < 35; i++)
        {
            var order = await shop.OrderAsync(Achieng, TestClock.Start.AddHours(-i), 500);
            await shop.PointsAsync(Achieng, Crm.Data.Loyalty.LoyaltyKind.Earn, 5, TestClock.Start.AddHours(-i), order.Id);
        }
        var (timeline, orders, points) = (Render<CustomerTimeline>(p => p.Add(n => n.CustomerId, Achieng)), Render<CustomerOrders>(p => p.Add(n => n.CustomerId, Achieng)), Render<CustomerPoints>(p => p.Add(n => n.CustomerId, Achieng)));

        await StaysAsync(timeline, ".tl > li", pulse => timeline.Render(p => p.Add(n => n.Pulse, pulse)));
        await StaysAsync(orders, ".ord", pulse => orders.Render(p => p.Add(n => n.Pulse, pulse)));
        await StaysAsync(points, "tbody tr", pulse => points.Render(p => p.Add(n => n.Pulse, pulse)));
    }

    private static async Task StaysAsync<T>(IRenderedComponent<T> list, string row, Action<int> draw) where T : IComponent
    {
        list.WaitForAssertion(() => Assert.NotEmpty(list.FindAll(row)), Patience);
        var first = list.FindAll(row).Count;
        await list.InvokeAsync(() => list.FindAll("button").Single(b => b.TextContent.Contains("Show", StringComparison.Ordinal)).ClickAsync());
        list.WaitForAssertion(() => Assert.True(list.FindAll(row).Count > first), Patience);
        var shown = list.FindAll(row).Count;

        draw(7);

        Assert.Equal(shown, list.FindAll(row).Count);
    }

    private void Serve(TestShop shop, TimeProvider time)
    {
        var desk = shop.As(TestPeople.Agent);
        Services.AddSingleton(desk.Get<CustomerQueries>()).AddSingleton(desk.Get<CustomerService>()).AddSingleton(desk.Get<ProfileQueries>()).AddSingleton(desk.Get<TimelineQueries>())
            .AddSingleton(desk.Get<HistoryQueries>()).AddSingleton(desk.Get<NoteService>()).AddSingleton(desk.Get<CurrentActor>()).AddSingleton(shop.Get<Shop>())
            .AddSingleton(shop.Get<ChangeFeed>()).AddSingleton(time).AddScoped<AddressBar>().AddScoped<Toasts>().AddScoped<Drafts>();
        JSInterop.Mode = JSRuntimeMode.Loose;
        SetRendererInfo(new RendererInfo("Server", isInteractive: true));
    }

    private static async Task RenameAsync(TestShop shop, Guid id, string first)
    {
        await using var db = shop.Open();
        (await db.Customers.SingleAsync(c => c.Id == id)).Rename(first, "Otieno");
        await db.SaveChangesAsync();
    }
}
