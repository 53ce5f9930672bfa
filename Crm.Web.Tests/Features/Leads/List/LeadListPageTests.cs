using Bunit;
using Crm.Data.Leads;
using Crm.Data.Storage;
using Crm.Web.Features.Leads;
using Crm.Web.Features.Leads.List;
using Crm.Web.Features.Settings;
using Crm.Web.Features.Settings.Clocks;
using Crm.Web.Features.Settings.Views;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Bulk;
using Crm.Web.Platform.Live;
using Crm.Web.Platform.Undo;
using Crm.Web.Tests.Features.Leads.Board;
using Crm.Web.Tests.Ground;
using Crm.Web.Ui;
using Crm.Web.Ui.Forms;
using Crm.Web.Ui.Overlays;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Leads.List;

public sealed class LeadListPageTests : BunitContext
{
    [Fact]
    [Trait("contract", "M-126")]
    public async Task A_cell_becomes_a_field_that_Enter_saves_and_Esc_leaves()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        await shop.LeadAsync("Mama Nkechi", value: 10_000);
        var page = await OpenAsync(shop, TestPeople.Agent);

        await page.InvokeAsync(() => Cell(page, "value").ClickAsync(new MouseEventArgs()));
        await page.InvokeAsync(() => page.Find("[aria-label=Value]").InputAsync(new ChangeEventArgs { Value = "250" }));
        await page.InvokeAsync(() => page.Find(".cell-edit").KeyDownAsync(new KeyboardEventArgs { Key = "Escape" }));
        Assert.Equal("$100", Cell(page, "value").TextContent.Trim());

        await page.InvokeAsync(() => Cell(page, "value").ClickAsync(new MouseEventArgs()));
        await page.InvokeAsync(() => page.Find("[aria-label=Value]").InputAsync(new ChangeEventArgs { Value = "250" }));
        await page.InvokeAsync(() => page.Find(".cell-edit").KeyDownAsync(new KeyboardEventArgs { Key = "Enter" }));
        await page.WaitForAssertionAsync(() => Assert.Equal("$250", Cell(page, "value").TextContent.Trim()), LeadScreens.Patience);
        Assert.Empty(page.FindAll(".cell-edit"));
    }

    [Fact]
    public async Task A_colleagues_change_of_the_same_cell_is_shown_beside_ones_own()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        var id = await shop.LeadAsync("Mama Nkechi", value: 10_000);
        var page = await OpenAsync(shop, TestPeople.Agent);
        await page.InvokeAsync(() => Cell(page, "value").ClickAsync(new MouseEventArgs()));
        await shop.As(TestPeople.OtherAgent).Get<LeadCells>().EditAsync(id, new LeadEdit { Value = "100" }, new LeadEdit { Value = "300" }, CancellationToken.None);

        await page.InvokeAsync(() => page.Find("[aria-label=Value]").InputAsync(new ChangeEventArgs { Value = "250" }));
        await page.InvokeAsync(() => page.Find(".cell-edit").KeyDownAsync(new KeyboardEventArgs { Key = "Enter" }));
        await page.WaitForAssertionAsync(() => Assert.Contains("theirs is 300, yours is 250", page.Find(".clash").TextContent, StringComparison.Ordinal), LeadScreens.Patience);

        await page.InvokeAsync(() => page.FindAll(".clash button")[1].ClickAsync(new MouseEventArgs()));
        await page.WaitForAssertionAsync(() => Assert.Equal("$250", Cell(page, "value").TextContent.Trim()), LeadScreens.Patience);
    }

    [Fact]
    [Trait("contract", "M-126")]
    public async Task Shift_picks_a_row_of_leads_and_all_that_match_are_more_than_the_page()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        await shop.LeadsAsync(70, LeadStatus.New);
        var page = await OpenAsync(shop, TestPeople.Manager);

        await page.InvokeAsync(() => Box(page, 2).ClickAsync(new MouseEventArgs()));
        await page.InvokeAsync(() => Box(page, 6).ClickAsync(new MouseEventArgs { ShiftKey = true }));
        Assert.StartsWith("5 leads chosen", page.Find(".bulk").TextContent.Trim(), StringComparison.Ordinal);

        await page.InvokeAsync(() => page.Find(".list-tools input").ChangeAsync(new ChangeEventArgs { Value = true }));
        Assert.StartsWith("50 leads chosen", page.Find(".bulk").TextContent.Trim(), StringComparison.Ordinal);
        await page.InvokeAsync(() => page.FindAll(".list-tools button").Single(b => b.TextContent.Contains("Select all 70", StringComparison.Ordinal)).ClickAsync(new MouseEventArgs()));
        Assert.StartsWith("70 leads chosen", page.Find(".bulk").TextContent.Trim(), StringComparison.Ordinal);

        await page.InvokeAsync(() => page.FindAll("#bulk-assign button").Single(b => b.TextContent == "Tunde Balogun").ClickAsync(new MouseEventArgs()));
        await page.WaitForAssertionAsync(() => Assert.Contains("Assign 70 leads to Tunde Balogun", page.Find(".run").TextContent, StringComparison.Ordinal), LeadScreens.Patience);
        await shop.Get<BulkWorker>().WorkDueAsync(CancellationToken.None);
        await page.WaitForAssertionAsync(() => Assert.Contains("done: 70 of 70", page.Find(".run").TextContent, StringComparison.Ordinal), LeadScreens.Patience);
        await using var db = shop.Open();
        Assert.Equal(70, await db.Leads.CountAsync(l => l.OwnerId == TestPeople.OtherAgent.UserId));
    }

    private static AngleSharp.Dom.IElement Cell(IRenderedComponent<LeadListPage> page, string column) => page.Find($"td.c-{column} .cell");

    private static AngleSharp.Dom.IElement Box(IRenderedComponent<LeadListPage> page, int row) => page.FindAll("tbody td[data-phone=pick] input")[row];

    private async Task<IRenderedComponent<LeadListPage>> OpenAsync(TestShop shop, TestPerson person)
    {
        var desk = shop.As(person);
        Services.AddSingleton(desk.Get<LeadListQueries>()).AddSingleton(desk.Get<LeadBoardQueries>()).AddSingleton(desk.Get<LeadQueries>()).AddSingleton(desk.Get<LeadCells>()).AddSingleton(desk.Get<OwnClock>()).AddSingleton(desk.Get<LeadBulk>())
            .AddSingleton(desk.Get<BulkRuns>()).AddSingleton(desk.Get<UndoService>()).AddSingleton(desk.Get<SavedViewService>()).AddSingleton(desk.Get<CurrentActor>())
            .AddSingleton(shop.Get<Shop>()).AddSingleton(shop.Get<ChangeFeed>()).AddSingleton(TimeProvider.System).AddScoped<Toasts>().AddScoped<Drafts>().AddScoped<AddressBar>();
        JSInterop.Mode = JSRuntimeMode.Loose;
        JSInterop.SetupModule("./js/dialog.js").Mode = JSRuntimeMode.Loose;
        SetRendererInfo(new RendererInfo("Server", isInteractive: true));
        Services.GetRequiredService<NavigationManager>().NavigateTo("leads/list");
        var page = Render<LeadListPage>();
        await page.WaitForStateAsync(() => page.FindAll("tbody td[data-phone=pick] input").Count > 0, LeadScreens.Patience);
        return page;
    }
}
