using Bunit;
using Crm.Web.Ui.Overlays;

namespace Crm.Web.Tests.Ui;

public class ToastTests : BunitContext
{
    private readonly TickingClock clock = new();
    private readonly Toasts toasts = new();

    public ToastTests()
    {
        Services.AddSingleton(toasts);
        Services.AddSingleton<TimeProvider>(clock);
    }

    [Theory]
    [InlineData(false, 6)]
    [InlineData(true, 10)]
    public void A_toast_stays_six_seconds_and_ten_with_undo(bool undo, int seconds)
    {
        var host = Render<ToastHost>();
        if (undo) toasts.Show("Moved", () => Task.CompletedTask); else toasts.Show("Moved");
        host.WaitForElement(".toast");

        clock.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromTicks(1));
        Assert.Single(host.FindAll(".toast"));

        clock.Advance(TimeSpan.FromTicks(1));
        host.WaitForAssertion(() => Assert.Empty(host.FindAll(".toast")));
    }

    [Fact]
    public void A_toast_waits_while_the_pointer_or_the_focus_rests_on_it()
    {
        var host = Render<ToastHost>();
        toasts.Show("Saved");
        host.WaitForElement(".toast").TriggerEvent("onmouseenter", new());
        host.Find(".toast").TriggerEvent("onfocusin", new());

        clock.Advance(TimeSpan.FromMinutes(5));
        host.Find(".toast").TriggerEvent("onmouseleave", new());
        clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Single(host.FindAll(".toast"));

        host.Find(".toast").TriggerEvent("onfocusout", new());
        clock.Advance(TimeSpan.FromSeconds(6));
        host.WaitForAssertion(() => Assert.Empty(host.FindAll(".toast")));
    }

    [Fact]
    public void Undo_takes_back_once_and_closes()
    {
        var undone = 0;
        var host = Render<ToastHost>();
        toasts.Show("Moved", () => { undone++; return Task.CompletedTask; });

        host.WaitForElement(".undo").Click();

        Assert.Equal(1, undone);
        Assert.Empty(host.FindAll(".toast"));
    }

    [Fact]
    public void At_most_three_stand_at_once_and_the_oldest_goes()
    {
        var host = Render<ToastHost>();
        foreach (var word in new[] { "one", "two", "three", "four" }) toasts.Show(word);

        host.WaitForAssertion(() => Assert.Equal(["two", "three", "four"], host.FindAll(".toast > span").Select(e => e.TextContent)));
        Assert.Equal("status", host.Find(".toasts").GetAttribute("role"));
    }
}
