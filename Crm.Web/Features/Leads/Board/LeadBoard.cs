using Crm.Data.Leads;
using Crm.Web.Platform.Results;

namespace Crm.Web.Features.Leads.Board;

/// <summary>A move as it is told to the screen reader and may be taken back.</summary>
/// <param name="Position">Counted from one, under the filter.</param>
public sealed record BoardMove(LeadCard Card, LeadCard Before, int BeforeIndex, int Position, int Count)
{
    public string Words => $"Moved {Card.Name} to {LeadWords.Of(Card.Status)}, {Position} of {Count}";
}

/// <summary>
/// The board of one screen. A move is shown before the database is asked and goes back when it refuses; a live change looks again at
/// the changed cards and the totals, and at nothing else.
/// </summary>
public sealed class LeadBoard(LeadBoardQueries queries, LeadMoves moves) : IDisposable
{
    private const int MostLooksAtOnce = 50;

    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly HashSet<Guid> moving = [];

    // told of while it could not be said what is the newer: read anew as soon as it can
    private readonly HashSet<Guid> missed = [];

    // between which turns that was read which is shown of a lead: one and the same for a reading, a move's beginning and end
    private readonly Dictionary<Guid, (long From, long To)> known = [];
    private int loading;
    private long loaded;
    private long counted;

    public IReadOnlyList<Lane> Lanes { get; } = [.. Enum.GetValues<LeadStatus>().Select(s => new Lane(s))];
    public LeadFilter Filter { get; private set; } = new();
    public LeadTabCounts Tabs { get; private set; } = new(0, 0, 0, 0, 0);

    /// <summary>Differs when there is something else to draw.</summary>
    public (int Lanes, LeadTabCounts Tabs) State => (Lanes.Sum(l => l.Revision), Tabs);

    public Lane this[LeadStatus status] => Lanes[(int)status];

    public LeadCard? Find(Guid id) => Lanes.SelectMany(l => l.Cards).FirstOrDefault(c => c.Id == id);

    /// <summary>Reads everything under a filter.</summary>
    /// <returns>The refusal, or null.</returns>
    public async Task<Error?> LoadAsync(LeadFilter filter, CancellationToken ct)
    {
        Filter = filter;
        loaded = queries.Turn();
        known.Clear();
        missed.UnionWith(moving);
        loading++;
        try
        {
            foreach (var lane in Lanes)
            {
                var size = Math.Max(LeadBoardQueries.LaneSize, lane.Cards.Count);
                if ((await queries.LaneAsync(filter, lane.Status, null, size, ct)).Failed(out var refusal, out var page)) return refusal;
                if (Filter != filter) break;
                lane.Fill(page);
            }
        }
        finally
        {
            loading--;
        }
        return await LookAgainAsync(ct) ?? await CountAsync(ct);
    }

    /// <summary>Reads the next cards of a column.</summary>
    public async Task<Error?> MoreAsync(LeadStatus status, CancellationToken ct)
    {
        var (lane, filter) = (this[status], Filter);
        if (!lane.HasMore) return null;
        if ((await queries.LaneAsync(filter, status, lane.Cards.LastOrDefault(), LeadBoardQueries.LaneSize, ct)).Failed(out var refusal, out var page)) return refusal;
        if (Filter == filter) lane.Append(page);
        return null;
    }

    /// <summary>Moves a card, on screen at once.</summary>
    /// <param name="index">Place among the column's other cards on screen.</param>
    /// <param name="drawAsync">Draws the screen; called before the database is asked and, on a refusal, after the card went back.</param>
    public Task<Result<BoardMove>> MoveAsync(Guid id, LeadStatus to, int index, Func<bool, Task> drawAsync, CancellationToken ct) =>
        PutAsync(id, to, index, place => moves.MoveAsync(id, to, place, ct), drawAsync, ct);

    /// <summary>The same with another command, for moves that need more than a place: a loss, a conversion.</summary>
    public async Task<Result<BoardMove>> PutAsync(Guid id, LeadStatus to, int index, Func<LeadPlace, Task<Result<LeadMoved>>> commandAsync, Func<bool, Task> drawAsync, CancellationToken ct)
    {
        await turn.WaitAsync(ct);
        try
        {
            if (Find(id) is not { } card) return new LeadNotFound();
            var (from, lane) = (this[card.Status], this[to]);
            var before = from.IndexOf(id);
            moving.Add(id);
            from.TakeOut(card);
            var place = PlaceOf(lane, index);
            lane.PutIn(card with { Status = to }, index);
            await drawAsync(false);

            var began = queries.Turn();
            Result<LeadMoved> answer;
            try
            {
                answer = await commandAsync(place);
            }
            catch
            {
                await GoBackAsync(card, before, lane, drawAsync);
                throw;
            }
            if (answer.Failed(out var refusal, out var done))
            {
                await GoBackAsync(card, before, lane, drawAsync);
                moving.Remove(id);
                await LookAgainAsync(ct);
                await CountAsync(ct);
                return refusal;
            }
            foreach (var other in Lanes) other.Drop(id);
            this[done.Card.Status].Show(done.Card);
            known[id] = (began, queries.Turn());
            var move = new BoardMove(done.Card, card, before, Math.Max(0, lane.IndexOf(id)) + 1, lane.Count);
            moving.Remove(id);
            await LookAgainAsync(ct);
            return move;
        }
        finally
        {
            moving.Remove(id);
            turn.Release();
        }
    }

    /// <summary>Looks again at what changed, and at the totals.</summary>
    public async Task<Error?> LookAsync(IReadOnlySet<Guid> ids, CancellationToken ct)
    {
        if (ids.Contains(Guid.Empty) || ids.Count > MostLooksAtOnce) return await LoadAsync(Filter, ct);
        missed.UnionWith(ids);
        if (await LookAgainAsync(ct) is { } refusal) return refusal;
        return moving.Count > 0 ? null : await CountAsync(ct);
    }

    /// <summary>
    /// Takes over what was read for all boards together: only what this one does not know from later, by its own reading or its own move.
    /// </summary>
    internal async Task<Error?> LookAsync(LeadNews news, CancellationToken ct)
    {
        var filter = Filter;
        if ((await queries.NewsAsync(news, filter, ct)).Failed(out var refusal, out var seen)) return refusal;
        if (seen.Cards is null) return await LoadAsync(Filter, ct);
        if (Filter != filter || news.Turn < loaded) return null;
        Show(news.Ids, seen.Cards, news.Turn);
        if (moving.Count == 0) Count(seen.Totals, seen.Tabs, news.Turn);
        return await LookAgainAsync(ct);
    }

    /// <summary>Brings a lead on screen that its column has not been scrolled to, or that the filter hides.</summary>
    public async Task<Error?> BringAsync(Guid id, CancellationToken ct)
    {
        if ((await queries.CardsAsync(new LeadFilter(), [id], ct)).Failed(out var refusal, out var found)) return refusal;
        if (found is not [var card]) return new LeadNotFound();
        this[card.Status].ShowLast(card);
        return null;
    }

    public void Dispose() => turn.Dispose();

    /// <summary>Reads the totals and the numbers on the tabs.</summary>
    public async Task<Error?> CountAsync(CancellationToken ct)
    {
        var (filter, turn) = (Filter, queries.Turn());
        if ((await queries.TotalsAsync(filter, ct)).Failed(out var refusal, out var totals)) return refusal;
        if ((await queries.TabsAsync(ct)).Failed(out refusal, out var tabs)) return refusal;
        if (Filter == filter && moving.Count == 0) Count(totals, tabs, turn);
        return null;
    }

    private void Count(IReadOnlyList<LaneTotal> totals, LeadTabCounts tabs, long turn)
    {
        if (turn < counted) return;
        counted = turn;
        foreach (var total in totals) this[total.Status].Total(total);
        Tabs = tabs;
    }

    private async Task<Error?> LookAgainAsync(CancellationToken ct)
    {
        while (loading == 0 && missed.Except(moving).ToList() is { Count: > 0 } ids)
        {
            missed.ExceptWith(ids);
            var (filter, turn) = (Filter, queries.Turn());
            if ((await queries.CardsAsync(filter, ids, ct)).Failed(out var refusal, out var found)) return refusal;
            if (Filter == filter && turn > loaded) Show(ids, found, turn);
        }
        return null;
    }

    // What was read while a move was under way may be from before it or from after it.
    private void Show(IEnumerable<Guid> ids, IReadOnlyList<LeadCard> found, long turn)
    {
        foreach (var id in ids)
        {
            var (from, to) = known.GetValueOrDefault(id);
            if (turn < from) continue;
            if (turn < to || loading > 0 || moving.Contains(id))
            {
                missed.Add(id);
                continue;
            }
            known[id] = (turn, turn);
            var card = found.FirstOrDefault(c => c.Id == id);
            if (card is not null && card == Find(id)) continue;
            foreach (var lane in Lanes) lane.Drop(id);
            if (card is not null) this[card.Status].Show(card);
        }
    }

    // What was read meanwhile may show the card where it was already: it must not stand there twice.
    private Task GoBackAsync(LeadCard card, int before, Lane lane, Func<bool, Task> drawAsync)
    {
        foreach (var other in Lanes) other.Drop(card.Id);
        lane.TakeOut(card);
        this[card.Status].PutIn(card, before);
        return drawAsync(true);
    }

    // Said by both neighbours: when one of them has left meanwhile, the other still holds the place.
    private static LeadPlace PlaceOf(Lane lane, int index)
    {
        var at = Math.Clamp(index, 0, lane.Cards.Count);
        return new LeadPlace(at > 0 ? lane.Cards[at - 1].Id : null, at < lane.Cards.Count ? lane.Cards[at].Id : null);
    }
}
