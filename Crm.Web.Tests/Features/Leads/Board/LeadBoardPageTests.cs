using Bunit;
using Crm.Data.Leads;
using Crm.Data.Storage;
using Crm.Web.Features.Accounts.RoleRights;
using Crm.Web.Features.Leads;
using Crm.Web.Features.Leads.Board;
using Crm.Web.Features.Leads.Opportunities;
using Crm.Web.Features.Settings.Views;
using Crm.Web.Platform.Access;
using Crm.Web.Tests.Ground;
using Crm.Web.Ui.Overlays;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Leads.Board;

public sealed class LeadBoardPageTests : LeadScreens
{
    [Fact]
    [Trait("contract", "M-127")]
    public async Task Five_columns_show_their_cards_counts_and_sums()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        await shop.LeadAsync("Mama Nkechi's Kitchen", value: 4200_00, owner: TestPeople.Agent);
        await shop.LeadAsync("Island Spice", value: 2650_00);
        await shop.LeadAsync("Sunrise Diner", LeadStatus.Lost, 1200_00);

        var page = await OpenAsync(shop, TestPeople.Agent);

        Assert.Equal(["New 2 $6,850 ≈ $685", "Contacted 0 $0", "Qualified 0 $0", "Converted 0 $0", "Lost 1 $1,200"], Enum.GetNames<LeadStatus>().Select(s => Head(page, s)));
        Assert.Equal("2 open · $6,850", page.Find(".top .badge").TextContent);
        Assert.Equal(["All open2", "Mine1", "Due today0", "Late0", "Stale0"], page.FindAll("nav.tabs > a").Select(a => a.TextContent));
        Assert.Equal("/leads/export.csv", page.Find("a[download]").GetAttribute("href"));
    }

    [Fact]
    public async Task A_key_moves_the_card_the_focus_follows_and_a_screen_reader_hears_it()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        foreach (var name in new[] { "A", "B", "C" }) await shop.LeadAsync(name, LeadStatus.Qualified);
        await shop.LeadAsync("X");
        await shop.LeadAsync("Y");
        var card = await shop.LeadAsync("Mama Nkechi Catering", value: 100_00);
        var page = await OpenAsync(shop, TestPeople.Agent);
        var view = page.FindComponent<BoardView>();

        await view.InvokeAsync(() => view.Instance.NudgeAsync(card, 1, 0));
        await view.InvokeAsync(() => view.Instance.NudgeAsync(card, 1, 0));
        await view.InvokeAsync(() => view.Instance.NudgeAsync(card, 0, 1));

        Assert.Equal("Moved Mama Nkechi Catering to Qualified, 2 of 4", page.Find("[data-announcement]").TextContent);
        Assert.Equal("polite", page.Find("[data-announcement]").GetAttribute("aria-live"));
        Assert.Equal("A, Mama Nkechi Catering, B, C", Lane(page, "Qualified"));
        Assert.Equal("Qualified 4 $100 ≈ $60", Head(page, "Qualified"));
        Assert.Equal(card, JSInterop.Invocations.Where(i => i.Identifier == "focusCard").Last().Arguments[0]);
        await using var db = shop.Open();
        Assert.Equal(LeadStatus.Qualified, (await db.Leads.SingleAsync(l => l.Id == card)).Status);
    }

    [Fact]
    public async Task The_edges_of_the_board_hold()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        var (first, last) = (await shop.LeadAsync("First"), await shop.LeadAsync("Last", LeadStatus.Lost));
        var page = await OpenAsync(shop, TestPeople.Agent);
        var view = page.FindComponent<BoardView>();

        await view.InvokeAsync(() => view.Instance.NudgeAsync(first, -1, 0));
        await view.InvokeAsync(() => view.Instance.NudgeAsync(first, 0, 1));
        await view.InvokeAsync(() => view.Instance.NudgeAsync(last, 1, 0));
        await view.InvokeAsync(() => view.Instance.DropAsync(first, "Nonsense", null));
        await view.InvokeAsync(() => view.Instance.DropAsync(first, "99", null));
        await view.InvokeAsync(() => view.Instance.NudgeAsync(Guid.Empty, 1, 0));

        Assert.Equal(("First", "Last", ""), (Lane(page, "New"), Lane(page, "Lost"), page.Find("[data-announcement]").TextContent));
    }

    [Fact]
    public async Task A_dropped_card_lands_below_the_card_it_was_dropped_under()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        var (a, b) = (await shop.LeadAsync("A", LeadStatus.Contacted), await shop.LeadAsync("B", LeadStatus.Contacted));
        var card = await shop.LeadAsync("Card");
        var page = await OpenAsync(shop, TestPeople.Agent);
        var view = page.FindComponent<BoardView>();

        await view.InvokeAsync(() => view.Instance.DropAsync(card, "Contacted", a));
        Assert.Equal("A, Card, B", Lane(page, "Contacted"));
        await view.InvokeAsync(() => view.Instance.DropAsync(a, "Contacted", b));
        Assert.Equal("Card, B, A", Lane(page, "Contacted"));
    }

    [Fact]
    public async Task A_refused_move_glides_back_and_says_why()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        var (card, _) = (await shop.LeadAsync("Gone"), await shop.LeadAsync("Stays"));
        var page = await OpenAsync(shop, TestPeople.Agent);
        var view = page.FindComponent<BoardView>();
        await using (var db = shop.Open()) await db.Leads.Where(l => l.Id == card).ExecuteDeleteAsync();

        await view.InvokeAsync(() => view.Instance.NudgeAsync(card, 1, 0));

        Assert.Equal("Gone, Stays", Lane(page, "New"));
        Assert.Equal("New 1 $0", Head(page, "New"));
        Assert.Contains("This lead is gone.", page.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Equal(["remember", "glide"], JSInterop.Invocations.Select(i => i.Identifier).Where(i => i is "remember" or "glide"));
    }

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
        await page.Find("dialog .btn.bad").ClickAsync();
        Assert.Contains("Say why it was lost.", page.Find("dialog [role=alert]").TextContent, StringComparison.Ordinal);

        await page.Find("dialog input[type=radio]").ChangeAsync(true);
        await page.Find("#lost-note").ChangeAsync("Came back to the wholesaler");
        await page.Find("dialog .btn.bad").ClickAsync();
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
            await page.Find("dialog input[type=radio]").ChangeAsync(true);
            await page.Find("dialog .btn.bad").ClickAsync();
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
        await page.Find("#convert-phone").ChangeAsync("555");
        await page.Find("dialog .btn.p").ClickAsync();
        page.WaitForAssertion(() => Assert.Contains("not a whole phone number", page.Find("#convert-phone-note").TextContent, StringComparison.Ordinal), Patience);
        await page.Find("#convert-phone").ChangeAsync("416 555 0134");
        await page.Find("dialog .btn.p").ClickAsync();

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
    public async Task The_views_end_with_their_menu_which_exports_on_a_phone()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        var name = new string('w', 80);
        Assert.Null((await shop.As(TestPeople.Manager).Get<SavedViewService>().CreateAsync(ViewAreas.Leads, name, "?priority=High", true, CancellationToken.None)).Error);
        await shop.LeadAsync("Accra Grill House");
        var page = await OpenAsync(shop, TestPeople.Manager, "leads?when=Late");

        var tabs = page.Find("nav[aria-label=Views]");
        Assert.DoesNotContain("only-d", tabs.ClassName, StringComparison.Ordinal);
        Assert.Equal([name, "Views"], tabs.Children.Where(c => c.TagName is not "DIV").TakeLast(2).Select(c => c.GetAttribute("title") ?? c.GetAttribute("aria-label")));
        Assert.Equal(name, tabs.QuerySelector(".ell")!.TextContent);
        Assert.StartsWith("/leads/export.csv?", page.Find("#lead-views a.only-p").GetAttribute("href"), StringComparison.Ordinal);
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
        await page.Find("dialog [autofocus]").ClickAsync();
        Assert.Equal(("Merle Ramsaran", "", 0), (Lane(page, "Converted"), Lane(page, "New"), page.FindAll("#reopen-lead-title").Count));

        await view.InvokeAsync(() => view.Instance.NudgeAsync(card, -1, 0));
        Assert.Equal("Merle Ramsaran", Lane(page, "Converted"));
        await page.Find("dialog .btn.p").ClickAsync();
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

    [Fact]
    [Trait("contract", "M-166")]
    public async Task What_somebody_else_does_is_on_screen_without_a_reload()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        var card = await shop.LeadAsync("Accra Grill House", value: 5600_00);
        var page = await OpenAsync(shop, TestPeople.Agent);
        var elsewhere = shop.As(TestPeople.Manager);

        Assert.Null((await elsewhere.Get<LeadMoves>().MoveAsync(card, LeadStatus.Contacted, LeadPlace.Top, CancellationToken.None)).Error);
        page.WaitForAssertion(() => Assert.Equal(("Accra Grill House", "Contacted 1 $5,600 ≈ $1,680"), (Lane(page, "Contacted"), Head(page, "Contacted"))), Patience);

        Assert.Null((await elsewhere.Get<LeadService>().CreateAsync(new LeadEdit { Name = "Fresh" }, CancellationToken.None)).Error);
        page.WaitForAssertion(() => Assert.Equal("Fresh", Lane(page, "New")), Patience);
    }

    [Fact]
    public async Task An_address_opens_with_its_filter_and_a_tick_changes_it()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        await shop.LeadAsync("Mine", owner: TestPeople.Agent, priority: LeadPriority.High);
        await shop.LeadAsync("Theirs", owner: TestPeople.OtherAgent);
        var page = await OpenAsync(shop, TestPeople.Agent, "leads?agent=me");

        Assert.Equal("Mine", Lane(page, "New"));
        Assert.Equal("Agent: Me", page.Find(".chip.on .open").TextContent.Trim());
        Assert.Equal("Mine1", page.Find("nav.tabs a.on").TextContent);
        await page.Find(".chip.on button[aria-label]").ClickAsync();

        page.WaitForAssertion(() => Assert.Equal("Mine, Theirs", Lane(page, "New")), Patience);
        Assert.Equal(["/leads", true], JSInterop.Invocations.Last(i => i.Identifier == "show").Arguments);
    }

    [Fact]
    public async Task The_first_time_it_says_what_this_is_for()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);

        var page = await OpenAsync(shop, TestPeople.Agent);

        Assert.Equal("No leads yet", page.Find("h2").TextContent);
    }

    [Fact]
    public async Task Somebody_who_does_not_work_here_sees_the_refusal_and_no_lead()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        await shop.LeadAsync("Secret");

        var page = await OpenAsync(shop, TestPeople.CustomerA);

        Assert.Contains("permission", page.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Secret", page.Markup, StringComparison.Ordinal);
    }
}
