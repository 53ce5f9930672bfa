using Bunit;
using Crm.Data.Storage;
using Crm.Web.Features.Accounts.RoleRights;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Live;
using Crm.Web.Platform.Results;
using Crm.Web.Tests.Ground;
using Crm.Web.Ui.Overlays;
using Microsoft.AspNetCore.Components;

namespace Crm.Web.Tests.Features.Accounts.RoleRights;

/// <summary>The owner turns a switch, and whoever is at work feels it.</summary>
[Trait("contract", "M-047")]
public sealed class RightsScreenTests : BunitContext
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Theory, BothDatabases]
    public async Task A_switch_that_the_owner_turns_refuses_the_next_command_of_an_agent_at_work(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var agent = shop.As(TestPeople.Agent).Get<CurrentActor>();
        Assert.Null(agent.UnlessMay(Permission.Export));
        var (page, said) = Open(shop, TestPeople.Owner);
        Assert.Contains("Everything is as it came.", page.Markup, StringComparison.Ordinal);

        await TurnAsync(page, false);

        Assert.IsType<ForbiddenError>(agent.UnlessMay(Permission.Export));
        page.WaitForAssertion(() => Assert.Contains("One right is not as it came.", page.Markup, StringComparison.Ordinal), Patience);
        Assert.Contains("Came on", page.Markup, StringComparison.Ordinal);
        Assert.Equal("Agent: “Download lists” is off.", Assert.Single(said));

        await TurnAsync(page, true);
        Assert.Null(agent.UnlessMay(Permission.Export));
    }

    [Theory, BothDatabases]
    public async Task Everything_goes_back_as_it_came_at_a_click(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var agent = shop.As(TestPeople.Agent).Get<CurrentActor>();
        var (page, _) = Open(shop, TestPeople.Owner);
        await TurnAsync(page, false);
        page.WaitForAssertion(() => page.Find("button.btn.s"), Patience);

        await page.InvokeAsync(() => page.Find("button.btn.s").ClickAsync());

        Assert.True(agent.May(Permission.Export));
        page.WaitForAssertion(() => Assert.Contains("Everything is as it came.", page.Markup, StringComparison.Ordinal), Patience);
    }

    [Fact]
    public async Task A_manager_sees_no_switch()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);

        var (page, _) = Open(shop, TestPeople.Manager);

        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("[role=alert]")), Patience);
        Assert.Empty(page.FindAll("input[role=switch]"));
    }

    private static Task TurnAsync(IRenderedComponent<RightsPage> page, bool on)
    {
        page.WaitForAssertion(() => page.Find("input[aria-label='Agent: Download lists']"), Patience);
        return page.InvokeAsync(() => page.Find("input[aria-label='Agent: Download lists']").ChangeAsync(new ChangeEventArgs { Value = on }));
    }

    private (IRenderedComponent<RightsPage> Page, List<string> Said) Open(TestShop shop, TestPerson person)
    {
        var (desk, toasts, said) = (shop.As(person), new Toasts(), new List<string>());
        toasts.Added += message => said.Add(message.Text);
        Services.AddSingleton(desk.Get<RightsService>()).AddSingleton(shop.Get<ChangeFeed>()).AddSingleton(toasts);
        SetRendererInfo(new RendererInfo("Server", isInteractive: true));
        return (Render<RightsPage>(), said);
    }
}
