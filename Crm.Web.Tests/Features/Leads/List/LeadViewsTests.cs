using Bunit;
using Crm.Data.Storage;
using Crm.Web.Features.Leads.List;
using Crm.Web.Features.Settings.Views;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Live;
using Crm.Web.Tests.Features.Leads.Board;
using Crm.Web.Tests.Ground;
using Microsoft.AspNetCore.Components;

namespace Crm.Web.Tests.Features.Leads.List;

public sealed class LeadViewsTests : BunitContext
{
    private static readonly CancellationToken Ct = CancellationToken.None;

    [Fact]
    [Trait("contract", "M-164")]
    public async Task A_shared_view_is_deleted_only_after_a_question_that_says_who_uses_it()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        var (desk, colleague) = (shop.As(TestPeople.Agent), shop.As(TestPeople.OtherAgent));
        var id = (await desk.Get<SavedViewService>().CreateAsync(ViewAreas.Leads, "Weddings", "", true, Ct)).Value;
        Assert.Null((await colleague.Get<SavedViewService>().SetFirstAsync(ViewAreas.Leads, id, Ct)).Error);
        Services.AddSingleton(desk.Get<SavedViewService>()).AddSingleton(desk.Get<CurrentActor>()).AddSingleton(shop.Get<ChangeFeed>());
        JSInterop.SetupModule("./js/dialog.js").Mode = JSRuntimeMode.Loose;
        SetRendererInfo(new RendererInfo("Server", isInteractive: true));
        var gone = new List<string>();
        var views = Render<LeadViews>(p => p.Add(x => x.Query, "").Add(x => x.Open, id).Add(x => x.OnGo, gone.Add));

        Assert.Empty(views.Find("#lead-views").Children);
        await views.InvokeAsync(() => views.Find(".tab-more").ClickAsync());
        await views.WaitForElementAsync("#lead-views .item", LeadScreens.Patience);
        await views.InvokeAsync(() => views.FindAll("#lead-views .item").Single(i => i.TextContent == "Delete this view").ClickAsync());
        Assert.Equal("Delete the view Weddings?", views.Find("#delete-view-title").TextContent);
        Assert.Equal("It goes for everybody here. 1 colleague opens the leads with it. No lead is touched.", views.Find("dialog .what").TextContent.Trim());
        await views.InvokeAsync(() => views.Find("dialog [autofocus]").ClickAsync());
        Assert.Single((await colleague.Get<SavedViewService>().ListAsync(ViewAreas.Leads, Ct)).Value);

        await views.InvokeAsync(() => views.FindAll("#lead-views .item").Single(i => i.TextContent == "Delete this view").ClickAsync());
        await views.InvokeAsync(() => views.Find("dialog .btn.bad").ClickAsync());
        await views.WaitForAssertionAsync(() => Assert.Single(gone), LeadScreens.Patience);
        Assert.Empty((await colleague.Get<SavedViewService>().ListAsync(ViewAreas.Leads, Ct)).Value);
    }
}
