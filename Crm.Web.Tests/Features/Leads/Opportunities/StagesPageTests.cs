using Bunit;
using Crm.Data.Storage;
using Crm.Web.Features.Leads.Opportunities;
using Crm.Web.Platform.Live;
using Crm.Web.Tests.Features.Leads.Board;
using Crm.Web.Tests.Ground;
using Microsoft.AspNetCore.Components;

namespace Crm.Web.Tests.Features.Leads.Opportunities;

public sealed class StagesPageTests : BunitContext
{
    [Fact]
    [Trait("contract", "M-138")]
    public async Task A_double_click_adds_one_stage_and_complains_of_nothing()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Postgres);
        Services.AddSingleton(shop.As(TestPeople.Owner).Get<StageService>()).AddSingleton(shop.Get<ChangeFeed>()).AddSingleton(TimeProvider.System);
        JSInterop.SetupModule("./js/dialog.js").Mode = JSRuntimeMode.Loose;
        SetRendererInfo(new RendererInfo("Server", isInteractive: true));
        var page = Render<StagesPage>();
        await page.WaitForElementAsync("#stage-new", LeadScreens.Patience);
        await page.InvokeAsync(() => page.Find("#stage-new").ChangeAsync("Tasting"));

        Assert.NotNull(page.Find("form.add button").GetAttribute("data-once"));
        await page.InvokeAsync(() => Task.WhenAll(page.Find("form.add").SubmitAsync(), page.Find("form.add").SubmitAsync()));
        await page.InvokeAsync(() => page.Find("form.add").SubmitAsync()); // also when the first has long been saved

        await page.WaitForAssertionAsync(() => Assert.Equal("", page.Find("#stage-new").GetAttribute("value") ?? ""), LeadScreens.Patience);
        Assert.Equal(["Tasting"], (await shop.StagesAsync()).Select(s => s.Name).Where(n => n == "Tasting"));
        Assert.Empty(page.FindAll("[role=alert]"));
    }
}
