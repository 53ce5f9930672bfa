using Crm.Data.Leads;
using Crm.Data.Storage;
using Crm.Web.Features.Leads;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Leads;

public sealed class LeadMovesTests
{
    private static readonly CancellationToken Ct = CancellationToken.None;

    [Theory, BothDatabases]
    [Trait("contract", "M-127")]
    public async Task A_card_goes_where_it_is_put(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var (a, b, c) = (await shop.LeadAsync("A"), await shop.LeadAsync("B"), await shop.LeadAsync("C"));
        var (x, y) = (await shop.LeadAsync("X", LeadStatus.Contacted), await shop.LeadAsync("Y", LeadStatus.Contacted));
        var moves = shop.As(TestPeople.Agent).Get<LeadMoves>();

        var moved = (await moves.MoveAsync(b, LeadStatus.Contacted, new LeadPlace(x, null), Ct)).Value;
        Assert.Equal((LeadStatus.New, LeadStatus.Contacted), (moved.From, moved.Card.Status));
        Assert.Equal(["X", "B", "Y"], await ColumnAsync(shop, LeadStatus.Contacted));

        Assert.Null((await moves.MoveAsync(b, LeadStatus.Contacted, new LeadPlace(null, x), Ct)).Error);
        Assert.Equal(["B", "X", "Y"], await ColumnAsync(shop, LeadStatus.Contacted));

        Assert.Null((await moves.MoveAsync(c, LeadStatus.Contacted, new LeadPlace(y, null), Ct)).Error);
        Assert.Null((await moves.MoveAsync(a, LeadStatus.Contacted, LeadPlace.Top, Ct)).Error);
        Assert.Equal(["A", "B", "X", "Y", "C"], await ColumnAsync(shop, LeadStatus.Contacted));
        Assert.Empty(await ColumnAsync(shop, LeadStatus.New));
    }

    [Theory, BothDatabases]
    public async Task A_neighbour_that_has_left_does_not_spoil_the_place(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var (a, x, y) = (await shop.LeadAsync("A"), await shop.LeadAsync("X", LeadStatus.Contacted), await shop.LeadAsync("Y", LeadStatus.Contacted));
        var gone = await shop.LeadAsync("Gone", LeadStatus.Qualified);
        var moves = shop.As(TestPeople.Agent).Get<LeadMoves>();

        Assert.Null((await moves.MoveAsync(a, LeadStatus.Contacted, new LeadPlace(gone, y), Ct)).Error);
        Assert.Equal(["X", "A", "Y"], await ColumnAsync(shop, LeadStatus.Contacted));
        Assert.Null((await moves.MoveAsync(a, LeadStatus.Contacted, new LeadPlace(gone, null), Ct)).Error);
        Assert.Equal(["A", "X", "Y"], await ColumnAsync(shop, LeadStatus.Contacted));
        Assert.Null((await moves.MoveAsync(a, LeadStatus.Contacted, new LeadPlace(a, x), Ct)).Error);
        Assert.Equal(["A", "X", "Y"], await ColumnAsync(shop, LeadStatus.Contacted));
    }

    [Theory, BothDatabases]
    public async Task A_column_without_a_gap_is_numbered_anew_in_the_same_order(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var a = await shop.LeadAsync("A", LeadStatus.Qualified, rank: 7);
        await shop.LeadAsync("B", LeadStatus.Qualified, rank: 8);
        await shop.LeadAsync("C", LeadStatus.Qualified, rank: 9);
        var moves = shop.As(TestPeople.Agent).Get<LeadMoves>();
        foreach (var name in new[] { "D", "E", "F" })
            Assert.Null((await moves.MoveAsync(await shop.LeadAsync(name), LeadStatus.Qualified, new LeadPlace(a, null), Ct)).Error);

        Assert.Equal(["A", "F", "E", "D", "B", "C"], await ColumnAsync(shop, LeadStatus.Qualified));
        await using var db = shop.Open();
        Assert.Equal(6, await db.Leads.Select(l => l.Rank).Distinct().CountAsync(Ct));
    }

    [Theory, BothDatabases]
    public async Task A_hundred_moves_into_the_same_gap_keep_the_order(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var (top, end) = (await shop.LeadAsync("Top", LeadStatus.Contacted, rank: 0), await shop.LeadAsync("End", LeadStatus.Contacted, rank: 10));
        var turns = new[] { await shop.LeadAsync("P", LeadStatus.Contacted, rank: 11), await shop.LeadAsync("Q", LeadStatus.Contacted, rank: 12) };
        var moves = shop.As(TestPeople.Agent).Get<LeadMoves>();

        for (var i = 0; i < 100; i++) Assert.Null((await moves.MoveAsync(turns[i % 2], LeadStatus.Contacted, new LeadPlace(top, end), Ct)).Error);

        Assert.Equal(["Top", "Q", "P", "End"], await ColumnAsync(shop, LeadStatus.Contacted));
    }

    [Theory, BothDatabases]
    public async Task Two_people_who_move_the_same_card_never_corrupt_order_or_totals(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var cards = new List<Guid>();
        for (var i = 0; i < 6; i++) cards.Add(await shop.LeadAsync($"Card {i}", value: 1000 + i));
        LeadStatus[] open = [LeadStatus.New, LeadStatus.Contacted, LeadStatus.Qualified];

        await Task.WhenAll(new[] { TestPeople.Agent, TestPeople.OtherAgent, TestPeople.Manager, TestPeople.Owner }.Select((person, p) => Task.Run(async () =>
        {
            var moves = shop.As(person).Get<LeadMoves>();
            for (var i = 0; i < 25; i++)
            {
                var moved = await moves.MoveAsync(cards[(i * (p + 1)) % cards.Count], open[(i + p) % 3], new LeadPlace(cards[(i + p + 1) % cards.Count], null), Ct);
                Assert.Null(moved.Error);
            }
        })));

        var totals = (await shop.As(TestPeople.Agent).Get<LeadBoardQueries>().TotalsAsync(new LeadFilter(), Ct)).Value;
        Assert.Equal(6, totals.Sum(t => t.Count));
        Assert.Equal(6015, totals.Sum(t => t.ValueMinor));
        await using var db = shop.Open();
        var places = await db.Leads.Select(l => new { l.Status, l.Rank }).ToListAsync(Ct);
        Assert.Equal(6, places.Distinct().Count());
    }

    [Theory, BothDatabases]
    public async Task The_later_of_two_moves_stands(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var card = await shop.LeadAsync("Card");
        Assert.Null((await shop.As(TestPeople.Agent).Get<LeadMoves>().MoveAsync(card, LeadStatus.Contacted, LeadPlace.Top, Ct)).Error);

        var moved = (await shop.As(TestPeople.OtherAgent).Get<LeadMoves>().MoveAsync(card, LeadStatus.Qualified, LeadPlace.Top, Ct)).Value;

        Assert.Equal((LeadStatus.Contacted, LeadStatus.Qualified), (moved.From, moved.Card.Status));
    }

    [Theory, BothDatabases]
    public async Task A_loss_needs_its_reason_and_coming_back_takes_it_away(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var card = await shop.LeadAsync("Sunrise Diner");
        var moves = shop.As(TestPeople.Agent).Get<LeadMoves>();

        Assert.IsType<LostNeedsReason>((await moves.MoveAsync(card, LeadStatus.Lost, LeadPlace.Top, Ct)).Error);
        Assert.Equal(["Sunrise Diner"], await ColumnAsync(shop, LeadStatus.New));

        var lost = (await moves.LoseAsync(card, LostReason.Price, " came back to the wholesaler ", LeadPlace.Top, Ct)).Value.Card;
        Assert.Equal((LeadStatus.Lost, LostReason.Price, "came back to the wholesaler"), (lost.Status, lost.LostReason, lost.LostNote));

        var second = await shop.LeadAsync("Second", LeadStatus.Lost);
        Assert.Null((await moves.MoveAsync(card, LeadStatus.Lost, new LeadPlace(second, null), Ct)).Error);
        Assert.Equal(["Second", "Sunrise Diner"], await ColumnAsync(shop, LeadStatus.Lost));

        var back = (await moves.MoveAsync(card, LeadStatus.Contacted, LeadPlace.Top, Ct)).Value.Card;
        Assert.Equal((LeadStatus.Contacted, null, null), (back.Status, back.LostReason, back.LostNote));
        Assert.Contains("500", (await moves.LoseAsync(card, LostReason.Other, new string('x', 501), LeadPlace.Top, Ct)).Error!.Message, StringComparison.Ordinal);
    }

    [Theory, BothDatabases]
    public async Task A_conversion_needs_its_customer(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var card = await shop.LeadAsync("Merle");

        Assert.IsType<ConversionNeedsCustomer>((await shop.As(TestPeople.Agent).Get<LeadMoves>().MoveAsync(card, LeadStatus.Converted, LeadPlace.Top, Ct)).Error);
        Assert.Equal(["Merle"], await ColumnAsync(shop, LeadStatus.New));
    }

    [Theory, BothDatabases]
    public async Task A_deleted_card_cannot_be_moved(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var card = await shop.LeadAsync("Card");
        Assert.Null((await shop.As(TestPeople.Manager).Get<LeadService>().DeleteAsync(card, Ct)).Error);

        Assert.IsType<LeadNotFound>((await shop.As(TestPeople.Agent).Get<LeadMoves>().MoveAsync(card, LeadStatus.Contacted, LeadPlace.Top, Ct)).Error);
    }

    [Theory, BothDatabases]
    public async Task A_move_is_a_touch_and_stands_in_the_trail_but_a_new_place_in_the_column_is_none(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var (a, b) = (await shop.LeadAsync("A"), await shop.LeadAsync("B"));
        shop.Clock.Advance(TimeSpan.FromDays(3));
        var moves = shop.As(TestPeople.Agent).Get<LeadMoves>();

        Assert.Equal(TestClock.Start, (await moves.MoveAsync(b, LeadStatus.New, new LeadPlace(null, a), Ct)).Value.Card.TouchedAt);
        var moved = (await moves.MoveAsync(b, LeadStatus.Contacted, LeadPlace.Top, Ct)).Value.Card;
        Assert.Equal((shop.Clock.Now, shop.Clock.Now), (moved.TouchedAt, moved.StatusSince));
        await using var db = shop.Open();
        var trail = await db.AuditEntries.Where(e => e.EntityId == b).OrderByDescending(e => e.At).ThenByDescending(e => e.Id).FirstAsync(Ct);
        Assert.Equal(TestPeople.Agent.Name, trail.ActorName);
        Assert.Contains("\"Status\":\"Contacted\"", trail.After!, StringComparison.Ordinal);
    }

    private static async Task<string[]> ColumnAsync(TestShop shop, LeadStatus status)
    {
        await using var db = shop.Open();
        return await db.Leads.Where(l => l.Status == status).OrderBy(l => l.Rank).ThenBy(l => l.Id).Select(l => l.Name).ToArrayAsync(Ct);
    }
}
