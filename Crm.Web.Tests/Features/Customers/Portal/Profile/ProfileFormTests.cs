using Bunit;
using Crm.Data.Storage;
using Crm.Web.Features.Customers.Portal.Profile;
using Crm.Web.Features.Settings;
using Crm.Web.Tests.Ground;
using Crm.Web.Ui.Forms;
using Crm.Web.Ui.Overlays;
using Microsoft.AspNetCore.Components;

namespace Crm.Web.Tests.Features.Customers.Portal.Profile;

public sealed class ProfileFormTests : BunitContext, IAsyncLifetime
{
    private readonly List<string> toasts = [];
    private TestShop shop = null!;
    private ProfileService profiles = null!;

    public async Task InitializeAsync()
    {
        shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        profiles = shop.As(TestPeople.CustomerA).Get<ProfileService>();
        var toast = new Toasts();
        toast.Added += message => toasts.Add(message.Text);
        Services.AddSingleton(profiles).AddSingleton(shop.Get<Shop>()).AddSingleton(toast).AddScoped<Drafts>();
        JSInterop.SetupVoid("shell.forgetDrafts", _ => true).SetVoidResult();
        SetRendererInfo(new RendererInfo("Server", isInteractive: true));
    }

    async Task IAsyncLifetime.DisposeAsync()
    {
        await DisposeAsync();
        await shop.DisposeAsync();
    }

    [Fact]
    public async Task A_field_complains_when_it_is_left_and_the_others_keep_quiet()
    {
        var form = await OpenAsync();

        await form.InvokeAsync(() => form.Find("#f-mobile-number").ChangeAsync("555"));

        Assert.Contains("whole phone number", form.Find(".errmsg").TextContent, StringComparison.Ordinal);
        await form.InvokeAsync(() => form.Find("#f-mobile-number").ChangeAsync("416 555 0134"));
        Assert.Empty(form.FindAll(".errmsg"));
    }

    [Fact]
    public async Task Saving_says_so_forgets_the_drafts_and_shows_what_was_stored()
    {
        var form = await OpenAsync();
        await form.InvokeAsync(() => form.Find("#f-mobile-number").ChangeAsync("+1 416 555 0134"));
        await form.InvokeAsync(() => form.Find("input[data-draft$='diet/Halal']").ChangeAsync(true));

        await form.InvokeAsync(() => form.Find("form").SubmitAsync());

        form.WaitForAssertion(() => Assert.Equal(["Profile saved"], toasts));
        Assert.Equal("(416) 555-0134", form.Find("#f-mobile-number").GetAttribute("value"));
        Assert.True(form.Find("input[data-draft$='diet/Halal']").HasAttribute("checked"));
        Assert.Equal($"profile/{TestPeople.CustomerA.CustomerId}/", JSInterop.Invocations["shell.forgetDrafts"].Single().Arguments[0]);
    }

    [Fact]
    public async Task A_clash_shows_both_values_and_either_can_be_kept()
    {
        var form = await OpenAsync();
        var elsewhere = (await profiles.OpenAsync(default)).Value.Edit;
        await profiles.SaveAsync(elsewhere with { LastName = "Theirs", Language = "sw" }, elsewhere, default);
        await form.InvokeAsync(() => form.Find("#f-last-name").ChangeAsync("Mine"));

        await form.InvokeAsync(() => form.Find("form").SubmitAsync());

        form.WaitForAssertion(() => Assert.Equal(["HereMine", "ElsewhereTheirs"], form.FindAll(".clash button").Select(b => b.TextContent)));
        Assert.Equal(("Mine", "sw"), (form.Find("#f-last-name").GetAttribute("value"), form.Find("#f-language").GetAttribute("value")));
        Assert.Empty(toasts);
        await form.InvokeAsync(() => form.FindAll(".clash button")[1].ClickAsync());
        Assert.Equal("Theirs", form.Find("#f-last-name").GetAttribute("value"));
        await form.InvokeAsync(() => form.FindAll(".clash button")[0].ClickAsync());

        await form.InvokeAsync(() => form.Find("form").SubmitAsync());

        form.WaitForAssertion(() => Assert.Empty(form.FindAll(".clash")));
        Assert.Equal("Mine", (await profiles.OpenAsync(default)).Value.Edit.LastName);
    }

    [Fact]
    public async Task Complaints_of_saving_stand_at_their_fields_and_what_was_typed_stays()
    {
        var form = await OpenAsync();
        await form.InvokeAsync(() => form.Find("#f-first-name").ChangeAsync(""));
        await form.InvokeAsync(() => form.Find("#f-street-and-number").ChangeAsync("1 Bay Street"));

        await form.InvokeAsync(() => form.Find("form").SubmitAsync());

        form.WaitForAssertion(() => Assert.Equal(["Tell us your first name.", "Write the city or town."], form.FindAll(".errmsg").Select(e => e.TextContent)));
        Assert.Equal("1 Bay Street", form.Find("#f-street-and-number").GetAttribute("value"));
    }

    private async Task<IRenderedComponent<ProfileForm>> OpenAsync()
    {
        var profile = (await profiles.OpenAsync(default)).Value;
        return Render<ProfileForm>(p => p.Add(f => f.Profile, profile));
    }
}
