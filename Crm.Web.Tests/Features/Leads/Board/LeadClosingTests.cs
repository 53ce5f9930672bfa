using Bunit;
using Crm.Data.Leads;
using Crm.Data.Storage;
using Crm.Web.Features.Accounts.RoleRights;
using Crm.Web.Features.Leads;
using Crm.Web.Features.Leads.Board;
using Crm.Web.Features.Leads.Opportunities;
using Crm.Web.Platform.Access;
using Crm.Web.Tests.Ground;
using Crm.Web.Ui.Overlays;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Leads.Board;

/// <summary>What ends a lead asks first, what opens one again too, and all of it can be taken back.</summary>
public sealed class LeadClosingTests : LeadScreens
{
    [Fact]
    public async Task Lost_asks_why_before_anything_moves_and_can_be_taken_back()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        var card = await shop.LeadAsync("Sunrise Diner", LeadStatus.Contacted);
        var page = await OpenAsync(shop, TestPeople.Agent);
        var view = page.FindComponent<BoardView>();
        var toasts = new List<ToastMessage>();
        Services.GetRequiredService<Toasts>().Added += toasts.Add;

        await view.InvokeAsync(() => view.Instance.DropAsync(card, "Lost", null));
        Assert.Equal("Why was Sunrise Diner lost?", page.Find("#lost-lead-title").TextContent);
        Assert.Equal("Sunrise Diner", Lane(page, "Contacted"));
        await page.InvokeAsync(() => page.Find("dialog .btn.bad").ClickAsync());
        Assert.Contains("Say why it was lost.", page.Find("dialog [role=alert]").TextContent, StringComparison.Ordinal);

        await page.InvokeAsync(() => page.Find("dialog input[type=radio]").ChangeAsync(true));
        await page.InvokeAsync(() => page.Find("#lost-note").ChangeAsync("Came back to the wholesaler"));
        await page.InvokeAsync(() => page.Find("dialog .btn.bad").ClickAsync());
        Assert.Equal(("Sunrise Diner", 0), (Lane(page, "Lost"), page.FindAll("#lost-lead-title").Count));
        Assert.Contains("Price · Came back to the wholesaler", page.Find("[data-lane=Lost] .so").TextContent, StringComparison.Ordinal);

        var undo = Assert.Single(toasts).UndoAsync!;
        await page.InvokeAsync(undo);
        Assert.Equal("Sunrise Diner", Lane(page, "Contacted"));
    }

    [Fact]
    [Trait("contract", "M-155")]
    public async Task A_loss_is_taken_back_to_where_it_was_unless_a_colleague_moved_it_on()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        var card = await shop.LeadAsync("Sunrise Diner", LeadStatus.Contacted);
        var since = shop.Clock.Now;
        shop.Clock.Advance(TimeSpan.FromDays(3));
        var page = await OpenAsync(shop, TestPeople.Agent);
        var view = page.FindComponent<BoardView>();
        var toasts = new List<ToastMessage>();
        Services.GetRequiredService<Toasts>().Added += toasts.Add;
        await LoseAsync();
        await page.InvokeAsync(toasts[^1].UndoAsync!);
        Assert.Equal("Sunrise Diner", Lane(page, "Contacted"));
        await using (var db = shop.Open())
        {
            var now = await db.Leads.SingleAsync();
            Assert.Equal((since, since), (now.StatusSince, now.TouchedAt));
        }

        await LoseAsync();
        shop.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Null((await shop.As(TestPeople.Manager).Get<LeadMoves>().MoveAsync(card, LeadStatus.Qualified, LeadPlace.Top, CancellationToken.None)).Error);
        await page.InvokeAsync(toasts[^1].UndoAsync!);
        Assert.Equal("Sunrise Diner was left as it is: Somebody changed it since.", toasts[^1].Text);
        page.WaitForAssertion(() => Assert.Equal("Sunrise Diner", Lane(page, "Qualified")), Patience);

        async Task LoseAsync()
        {
            shop.Clock.Advance(TimeSpan.FromMinutes(1));
            await view.InvokeAsync(() => view.Instance.DropAsync(card, "Lost", null));
            await page.InvokeAsync(() => page.Find("dialog input[type=radio]").ChangeAsync(true));
            await page.InvokeAsync(() => page.Find("dialog .btn.bad").ClickAsync());
            page.WaitForAssertion(() => Assert.Equal("Sunrise Diner", Lane(page, "Lost")), Patience);
        }
    }

    [Fact]
    public async Task Converted_asks_for_the_customer()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        var card = await shop.LeadAsync("Merle Ramsaran", LeadStatus.Qualified);
        var page = await OpenAsync(shop, TestPeople.Agent);
        var view = page.FindComponent<BoardView>();

        await view.InvokeAsync(() => view.Instance.NudgeAsync(card, 1, 0));
        page.WaitForAssertion(() => Assert.Equal("Merle", page.Find("#convert-first").GetAttribute("value")), Patience);
        Assert.Equal("Merle Ramsaran", Lane(page, "Qualified"));
        await page.InvokeAsync(() => page.Find("#convert-phone").ChangeAsync("555"));
        await page.InvokeAsync(() => page.Find("dialog .btn.p").ClickAsync());
        page.WaitForAssertion(() => Assert.Contains("not a whole phone number", page.Find("#convert-phone-note").TextContent, StringComparison.Ordinal), Patience);
        await page.InvokeAsync(() => page.Find("#convert-phone").ChangeAsync("416 555 0134"));
        await page.InvokeAsync(() => page.Find("dialog .btn.p").ClickAsync());

        page.WaitForAssertion(() => Assert.Equal("Merle Ramsaran", Lane(page, "Converted")), Patience);
        await using var db = shop.Open();
        Assert.NotNull(await db.Customers.SingleOrDefaultAsync(c => c.Phone == "+14165550134"));
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task A_lead_with_an_open_opportunity_is_not_given_another_unasked(bool hasOne, bool ticked)
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        var card = await shop.LeadAsync("Merle Ramsaran", LeadStatus.Qualified, value: 900_00);
        if (hasOne) Assert.Null((await shop.As(TestPeople.Agent).Get<OpportunityService>().CreateAsync(new OpportunityEdit { Title = "Wedding", LeadId = card }, null, null, CancellationToken.None)).Error);
        var page = await OpenAsync(shop, TestPeople.Agent);
        var view = page.FindComponent<BoardView>();

        await view.InvokeAsync(() => view.Instance.NudgeAsync(card, 1, 0));
        page.WaitForAssertion(() => Assert.Equal("Merle", page.Find("#convert-first").GetAttribute("value")), Patience);

        Assert.Equal(ticked, page.Find(".with-deal input").HasAttribute("checked"));
    }

    [Fact]
    [Trait("contract", "M-127")]
    public async Task A_customer_is_opened_again_only_after_a_question_and_can_be_taken_back()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        var card = await shop.LeadAsync("Merle Ramsaran", LeadStatus.Converted);
        shop.Clock.Advance(TimeSpan.FromMinutes(1));
        var page = await OpenAsync(shop, TestPeople.Agent);
        var view = page.FindComponent<BoardView>();
        var toasts = new List<ToastMessage>();
        Services.GetRequiredService<Toasts>().Added += toasts.Add;

        await view.InvokeAsync(() => view.Instance.DropAsync(card, "New", null));
        Assert.Equal("Open Merle Ramsaran again?", page.Find("#reopen-lead-title").TextContent);
        Assert.Contains("The customer stays, and the lead counts as open.", page.Find("dialog .what").TextContent, StringComparison.Ordinal);
        await page.InvokeAsync(() => page.Find("dialog [autofocus]").ClickAsync());
        Assert.Equal(("Merle Ramsaran", "", 0), (Lane(page, "Converted"), Lane(page, "New"), page.FindAll("#reopen-lead-title").Count));

        await view.InvokeAsync(() => view.Instance.NudgeAsync(card, -1, 0));
        Assert.Equal("Merle Ramsaran", Lane(page, "Converted"));
        await page.InvokeAsync(() => page.Find("dialog .btn.p").ClickAsync());
        await page.WaitForAssertionAsync(() => Assert.Equal("Merle Ramsaran", Lane(page, "Qualified")), Patience);
        Assert.Empty(page.FindAll("#reopen-lead-title"));
        Assert.Equal("Merle Ramsaran is open again", toasts[^1].Text);

        await page.InvokeAsync(toasts[^1].UndoAsync!);
        await page.WaitForAssertionAsync(() => Assert.Equal("Merle Ramsaran", Lane(page, "Converted")), Patience);
    }

    [Fact]
    [Trait("contract", "M-155")]
    public async Task Out_of_lost_it_moves_at_once_and_the_reason_comes_back_with_undo()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        var card = await shop.LeadAsync("Sunrise Diner", LeadStatus.Lost);
        shop.Clock.Advance(TimeSpan.FromMinutes(1));
        var page = await OpenAsync(shop, TestPeople.Agent);
        var view = page.FindComponent<BoardView>();
        var toasts = new List<ToastMessage>();
        Services.GetRequiredService<Toasts>().Added += toasts.Add;

        await view.InvokeAsync(() => view.Instance.DropAsync(card, "New", null));
        await page.WaitForAssertionAsync(() => Assert.Equal("Sunrise Diner", Lane(page, "New")), Patience);
        Assert.Equal("Sunrise Diner is open again", Assert.Single(toasts).Text);
        Assert.Equal("Moved Sunrise Diner to New, 1 of 1", page.Find("[data-announcement]").TextContent);

        await page.InvokeAsync(toasts[0].UndoAsync!);
        await page.WaitForAssertionAsync(() => Assert.Equal("Sunrise Diner", Lane(page, "Lost")), Patience);
        await using var db = shop.Open();
        Assert.Equal((LeadStatus.Lost, LostReason.Price), await db.Leads.Select(l => new ValueTuple<LeadStatus, LostReason?>(l.Status, l.LostReason)).SingleAsync());
    }

    [Fact]
    [Trait("contract", "M-127")]
    public async Task A_column_that_takes_no_card_of_this_person_says_so_before_the_drop()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        Assert.Null((await shop.As(TestPeople.Owner).Get<RightsService>().SetAsync(Roles.Agent, Permission.EditCustomers, false, CancellationToken.None)).Error);
        var card = await shop.LeadAsync("Merle Ramsaran", LeadStatus.Qualified);
        var page = await OpenAsync(shop, TestPeople.Agent);
        var view = page.FindComponent<BoardView>();
        var why = new ConversionNotAllowed().Message;

        Assert.Equal([null, null, null, why, null], Enum.GetNames<LeadStatus>().Select(s => page.Find($"[data-lane={s}]").GetAttribute("data-refuses")));
        Assert.Equal(why, page.Find("[data-lane=Converted] .refusal[hidden]").TextContent);
        await view.InvokeAsync(() => view.Instance.ChooseAsync(card));
        var item = page.FindAll("#lead-move [role=menuitem]")[3];
        Assert.Equal(("true", "Converted" + why), (item.GetAttribute("aria-disabled"), item.TextContent.Trim()));

        await view.InvokeAsync(() => view.Instance.NudgeAsync(card, 1, 0));
        Assert.Equal((why, "Merle Ramsaran"), (page.Find("[data-announcement]").TextContent, Lane(page, "Qualified")));
    }
}
