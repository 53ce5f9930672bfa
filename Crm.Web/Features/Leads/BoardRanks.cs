using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Leads;

/// <summary>A card's place in its column: ascending by rank; equal ranks are ordered by id.</summary>
sealed class BoardSpot
{
    public Guid Id { get; init; }
    public long Rank { get; init; }
}

/// <summary>
/// Finds the place of a card between its neighbours as they are now, on any board. Whoever asks holds the board's lock until the
/// commit, so two moves at once never read the same gap.
/// </summary>
static class BoardRanks
{
    /// <param name="cards">The other cards of the column.</param>
    /// <param name="step">How far apart neighbours stand.</param>
    /// <param name="spread">Numbers the column anew, when there is no gap left.</param>
    public static async Task<long> FindAsync(IQueryable<BoardSpot> cards, LeadPlace place, long step, Func<Task> spread, CancellationToken ct)
    {
        var (above, below) = await NeighboursAsync(cards, place, ct);
        if (above is { } upper && below is { } lower && lower.Rank - upper.Rank < 2)
        {
            await spread();
            (above, below) = await NeighboursAsync(cards, new LeadPlace(upper.Id, null), ct);
        }
        return (above?.Rank, below?.Rank) switch
        {
            ({ } from, { } to) => from + (to - from) / 2,
            ({ } from, null) => from + step,
            (null, { } to) => to - step,
            (null, null) => 0,
        };
    }

    private static async Task<(BoardSpot? Above, BoardSpot? Below)> NeighboursAsync(IQueryable<BoardSpot> cards, LeadPlace place, CancellationToken ct)
    {
        if (await cards.Where(l => l.Id == place.Below).FirstOrDefaultAsync(ct) is { } upper)
            return (upper, await cards.Where(l => l.Rank > upper.Rank || l.Rank == upper.Rank && l.Id > upper.Id).OrderBy(l => l.Rank).ThenBy(l => l.Id).FirstOrDefaultAsync(ct));
        if (await cards.Where(l => l.Id == place.Above).FirstOrDefaultAsync(ct) is { } lower)
            return (await cards.Where(l => l.Rank < lower.Rank || l.Rank == lower.Rank && l.Id < lower.Id).OrderByDescending(l => l.Rank).ThenByDescending(l => l.Id).FirstOrDefaultAsync(ct), lower);
        return (null, await cards.OrderBy(l => l.Rank).ThenBy(l => l.Id).FirstOrDefaultAsync(ct));
    }
}
