using Bunit;
using Crm.Data;
using Crm.Data.Leads;
using Crm.Data.Storage;
using Crm.Web.Features.Leads;
using Crm.Web.Features.Leads.Board;
using Crm.Web.Features.Settings.Views;
using Crm.Web.Platform.Live;
using Crm.Web.Tests.Ground;
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
        shop.Get<ChangeFeed>().Forget([new ChangeTopic(ChangeKinds.Lead, card)]);

        await view.InvokeAsync(() => view.Instance.NudgeAsync(card, 1, 0));

        Assert.Equal("Gone, Stays", Lane(page, "New"));
        Assert.Equal("New 1 $0", Head(page, "New"));
        Assert.Contains("This lead is gone.", page.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Equal(["remember", "glide"], JSInterop.Invocations.Select(i => i.Identifier).Where(i => i is "remember" or "glide"));
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
        await page.InvokeAsync(() => page.Find(".tab-more").ClickAsync());
        Assert.StartsWith("/leads/export.csv?", page.Find("#lead-views a[download]").GetAttribute("href"), StringComparison.Ordinal);
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
        await page.InvokeAsync(() => page.Find(".chip.on button[aria-label]").ClickAsync());

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
