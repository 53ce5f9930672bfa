using Crm.Data.Leads;
using Crm.Data.Storage;
using Crm.Web.Features.Leads;
using Crm.Web.Features.Leads.Board;
using Crm.Web.Tests.Ground;

namespace Crm.Web.Tests.Features.Leads.Board;

/// <summary>The board of one screen, without the screen.</summary>
public sealed class LeadBoardTests
{
    private static readonly CancellationToken Ct = CancellationToken.None;

    [Theory, BothDatabases]
    public async Task A_move_is_on_screen_before_the_database_is_asked_and_its_totals_with_it(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var card = await shop.LeadAsync("Kreyòl Corner Bakery", value: 1450_00);
        await shop.LeadAsync("Accra Grill House", LeadStatus.Qualified, 5600_00);
        using var board = await OpenAsync(shop);
        var drawn = new List<string>();

        var move = (await board.MoveAsync(card, LeadStatus.Qualified, 1, back =>
        {
            drawn.Add($"{back}: {Names(board, LeadStatus.Qualified)} {board[LeadStatus.Qualified].Count} {board[LeadStatus.Qualified].Value.Minor} {board[LeadStatus.New].Count}");
            return Task.CompletedTask;
        }, Ct)).Value;

        Assert.Equal(["False: Accra Grill House, Kreyòl Corner Bakery 2 705000 0"], drawn);
        Assert.Equal("Moved Kreyòl Corner Bakery to Qualified, 2 of 2", move.Words);
    }

    [Theory, BothDatabases]
    public async Task A_refused_move_goes_back_to_where_it_was_with_the_reason(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await shop.LeadAsync("A", value: 1_00);
        var card = await shop.LeadAsync("B", value: 2_00);
        await shop.LeadAsync("C", value: 4_00);
        using var board = await OpenAsync(shop);
        var backs = new List<bool>();

        var refusal = (await board.MoveAsync(card, LeadStatus.Lost, 0, back =>
        {
            backs.Add(back);
            return Task.CompletedTask;
        }, Ct)).Error;

        Assert.IsType<LostNeedsReason>(refusal);
        Assert.Equal([false, true], backs);
        Assert.Equal(("A, B, C", 3, 7_00L, 0), (Names(board, LeadStatus.New), board[LeadStatus.New].Count, board[LeadStatus.New].Value.Minor, board[LeadStatus.Lost].Count));
    }

    [Theory, BothDatabases]
    public async Task A_refused_move_stands_once_though_the_board_was_read_anew_meanwhile(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await shop.LeadAsync("A", value: 1_00);
        var card = await shop.LeadAsync("B", value: 2_00);
        using var board = await OpenAsync(shop);
        var read = new List<string>();

        var refusal = (await board.MoveAsync(card, LeadStatus.Lost, 0, async back =>
        {
            if (!back) Assert.Null(await board.LookAsync(new HashSet<Guid> { Guid.Empty }, Ct));
            read.Add($"{Names(board, LeadStatus.New)}; {board[LeadStatus.New].Count} {board[LeadStatus.Lost].Count}");
        }, Ct)).Error;

        Assert.IsType<LostNeedsReason>(refusal);
        Assert.Equal(["A, B; 1 1", "A, B; 2 0"], read);
        Assert.Equal(("A, B", 2, 3_00L, 0), (Names(board, LeadStatus.New), board[LeadStatus.New].Count, board[LeadStatus.New].Value.Minor, board[LeadStatus.Lost].Count));
    }

    [Theory, BothDatabases]
    public async Task A_move_that_fails_goes_back_before_the_failure_is_told(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await shop.LeadAsync("A", value: 1_00);
        var card = await shop.LeadAsync("B", value: 2_00);
        using var board = await OpenAsync(shop);
        var backs = new List<bool>();

        await Assert.ThrowsAsync<TimeoutException>(() => board.PutAsync(card, LeadStatus.Contacted, 0, _ => throw new TimeoutException(), back =>
        {
            backs.Add(back);
            return Task.CompletedTask;
        }, Ct));

        Assert.Equal([false, true], backs);
        Assert.Equal(("A, B", 2, 3_00L, 0), (Names(board, LeadStatus.New), board[LeadStatus.New].Count, board[LeadStatus.New].Value.Minor, board[LeadStatus.Contacted].Count));
        Assert.Null((await board.MoveAsync(card, LeadStatus.Contacted, 0, _ => Task.CompletedTask, Ct)).Error);
    }

    [Theory, BothDatabases]
    public async Task Quick_moves_of_one_card_are_done_one_after_the_other(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var card = await shop.LeadAsync("A");
        using var board = await OpenAsync(shop);

        var moves = await Task.WhenAll(new[] { LeadStatus.Contacted, LeadStatus.Qualified, LeadStatus.Contacted, LeadStatus.New, LeadStatus.Qualified }
            .Select(to => board.MoveAsync(card, to, 0, _ => Task.CompletedTask, Ct)));

        Assert.All(moves, m => Assert.Null(m.Error));
        using var other = await OpenAsync(shop);
        Assert.Equal(LeadStatus.Qualified, other.Find(card)!.Status);
        Assert.Equal(LeadStatus.Qualified, board.Find(card)!.Status);
    }

    [Theory, BothDatabases]
    public async Task A_change_elsewhere_is_looked_at_and_nothing_else(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var (a, b, gone) = (await shop.LeadAsync("A", value: 1_00), await shop.LeadAsync("B", value: 2_00), await shop.LeadAsync("Gone"));
        using var board = await OpenAsync(shop);
        var elsewhere = shop.As(TestPeople.Manager);
        Assert.Null((await elsewhere.Get<LeadMoves>().MoveAsync(a, LeadStatus.Contacted, LeadPlace.Top, Ct)).Error);
        Assert.Null((await elsewhere.Get<LeadService>().DeleteAsync(gone, Ct)).Error);
        var fresh = (await elsewhere.Get<LeadService>().CreateAsync(new LeadEdit { Name = "Fresh" }, Ct)).Value;

        Assert.Null(await board.LookAsync(new HashSet<Guid> { a, gone, fresh }, Ct));

        Assert.Equal(("Fresh, B", "A", 2, 1_00L), (Names(board, LeadStatus.New), Names(board, LeadStatus.Contacted), board[LeadStatus.New].Count, board[LeadStatus.Contacted].Value.Minor));
        Assert.Equal(3, board.Tabs.Open);
        Assert.NotNull(board.Find(b));
    }

    [Theory, BothDatabases]
    public async Task A_filter_hides_a_card_that_no_longer_fits(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var card = await shop.LeadAsync("Late", nextStep: "Call", nextStepAt: TestClock.Start.AddDays(-1));
        using var board = await OpenAsync(shop, LeadFilter.Parse("?when=late"));
        Assert.NotNull(board.Find(card));
        Assert.Null((await shop.As(TestPeople.Agent).Get<LeadNextSteps>().PostponeAsync(card, new LeadStep("Call", TestClock.Start.AddDays(-1)), Postponement.NextWeek, Ct)).Error);

        Assert.Null(await board.LookAsync(new HashSet<Guid> { card }, Ct));

        Assert.Null(board.Find(card));
        Assert.Equal(0, board[LeadStatus.New].Count);
    }

    [Theory, BothDatabases]
    public async Task A_mass_change_reads_as_far_as_was_scrolled(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var ids = await shop.LeadsAsync(80, LeadStatus.Contacted);
        using var board = await OpenAsync(shop);
        Assert.Null(await board.MoreAsync(LeadStatus.Contacted, Ct));
        Assert.Equal((50, true, 80), (board[LeadStatus.Contacted].Cards.Count, board[LeadStatus.Contacted].HasMore, board[LeadStatus.Contacted].Count));

        Assert.Null(await board.LookAsync(new HashSet<Guid> { Guid.Empty }, Ct));

        Assert.Equal(ids.Take(50), board[LeadStatus.Contacted].Cards.Select(c => c.Id));
        await board.BringAsync(ids[70], Ct);
        Assert.Equal(ids[70], board[LeadStatus.Contacted].Cards[^1].Id);
        Assert.IsType<LeadNotFound>(await board.BringAsync(Guid.Empty, Ct));
    }

    [Theory, BothDatabases]
    public async Task A_customer_sees_nothing(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await shop.LeadAsync("A");
        var desk = shop.As(TestPeople.CustomerA);
        using var board = new LeadBoard(desk.Get<LeadBoardQueries>(), desk.Get<LeadMoves>());

        Assert.NotNull(await board.LoadAsync(new LeadFilter(), Ct));
        Assert.All(board.Lanes, lane => Assert.Equal((0, 0), (lane.Count, lane.Cards.Count)));
    }

    private static async Task<LeadBoard> OpenAsync(TestShop shop, LeadFilter? filter = null)
    {
        var desk = shop.As(TestPeople.Agent);
        var board = new LeadBoard(desk.Get<LeadBoardQueries>(), desk.Get<LeadMoves>());
        Assert.Null(await board.LoadAsync(filter ?? new LeadFilter(), Ct));
        return board;
    }

    private static string Names(LeadBoard board, LeadStatus status) => string.Join(", ", board[status].Cards.Select(c => c.Name));
}
