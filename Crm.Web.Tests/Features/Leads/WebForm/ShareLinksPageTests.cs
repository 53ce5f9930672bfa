using Bunit;
using Crm.Web.Features.Leads.WebForm;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;

namespace Crm.Web.Tests.Features.Leads.WebForm;

[Trait("contract", "M-152")]
public sealed class ShareLinksPageTests : BunitContext
{
    [Fact]
    public async Task Each_link_says_where_it_is_shared_and_for_which_campaign()
    {
        Services.AddSingleton(Options.Create(new WebFormOptions()));
        JSInterop.Mode = JSRuntimeMode.Loose;
        var page = Render<ShareLinksPage>();
        Assert.Equal(["instagram", "facebook", "whatsapp", "tiktok"], page.FindAll(".share-link").Select(i => i.GetAttribute("value")!.Split("/enquiry?via=")[1]));

        await page.InvokeAsync(() => page.Find("#share-campaign").InputAsync(new ChangeEventArgs { Value = "easter & hampers" }));
        await page.InvokeAsync(() => page.FindAll(".intake-col button")[2].ClickAsync(new()));

        Assert.Equal("http://localhost/enquiry?via=whatsapp&utm_campaign=easter%20%26%20hampers", JSInterop.VerifyInvoke("navigator.clipboard.writeText").Arguments[0]);
        Assert.Equal("Copied", page.FindAll(".intake-col button")[2].TextContent);
        Assert.Contains("<iframe src=\"http://localhost/enquiry?via=website", page.Find("#share-frame").TextContent, StringComparison.Ordinal);
    }
}
