using Bunit;
using Crm.Data.Leads;
using Crm.Data.Storage;
using Crm.Web.Features.Accounts.RoleRights;
using Crm.Web.Features.Leads;
using Crm.Web.Features.Leads.Board;
using Crm.Web.Platform.Access;
using Crm.Web.Tests.Features.Leads.Board;
using Crm.Web.Tests.Ground;

namespace Crm.Web.Tests.Features.Leads.Panel;

public sealed class LeadPanelFormsTests : LeadScreens
{
    private static readonly CancellationToken Ct = CancellationToken.None;

    [Fact]
    public async Task Whose_role_may_not_make_customers_is_not_offered_it_and_told_why()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        var lead = await shop.LeadAsync("Accra Grill House", LeadStatus.Qualified);
        await shop.As(TestPeople.Owner).Get<RightsService>().SetAsync(Roles.Agent, Permission.EditCustomers, false, Ct);
        var page = await OpenAsync(shop, TestPeople.Agent, $"leads/{lead}");
        page.WaitForElement(".lead-head", Patience);

        var stage = page.FindAll(".stages button").Single(b => b.TextContent == "Converted");
        Assert.True(stage.HasAttribute("disabled"));
        Assert.StartsWith("Your role may not turn leads into customers.", stage.GetAttribute("title"), StringComparison.Ordinal);
        Assert.DoesNotContain(page.FindAll(".dfoot button"), b => b.TextContent.Contains("Convert", StringComparison.Ordinal));
        var board = page.FindComponent<BoardView>();
        await board.InvokeAsync(() => board.Instance.ChooseAsync(lead));
        Assert.DoesNotContain(page.FindAll("#lead-move button"), b => b.TextContent.Contains("Converted", StringComparison.Ordinal));
        await board.InvokeAsync(() => board.Instance.DropAsync(lead, "Converted", null));

        Assert.StartsWith("Your role may not turn leads into customers.", board.Find("[data-announcement]").TextContent, StringComparison.Ordinal);
        Assert.Contains("Your role may not turn leads into customers.", board.Find(".msg").TextContent, StringComparison.Ordinal);
        Assert.Equal("Accra Grill House", Lane(page, "Qualified"));
        var refused = await shop.As(TestPeople.Agent).Get<LeadConversion>().ConvertAsync(lead, new ConversionEdit { FirstName = "Kwame" }, LeadPlace.Top, Ct);
        Assert.IsType<ConversionNotAllowed>(refused.Error);
    }
}
