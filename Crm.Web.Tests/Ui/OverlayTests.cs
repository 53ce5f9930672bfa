using Bunit;
using Crm.Web.Ui.Forms;
using Crm.Web.Ui.Overlays;
using Microsoft.AspNetCore.Components;

namespace Crm.Web.Tests.Ui;

public class OverlayTests : BunitContext
{
    private readonly BunitJSModuleInterop dialogs;
    private readonly BunitJSModuleInterop drawers;

    public OverlayTests()
    {
        dialogs = JSInterop.SetupModule("./js/dialog.js");
        drawers = JSInterop.SetupModule("./js/drawer.js");
        dialogs.Mode = drawers.Mode = JSRuntimeMode.Loose;
    }

    [Fact]
    public void A_drawer_is_there_only_while_it_is_open()
    {
        var drawer = Render<Drawer>(p => p.Add(d => d.Title, "Lead").Add(d => d.Open, false).AddChildContent("facts"));
        Assert.Empty(drawer.FindAll("[role=dialog]"));

        drawer.Render(p => p.Add(d => d.Open, true));
        Assert.Equal("Lead", drawer.Find("[role=dialog]").GetAttribute("aria-label"));
        drawers.VerifyInvoke("entered");

        drawer.Render(p => p.Add(d => d.Open, false));
        Assert.Empty(drawer.FindAll("[role=dialog]"));
        drawers.VerifyInvoke("left");
    }

    [Theory]
    [InlineData(".scrim", "onclick")]
    [InlineData("[aria-label=Close]", "onclick")]
    [InlineData(".drawer", "oncancel")]
    public void Esc_the_cross_and_a_click_beside_it_ask_to_close(string element, string happening)
    {
        bool? open = null;
        var drawer = Render<Drawer>(p => p.Add(d => d.Title, "Lead").Add(d => d.Open, true).Add(d => d.OpenChanged, value => open = value));

        drawer.Find(element).TriggerEvent(happening, new());

        Assert.False(open);
    }

    [Theory]
    [InlineData(".scrim", "onclick")]
    [InlineData(".drawer-h [aria-label=Close]", "onclick")]
    [InlineData(".drawer", "oncancel")]
    public async Task With_something_unsaved_every_way_out_asks_first(string element, string happening)
    {
        var told = new List<string>();
        var drawer = Render<Drawer>(p => p.Add(d => d.Title, "New customer").Add(d => d.Open, true).Add(d => d.Dirty, true)
            .Add(d => d.OpenChanged, open => told.Add($"open: {open}")).Add(d => d.OnForget, () => told.Add("forgotten")));
        Assert.Equal(true, drawers.VerifyInvoke("guard").Arguments[0]);

        drawer.Find(element).TriggerEvent(happening, new());
        Assert.Equal("Leave without saving?", drawer.Find("#leave-title").TextContent);
        await drawer.InvokeAsync(() => drawer.FindAll("dialog .btn").Single(b => b.TextContent == "Keep writing").ClickAsync());
        Assert.Empty(drawer.FindAll("#leave-title"));
        Assert.Empty(told);

        drawer.Find(element).TriggerEvent(happening, new());
        await drawer.InvokeAsync(() => drawer.FindAll("dialog .btn").Single(b => b.TextContent == "Leave").ClickAsync());
        Assert.Equal(["forgotten", "open: False"], told);
    }

    [Fact]
    public async Task A_link_out_of_a_drawer_with_something_unsaved_is_followed_after_the_answer()
    {
        var drawer = Render<Drawer>(p => p.Add(d => d.Title, "New customer").Add(d => d.Open, true).Add(d => d.Dirty, true));
        var navigation = Services.GetRequiredService<NavigationManager>();

        await drawer.InvokeAsync(() => drawer.Instance.FollowAsync("/leads"));
        Assert.DoesNotContain("/leads", navigation.Uri, StringComparison.Ordinal);
        await drawer.InvokeAsync(() => drawer.FindAll("dialog .btn").Single(b => b.TextContent == "Leave").ClickAsync());

        Assert.EndsWith("/leads", navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public void Forgetting_a_draft_never_waits_for_a_browser_that_does_not_answer()
    {
        JSInterop.SetupVoid("shell.forgetDrafts", _ => true);

        Assert.True(new Drafts(JSInterop.JSRuntime).ForgetAsync("lead/42", CancellationToken.None).IsCompletedSuccessfully);
    }

    [Fact]
    public void The_deed_waits_for_its_word()
    {
        var done = 0;
        var dialog = Render<ConfirmDialog>(p => p.Add(d => d.Open, true).Add(d => d.Title, "Erase her?").Add(d => d.DeedLabel, "Erase for good").Add(d => d.TypeWord, "ERASE").Add(d => d.OnConfirm, () => done++));
        Assert.True(dialog.Find(".btn.bad").HasAttribute("disabled"));

        dialog.Find("input").Input("eras");
        Assert.True(dialog.Find(".btn.bad").HasAttribute("disabled"));

        dialog.Find("input").Input(" erase ");
        dialog.Find(".btn.bad").Click();
        Assert.Equal(1, done);
        dialogs.VerifyInvoke("open");
    }

    [Fact]
    public void Esc_is_the_safe_answer()
    {
        bool? open = null;
        var done = 0;
        var dialog = Render<ConfirmDialog>(p => p.Add(d => d.Open, true).Add(d => d.OpenChanged, value => open = value).Add(d => d.Title, "Delete?").Add(d => d.DeedLabel, "Delete").Add(d => d.OnConfirm, () => done++));

        dialog.Find("dialog").TriggerEvent("oncancel", new());

        Assert.False(open);
        Assert.Equal(0, done);
    }
}
