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

    [Theory]
    [InlineData("Add contact", "#contact-name", "Kwame", "contact")]
    [InlineData("Add reminder", "#reminder-title", "Bring samples", "reminder")]
    [InlineData("Add reminder", "#reminder-at", "11:30:00", "reminder")]
    public async Task Leaving_a_form_of_the_panel_asks_first_too(string opens, string field, string value, string draft)
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        var lead = await shop.LeadAsync("Accra Grill House");
        var page = await OpenAsync(shop, TestPeople.Agent, $"leads/{lead}");
        (await page.WaitForElementAsync($"[aria-label='{opens}']", Patience)).Click();
        await page.InvokeAsync(() => page.Instance.GoAsync("/leads", true));
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".drawer")), Patience);

        await page.InvokeAsync(() => page.Instance.GoAsync($"/leads/{lead}", false));
        (await page.WaitForElementAsync($"[aria-label='{opens}']", Patience)).Click();
        await page.InvokeAsync(() => page.Find(field).ChangeAsync(value));
        await page.InvokeAsync(() => page.Find(".lead-head [aria-label=Close]").ClickAsync());
        Assert.Equal("Leave without saving?", page.Find("#leave-title").TextContent);
        await page.InvokeAsync(() => page.FindAll("dialog .btn").Single(b => b.TextContent == "Keep writing").ClickAsync());
        Assert.Equal(value, page.Find(field).GetAttribute("value"));

        await page.InvokeAsync(() => page.Instance.GoAsync("/leads", true));
        await page.InvokeAsync(() => page.FindAll("dialog .btn").Single(b => b.TextContent == "Leave").ClickAsync());
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".drawer")), Patience);
        Assert.Equal([$"{draft}/{lead}/"], JSInterop.Invocations.Where(i => i.Identifier == "shell.forgetDrafts").Select(i => (string)i.Arguments[0]!));
    }

    [Fact]
    public async Task A_form_of_the_panel_that_was_saved_or_cancelled_asks_nothing()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        var lead = await shop.LeadAsync("Accra Grill House");
        var page = await OpenAsync(shop, TestPeople.Agent, $"leads/{lead}");
        (await page.WaitForElementAsync("[aria-label='Add contact']", Patience)).Click();
        await page.InvokeAsync(() => page.Find("#contact-name").ChangeAsync("Kwame"));
        await page.InvokeAsync(() => page.Find("[aria-label=Contacts] form").SubmitAsync());
        page.WaitForAssertion(() => Assert.Contains("Kwame", page.Find("[aria-label=Contacts] .person").TextContent, StringComparison.Ordinal), Patience);
        await page.InvokeAsync(() => page.Find("[aria-label='Add reminder']").ClickAsync());
        await page.InvokeAsync(() => page.Find("#reminder-title").ChangeAsync("Bring samples"));
        await page.InvokeAsync(() => page.FindAll("[aria-label=Reminders] form .btn").Single(b => b.TextContent == "Cancel").ClickAsync());

        await page.InvokeAsync(() => page.Find(".lead-head [aria-label=Close]").ClickAsync());

        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".drawer")), Patience);
    }

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
        Assert.Equal("true", page.FindAll("#lead-move button").Single(b => b.TextContent.Contains("Converted", StringComparison.Ordinal)).GetAttribute("aria-disabled"));
        await board.InvokeAsync(() => board.Instance.DropAsync(lead, "Converted", null));

        Assert.StartsWith("Your role may not turn leads into customers.", board.Find("[data-announcement]").TextContent, StringComparison.Ordinal);
        Assert.Contains("Your role may not turn leads into customers.", board.Find(".msg").TextContent, StringComparison.Ordinal);
        Assert.Equal("Accra Grill House", Lane(page, "Qualified"));
        var refused = await shop.As(TestPeople.Agent).Get<LeadConversion>().ConvertAsync(lead, new ConversionEdit { FirstName = "Kwame" }, LeadPlace.Top, Ct);
        Assert.IsType<ConversionNotAllowed>(refused.Error);
    }
}
