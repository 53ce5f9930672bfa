using Bunit;
using Crm.Data.Outbox;
using Crm.Data.Storage;
using Crm.Web.Features.Settings;
using Crm.Web.Features.Settings.Jobs;
using Crm.Web.Platform.Jobs;
using Crm.Web.Platform.Live;
using Crm.Web.Platform.Outbox;
using Crm.Web.Tests.Ground;
using Crm.Web.Tests.Platform.Outbox;
using Crm.Web.Ui.Overlays;
using Microsoft.AspNetCore.Components;

namespace Crm.Web.Tests.Features.Settings.Jobs;

public sealed class JobsPageTests : BunitContext
{
    private static readonly CancellationToken Now = CancellationToken.None;

    [Fact]
    public async Task It_names_every_job_and_says_when_none_runs_here()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);

        var page = Open(shop, TestPeople.Owner);

        Assert.Equal(["Clear old notices", "Clear old sign-ins", "Clear sent messages", "Clear unused files", "Clear used-up limits", "Mail stale leads", "Send reminders"], page.FindAll(".work b").Select(b => b.TextContent));
        Assert.Contains(page.FindAll(".msg"), m => m.TextContent.Contains("Jobs do not run on this server"));
        Assert.Contains("Nothing was given up", page.Markup);
    }

    [Fact]
    public async Task A_message_in_trouble_says_why_and_goes_again_at_a_click()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        await shop.PostAsync("k");
        await shop.Node(new FakeChannel { On = (_, _) => throw new DeliveryRefusedException("550 <b>nobody</b> here") }).DispatchDueAsync(Now);
        var page = Open(shop, TestPeople.Owner);
        Assert.Contains("550 <b>nobody</b> here", page.Find("table").TextContent);

        await page.InvokeAsync(() => page.Find("table button").ClickAsync());

        page.WaitForAssertion(() => Assert.Empty(page.FindAll("table")));
        Assert.Equal(OutboxState.Waiting, (await shop.MessageAsync("k")).State);
    }

    [Fact]
    public async Task It_follows_the_outbox_by_itself()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        var page = Open(shop, TestPeople.Owner);

        await shop.PostAsync("one", "two");

        page.WaitForAssertion(() => Assert.Equal("2", page.Find(".tally dd").TextContent), TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Nobody_else_sees_anything()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        var page = Open(shop, TestPeople.Manager);
        Assert.Empty(page.FindAll(".work, .tally"));
        Assert.NotEmpty(page.FindAll("[role=alert]"));
    }

    private IRenderedComponent<JobsPage> Open(TestShop shop, TestPerson person)
    {
        var desk = shop.As(person);
        Services.AddSingleton(desk.Get<JobBoard>()).AddSingleton(desk.Get<OutboxBoard>()).AddSingleton(shop.Get<ChangeFeed>()).AddSingleton(shop.Get<Shop>())
            .AddSingleton(shop.Get<TimeProvider>()).AddSingleton(desk.Get<Toasts>());
        SetRendererInfo(new RendererInfo("Server", isInteractive: true));
        return Render<JobsPage>();
    }
}
