using Crm.Data;
using Crm.Web.Platform.Results;

namespace Crm.Web.Features.Leads.Opportunities;

/// <summary>A move as it is told to the screen reader and may be taken back.</summary>
/// <param name="Position">Counted from one, under the filter.</param>
public sealed record DealMove(OpportunityRow Card, OpportunityRow Before, int BeforeIndex, int Position, int Count)
{
    public string Words => $"Moved {Card.Title} to {Card.StageName}, {Position} of {Count}";
}

/// <summary>
/// The opportunities of one screen, as board or list. A move is shown before the database is asked and goes back when it refuses; a live
/// change looks again at the changed cards and the totals.
/// </summary>
public sealed class DealBoard(DealBoardQueries queries, OpportunityMoves moves) : IDisposable
{
    /// <summary>Rows of the list at first sight and with each step.</summary>
    public const int ListSize = 50;

    private const int MostLooksAtOnce = 50;

    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly HashSet<Guid> moving = [];
    private List<DealLane> lanes = [];
    private int listSize = ListSize;

    public IReadOnlyList<DealLane> Lanes => lanes;
    public DealFilter Filter { get; private set; } = new();
    public IReadOnlyList<ForecastMonth> Forecast { get; private set; } = [];

    /// <summary>The list's rows; nothing while the board is shown.</summary>
    public Page<OpportunityRow>? List { get; private set; }

    /// <summary>What the open stages on screen count for.</summary>
    public Money Weighted => DealForecast.Open(lanes.Select(l => l.Total));

    public DealLane? this[Guid stageId] => lanes.Find(l => l.Stage.Id == stageId);

    public OpportunityRow? Find(Guid id) => lanes.SelectMany(l => l.Cards).FirstOrDefault(c => c.Id == id) ?? List?.Rows.FirstOrDefault(r => r.Id == id);

    /// <summary>Reads everything under a filter.</summary>
    /// <returns>The refusal, or null.</returns>
    public async Task<Error?> LoadAsync(DealFilter filter, CancellationToken ct)
    {
        if (filter != Filter) listSize = ListSize;
        Filter = filter;
        if ((await queries.TotalsAsync(filter, ct)).Failed(out var refusal, out var totals)) return refusal;
        var next = totals.Select(t => new DealLane(t)).ToList();
        foreach (var lane in filter.AsList ? [] : next)
        {
            var size = Math.Max(DealBoardQueries.LaneSize, this[lane.Stage.Id]?.Cards.Count ?? 0);
            if ((await queries.LaneAsync(filter, lane.Stage.Id, null, size, ct)).Failed(out refusal, out var page)) return refusal;
            lane.Fill(page);
        }
        if (Filter != filter) return null;
        lanes = next;
        return await LoadListAsync(ct) ?? await LoadForecastAsync(ct);
    }

    /// <summary>Reads the next cards of a stage.</summary>
    public async Task<Error?> MoreAsync(Guid stageId, CancellationToken ct)
    {
        var filter = Filter;
        if (this[stageId] is not { HasMore: true } lane) return null;
        if ((await queries.LaneAsync(filter, stageId, lane.Cards.LastOrDefault(), DealBoardQueries.LaneSize, ct)).Failed(out var refusal, out var page)) return refusal;
        if (Filter == filter) lane.Append(page);
        return null;
    }

    /// <summary>Reads the next rows of the list.</summary>
    public Task<Error?> MoreAsync(CancellationToken ct)
    {
        listSize = Math.Min(listSize + ListSize, OpportunityQueries.Most);
        return LoadListAsync(ct);
    }

    /// <summary>Moves a card, on screen at once.</summary>
    /// <param name="index">Place among the stage's other cards on screen.</param>
    /// <param name="end">Why it ended, where the stage is an end.</param>
    /// <param name="drawAsync">Draws the screen; called before the database is asked and, on a refusal, after the card went back.</param>
    public async Task<Result<DealMove>> MoveAsync(Guid id, Guid stageId, int index, OpportunityEnd? end, Func<bool, Task> drawAsync, CancellationToken ct)
    {
        await turn.WaitAsync(ct);
        try
        {
            if (Find(id) is not { } card || this[card.StageId] is not { } from) return new OpportunityNotFound();
            if (this[stageId] is not { } lane) return new StageNotFound();
            var before = from.IndexOf(id);
            moving.Add(id);
            from.TakeOut(card);
            var place = PlaceOf(lane, index);
            lane.PutIn(card with { StageId = stageId }, index);
            await drawAsync(false);

            Result<OpportunityRow> answer;
            try
            {
                answer = await moves.MoveAsync(id, stageId, place, end, null, ct);
            }
            catch
            {
                await GoBackAsync(card, before, from, lane, drawAsync);
                throw;
            }
            if (answer.Failed(out var refusal, out var moved))
            {
                await GoBackAsync(card, before, from, lane, drawAsync);
                moving.Remove(id);
                await CountAsync(ct);
                return refusal;
            }
            foreach (var other in lanes) other.Drop(id);
            var shown = this[stageId] ?? lane;
            shown.Show(moved with { Description = null });
            return new DealMove(moved, card, before, Math.Max(0, shown.IndexOf(id)) + 1, shown.Count);
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
        if (ids.Contains(Guid.Empty) || ids.Count > MostLooksAtOnce) return moving.Count > 0 ? null : await LoadAsync(Filter, ct);
        var filter = Filter;
        if ((await queries.CardsAsync(filter, ids, ct)).Failed(out var refusal, out var found)) return refusal;
        if (Filter != filter) return null;
        foreach (var id in ids.Where(id => !moving.Contains(id) && !filter.AsList))
        {
            foreach (var lane in lanes) lane.Drop(id);
            if (found.FirstOrDefault(c => c.Id == id) is { } card) this[card.StageId]?.Show(card);
        }
        return moving.Count > 0 ? null : await CountAsync(ct);
    }

    /// <summary>Reads totals, forecast and the list again.</summary>
    public async Task<Error?> CountAsync(CancellationToken ct)
    {
        var filter = Filter;
        if ((await queries.TotalsAsync(filter, ct)).Failed(out var refusal, out var totals)) return refusal;
        if (Filter != filter || moving.Count > 0) return null;
        foreach (var total in totals) this[total.Stage.Id]?.Take(total);
        return await LoadListAsync(ct) ?? await LoadForecastAsync(ct);
    }

    public void Dispose() => turn.Dispose();

    private async Task<Error?> LoadListAsync(CancellationToken ct)
    {
        var filter = Filter;
        if (!filter.AsList)
        {
            List = null;
            return null;
        }
        if ((await queries.ListAsync(filter, listSize, ct)).Failed(out var refusal, out var page)) return refusal;
        if (Filter == filter) List = page;
        return null;
    }

    private async Task<Error?> LoadForecastAsync(CancellationToken ct)
    {
        var filter = Filter;
        if ((await queries.ForecastAsync(filter, ct)).Failed(out var refusal, out var months)) return refusal;
        if (Filter == filter) Forecast = months;
        return null;
    }

    // What was read meanwhile may show the card where it was already, in lanes of its own: it must not stand there twice, or count twice.
    private Task GoBackAsync(OpportunityRow card, int before, DealLane from, DealLane lane, Func<bool, Task> drawAsync)
    {
        foreach (var other in lanes) other.Drop(card.Id);
        if (this[card.StageId] is { } now && now != from) now.Show(card);
        else
        {
            lane.TakeOut(card);
            from.PutIn(card, before);
        }
        return drawAsync(true);
    }

    // Said by both neighbours: when one of them has left meanwhile, the other still holds the place.
    private static LeadPlace PlaceOf(DealLane lane, int index)
    {
        var at = Math.Clamp(index, 0, lane.Cards.Count);
        return new LeadPlace(at > 0 ? lane.Cards[at - 1].Id : null, at < lane.Cards.Count ? lane.Cards[at].Id : null);
    }
}
