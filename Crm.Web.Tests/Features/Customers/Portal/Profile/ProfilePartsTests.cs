using Bunit;
using Crm.Data.Customers;
using Crm.Data.Storage;
using Crm.Web.Features.Customers.Portal.Profile;
using Crm.Web.Features.Settings;
using Crm.Web.Tests.Ground;
using Crm.Web.Ui.Overlays;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Customers.Portal.Profile;

/// <summary>The switches and the favourites beside the profile's form: what is tapped is saved at once.</summary>
public sealed class ProfilePartsTests : BunitContext, IAsyncLifetime
{
    private readonly List<ToastMessage> toasts = [];
    private TestShop shop = null!;
    private TestDesk desk = null!;

    public async Task InitializeAsync()
    {
        shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        desk = shop.As(TestPeople.CustomerA);
        var toast = new Toasts();
        toast.Added += toasts.Add;
        Services.AddSingleton(desk.Get<NotificationService>()).AddSingleton(desk.Get<FavouriteService>()).AddSingleton(shop.Get<Shop>())
            .AddSingleton(toast).AddSingleton<TimeProvider>(shop.Clock);
        SetRendererInfo(new RendererInfo("Server", isInteractive: true));
    }

    async Task IAsyncLifetime.DisposeAsync()
    {
        await DisposeAsync();
        await shop.DisposeAsync();
    }

    [Fact, Trait("contract", "M-068")]
    public async Task A_switch_is_saved_at_once_stands_beside_its_exact_words_and_can_be_taken_back()
    {
        IReadOnlyList<ChannelState> now = [];
        var switches = Render<NotificationSwitches>(p => p.Add(s => s.Profile, Profile()).Add(s => s.OnChanged, channels => now = channels));

        await switches.InvokeAsync(() => switches.FindAll("[role=switch]")[0].ChangeAsync(true));

        switches.WaitForAssertion(() => Assert.Equal([true, false, false], now.Select(c => c.On)));
        Assert.Equal("E-mail switched on", toasts.Single().Text);
        await using (var db = shop.Open())
            Assert.Contains((await db.ConsentReceipts.SingleAsync()).Wording, switches.FindAll(".switch-row")[0].TextContent, StringComparison.Ordinal);
        await switches.InvokeAsync(toasts.Single().UndoAsync!);
        Assert.All(now, channel => Assert.False(channel.On));
    }

    [Fact]
    public void A_channel_that_needs_something_first_says_what_and_stays_off()
    {
        var switches = Render<NotificationSwitches>(p => p.Add(s => s.Profile, Profile()));

        Assert.True(switches.FindAll("[role=switch]")[1].HasAttribute("disabled"));
        Assert.Contains("Give us a mobile number first.", switches.Markup, StringComparison.Ordinal);
    }

    [Fact, Trait("contract", "M-066")]
    public async Task A_favourite_is_found_added_and_taken_out_again_with_a_way_back()
    {
        var okra = await shop.AddProductAsync("Okra", "okra");
        IReadOnlyList<FavouriteRow> now = [];
        var picker = Render<FavouritePicker>(p => p.Add(f => f.Favourites, now).Add(f => f.OnChanged, rows => now = rows));

        await picker.InvokeAsync(() => picker.Find("input[type=search]").InputAsync("okr"));
        await picker.InvokeAsync(() => picker.Find("input[type=search]").ChangeAsync("okr"));
        picker.WaitForElement(".found button");
        await picker.InvokeAsync(() => picker.Find(".found button").ClickAsync());
        picker.WaitForAssertion(() => Assert.Equal([okra.Id], now.Select(f => f.ProductId)));

        picker.Render(p => p.Add(f => f.Favourites, now));
        await picker.InvokeAsync(() => picker.Find("button[aria-label='Take Okra out']").ClickAsync());
        picker.WaitForAssertion(() => Assert.Empty(now));
        await picker.InvokeAsync(toasts.Single().UndoAsync!);
        Assert.Equal([okra.Id], now.Select(f => f.ProductId));
    }

    private static ProfileView Profile() => new(
        TestPeople.CustomerA.CustomerId!.Value, "C-1", new ProfileEdit(), "achieng@example.com", true, [],
        [
            new(ConsentChannel.Email, false, null, null),
            new(ConsentChannel.Sms, false, null, "Give us a mobile number first."),
            new(ConsentChannel.Push, false, null, null),
        ]);
}
