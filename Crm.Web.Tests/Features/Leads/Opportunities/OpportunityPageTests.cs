using Bunit;
using Crm.Data.Storage;
using Crm.Web.Features.Leads;
using Crm.Web.Features.Leads.Opportunities;
using Crm.Web.Features.Settings;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Live;
using Crm.Web.Platform.Undo;
using Crm.Web.Tests.Ground;
using Crm.Web.Ui.Forms;
using Crm.Web.Ui.Overlays;
using Microsoft.AspNetCore.Components;

namespace Crm.Web.Tests.Features.Leads.Opportunities;

/// <summary>The page of opportunities over the real services of one person, without a browser.</summary>
[Trait("contract", "M-138")]
[Trait("contract", "M-231")]
public sealed class OpportunityPageTests : BunitContext
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly CancellationToken Ct = CancellationToken.None;

    [Fact]
    public async Task Stages_show_their_cards_and_what_they_count_for()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        await shop.DealAsync("Weekly yam", 1, "100", owner: TestPeople.Agent);
        await shop.DealAsync("Rice", 1, "50");
        var page = await OpenAsync(shop);

        Assert.Equal("Rice, Weekly yam", Lane(page, (await shop.StagesAsync())[1].Id));
        Assert.Equal("Qualified 2 $150", Head(page, (await shop.StagesAsync())[1].Id));
        Assert.Contains("counts for $45", page.Find(".weigh .num").ParentElement!.ParentElement!.ParentElement!.ParentElement!.TextContent, StringComparison.Ordinal);
        Assert.Contains("2 open · $150 · counts for $45", page.Find(".top .badge").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_card_lands_at_once_and_an_end_asks_why_before_anything_is_moved()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        var deal = await shop.DealAsync("Weekly yam", 0, "100");
        var stages = await shop.StagesAsync();
        var page = await OpenAsync(shop);
        var board = page.FindComponent<DealBoardView>();

        await page.InvokeAsync(() => board.Instance.NudgeAsync(deal, 1, 0));
        Assert.Equal(("", "Weekly yam"), (Lane(page, stages[0].Id), Lane(page, stages[1].Id)));
        Assert.Equal("Moved Weekly yam to Qualified, 1 of 1", page.Find("[data-announcement]").TextContent);

        await page.InvokeAsync(() => board.Instance.DropAsync(deal, stages[4].Id.ToString(), null));
        Assert.Equal("Why was Weekly yam won?", page.Find("#deal-end-title").TextContent);
        Assert.Equal("Weekly yam", Lane(page, stages[1].Id));
        await page.InvokeAsync(() => page.Find("dialog .btn.p").ClickAsync());
        Assert.Contains("Say why it was won.", page.Find("dialog").TextContent, StringComparison.Ordinal);
        await page.InvokeAsync(() => page.FindAll("dialog input[type=radio]")[1].ChangeAsync(true));
        await page.InvokeAsync(() => page.Find("#deal-end-note").ChangeAsync("Fresh"));
        await page.InvokeAsync(() => page.Find("dialog .btn.p").ClickAsync());
        await page.WaitForAssertionAsync(() => Assert.Equal("Weekly yam", Lane(page, stages[4].Id)), Patience);
        var stored = (await shop.As(TestPeople.Agent).Get<OpportunityQueries>().FindAsync(deal, Ct)).Value;
        Assert.Equal((Crm.Data.Leads.WonReason.Quality, "Fresh"), (stored.WonReason, stored.OutcomeNote));
    }

    [Fact]
    [Trait("contract", "M-155")]
    public async Task An_end_is_taken_back_to_where_it_was_unless_a_colleague_moved_it_on()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        var deal = await shop.DealAsync("Weekly yam", 1, "100");
        var (stages, since) = (await shop.StagesAsync(), shop.Clock.Now);
        shop.Clock.Advance(TimeSpan.FromDays(3));
        var page = await OpenAsync(shop);
        var board = page.FindComponent<DealBoardView>();
        var toasts = new List<ToastMessage>();
        Services.GetRequiredService<Toasts>().Added += toasts.Add;
        await WinAsync();
        await page.InvokeAsync(toasts[^1].UndoAsync!);
        await page.WaitForAssertionAsync(() => Assert.Equal("Weekly yam", Lane(page, stages[1].Id)), Patience);
        Assert.Equal(since, (await shop.As(TestPeople.Agent).Get<OpportunityQueries>().FindAsync(deal, Ct)).Value.StageSince);

        await WinAsync();
        shop.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Null((await shop.As(TestPeople.Manager).Get<OpportunityMoves>().MoveAsync(deal, stages[2].Id, LeadPlace.Top, null, null, Ct)).Error);
        await page.InvokeAsync(toasts[^1].UndoAsync!);
        Assert.Equal("Weekly yam was left as it is: Somebody changed it since.", toasts[^1].Text);
        await page.WaitForAssertionAsync(() => Assert.Equal("Weekly yam", Lane(page, stages[2].Id)), Patience);

        async Task WinAsync()
        {
            shop.Clock.Advance(TimeSpan.FromMinutes(1));
            await page.InvokeAsync(() => board.Instance.DropAsync(deal, stages[4].Id.ToString(), null));
            await page.InvokeAsync(() => page.FindAll("dialog input[type=radio]")[1].ChangeAsync(true));
            await page.InvokeAsync(() => page.Find("dialog .btn.p").ClickAsync());
            await page.WaitForAssertionAsync(() => Assert.Equal("Weekly yam", Lane(page, stages[4].Id)), Patience);
        }
    }

    [Fact]
    [Trait("contract", "M-165")]
    public async Task A_deal_that_had_ended_moves_back_at_once_and_undo_ends_it_again()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        var deal = await shop.DealAsync("Weekly yam", 1, "100");
        var stages = await shop.StagesAsync();
        Assert.Null((await shop.As(TestPeople.Agent).Get<OpportunityMoves>().MoveAsync(deal, stages[4].Id, LeadPlace.Top, new OpportunityEnd(Crm.Data.Leads.WonReason.Quality, null, "Fresh"), null, Ct)).Error);
        shop.Clock.Advance(TimeSpan.FromMinutes(1));
        var page = await OpenAsync(shop);
        var board = page.FindComponent<DealBoardView>();
        var toasts = new List<ToastMessage>();
        Services.GetRequiredService<Toasts>().Added += toasts.Add;

        await page.InvokeAsync(() => board.Instance.NudgeAsync(deal, -1, 0));
        await page.WaitForAssertionAsync(() => Assert.Equal("Weekly yam", Lane(page, stages[3].Id)), Patience);
        Assert.Equal("Weekly yam is open again", Assert.Single(toasts).Text);

        await page.InvokeAsync(toasts[0].UndoAsync!);
        await page.WaitForAssertionAsync(() => Assert.Equal("Weekly yam", Lane(page, stages[4].Id)), Patience);
        var stored = (await shop.As(TestPeople.Agent).Get<OpportunityQueries>().FindAsync(deal, Ct)).Value;
        Assert.Equal((Crm.Data.Leads.WonReason.Quality, "Fresh"), (stored.WonReason, stored.OutcomeNote));
    }

    [Theory, BothDatabases]
    public async Task A_refused_move_stands_once_though_the_board_was_read_anew_meanwhile(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var deal = await shop.DealAsync("Weekly yam", 0, "100");
        var stages = await shop.StagesAsync();
        using var board = await BoardAsync(shop);

        var done = await board.MoveAsync(deal, stages[4].Id, 0, null, async back =>
        {
            if (!back) Assert.Null(await board.LoadAsync(new DealFilter(), Ct));
        }, Ct);

        Assert.IsType<EndNeedsReason>(done.Error);
        Assert.Equal([1, 0], new[] { 0, 4 }.Select(at => board[stages[at].Id]!.Cards.Count));
        Assert.Equal([1, 0], new[] { 0, 4 }.Select(at => board[stages[at].Id]!.Count));
    }

    [Theory, BothDatabases]
    public async Task A_move_that_fails_goes_back_before_the_failure_is_told(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var deal = await shop.DealAsync("Weekly yam", 0, "100");
        var stages = await shop.StagesAsync();
        using var board = await BoardAsync(shop);
        using var lost = new CancellationTokenSource();
        var seen = new List<(bool, int, int)>();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => board.MoveAsync(deal, stages[1].Id, 0, null, async back =>
        {
            seen.Add((back, board[stages[0].Id]!.Cards.Count, board[stages[1].Id]!.Cards.Count));
            if (!back) await lost.CancelAsync();
        }, lost.Token));

        Assert.Equal([(false, 0, 1), (true, 1, 0)], seen);
        Assert.Equal((1, 10_000L, 0), (board[stages[0].Id]!.Count, board[stages[0].Id]!.Amount.Minor, board[stages[1].Id]!.Count));
    }

    [Fact]
    public async Task A_refused_move_goes_back_and_says_why()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        var deal = await shop.DealAsync("Weekly yam", 0, "100");
        var stages = await shop.StagesAsync();
        var desk = shop.As(TestPeople.Agent);
        using var board = new DealBoard(desk.Get<DealBoardQueries>(), desk.Get<OpportunityMoves>());
        Assert.Null(await board.LoadAsync(new DealFilter(), Ct));
        Assert.Null((await desk.Get<OpportunityService>().DeleteAsync(deal, Ct)).Error);

        var seen = new List<(bool, int, int)>();
        var done = await board.MoveAsync(deal, stages[1].Id, 0, null, back =>
        {
            seen.Add((back, board[stages[0].Id]!.Count, board[stages[1].Id]!.Count));
            return Task.CompletedTask;
        }, Ct);

        Assert.IsType<OpportunityNotFound>(done.Error);
        Assert.Equal([(false, 0, 1), (true, 1, 0)], seen);
        Assert.Equal((0, 0), (board[stages[0].Id]!.Count, board[stages[1].Id]!.Count));
    }

    [Fact]
    public async Task Somebody_elses_move_shows_without_a_reload()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        var deal = await shop.DealAsync("Weekly yam", 0, "100");
        var stages = await shop.StagesAsync();
        var page = await OpenAsync(shop);

        Assert.Null((await shop.As(TestPeople.Manager).Get<OpportunityMoves>().MoveAsync(deal, stages[2].Id, LeadPlace.Top, null, null, Ct)).Error);

        await page.WaitForAssertionAsync(() => Assert.Equal("Proposal 1 $100", Head(page, stages[2].Id)), Patience);
    }

    [Fact]
    public async Task The_panel_saves_and_shows_both_values_where_two_people_wrote_the_same_field()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        var deal = await shop.DealAsync("Weekly yam", 0, "100");
        var page = await OpenAsync(shop, $"opportunities/{deal}");
        await page.WaitForStateAsync(() => page.FindAll("#deal-form-title").Count > 0, Patience);
        await page.InvokeAsync(() => page.Find("#deal-form-title").ChangeAsync("Daily yam"));
        var other = shop.As(TestPeople.OtherAgent);
        var original = OpportunityEdit.Of((await other.Get<OpportunityQueries>().FindAsync(deal, Ct)).Value);
        var edit = original.Copy();
        (edit.Title, edit.Amount) = ("Monthly yam", "120");
        Assert.Null((await other.Get<OpportunityService>().EditAsync(deal, original, edit, Ct)).Error);

        await page.InvokeAsync(() => page.Find("#deal-form").SubmitAsync());

        await page.WaitForAssertionAsync(() => Assert.Contains("theirs Monthly yam, yours Daily yam", page.Find(".clash").TextContent, StringComparison.Ordinal), Patience);
        await page.InvokeAsync(() => page.Find("#deal-form").SubmitAsync());
        await page.WaitForStateAsync(() => page.FindAll("#deal-form").Count == 0, Patience);
        var stored = (await other.Get<OpportunityQueries>().FindAsync(deal, Ct)).Value;
        Assert.Equal(("Daily yam", 12_000), (stored.Title, stored.AmountMinor));
    }

    [Fact]
    public async Task The_list_sorts_by_its_heads_and_keeps_its_place_in_the_address()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        await shop.DealAsync("Small", 0, "1");
        await shop.DealAsync("Great", 0, "100");
        var page = await OpenAsync(shop, "opportunities?view=list&sort=-amount");

        Assert.Equal(["Great", "Small"], page.FindAll("table.deals tbody a.open").Select(a => a.TextContent.Trim()));
        await page.InvokeAsync(() => page.FindAll("table.deals th button.sort").Single(b => b.TextContent.Contains("Amount", StringComparison.Ordinal)).ClickAsync());
        await page.WaitForAssertionAsync(() => Assert.Equal(["Small", "Great"], page.FindAll("table.deals tbody a.open").Select(a => a.TextContent.Trim())), Patience);
    }

    private static async Task<DealBoard> BoardAsync(TestShop shop)
    {
        var desk = shop.As(TestPeople.Agent);
        var board = new DealBoard(desk.Get<DealBoardQueries>(), desk.Get<OpportunityMoves>());
        Assert.Null(await board.LoadAsync(new DealFilter(), Ct));
        return board;
    }

    private async Task<IRenderedComponent<OpportunityPage>> OpenAsync(TestShop shop, string address = "opportunities")
    {
        var desk = shop.As(TestPeople.Agent);
        Services.AddSingleton(desk.Get<DealBoardQueries>()).AddSingleton(desk.Get<OpportunityQueries>()).AddSingleton(desk.Get<OpportunityMoves>()).AddSingleton(desk.Get<OpportunityService>()).AddSingleton(desk.Get<LeadQueries>()).AddSingleton(desk.Get<UndoService>())
            .AddSingleton(desk.Get<CurrentActor>()).AddSingleton(shop.Get<Shop>()).AddSingleton(shop.Get<ChangeFeed>()).AddSingleton(TimeProvider.System).AddScoped<Toasts>().AddScoped<Drafts>();
        JSInterop.Mode = JSRuntimeMode.Loose;
        foreach (var module in new[] { "./Features/Leads/Board/BoardView.razor.js?deals", "./Features/Leads/Board/LeadBoardPage.razor.js?deals", "./js/dialog.js", "./js/drawer.js" })
            JSInterop.SetupModule(module).Mode = JSRuntimeMode.Loose;
        SetRendererInfo(new RendererInfo("Server", isInteractive: true));
        Services.GetRequiredService<NavigationManager>().NavigateTo(address);
        var id = Guid.TryParse(address.Split('/', '?').ElementAtOrDefault(1), out var deal) ? deal : (Guid?)null;
        var page = Render<OpportunityPage>(p => p.Add(x => x.DealId, id));
        await page.WaitForStateAsync(() => page.FindAll(".card-skel").Count == 0, Patience);
        return page;
    }

    private static string Lane(IRenderedComponent<OpportunityPage> page, Guid stage) => string.Join(", ", page.FindAll($"[data-lane='{stage}'] a.nm").Select(a => a.TextContent));

    private static string Head(IRenderedComponent<OpportunityPage> page, Guid stage) =>
        string.Join(' ', new[] { "h2", ".c", ".sum" }.Select(part => page.Find($"[data-lane='{stage}'] .lane-h {part}").TextContent));
}
