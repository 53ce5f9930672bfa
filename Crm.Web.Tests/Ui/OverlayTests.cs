using Bunit;
using Crm.Web.Ui.Overlays;

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
