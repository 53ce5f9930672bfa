using Crm.Data;
using Crm.Data.Leads;
using Crm.Data.Search;
using Crm.Web.Features.Customers;
using Crm.Web.Features.Settings;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Leads.Opportunities;

/// <summary>Somebody whose an opportunity can be: a lead or a customer.</summary>
public sealed record DealParty(Guid? LeadId, Guid? CustomerId, string Name, string Line);

/// <summary>What the page of opportunities shows: totals and forecast in grouped queries, each stage by key, the list by its order.</summary>
public sealed class DealBoardQueries(IDbContextFactory<CrmDbContext> contexts, CurrentActor actor, Rights rights, Shop shop, LeadMemory memory)
{
    /// <summary>Cards of a stage at first sight and with each step of scrolling.</summary>
    public const int LaneSize = 25;

    private const int MostParties = 8;

    /// <summary>All stages in their order with their totals, also the empty ones.</summary>
    public Task<Result<IReadOnlyList<StageTotal>>> TotalsAsync(DealFilter filter, CancellationToken ct) => ReadAsync(filter, async (db, deals) =>
    {
        var found = await Totals(deals).ToDictionaryAsync(t => t.StageId, ct);
        var stages = await db.OpportunityStages.AsNoTracking().OrderBy(s => s.Position).ThenBy(s => s.Id)
            .Select(s => new StageRow(s.Id, s.Name, s.Position, s.ProbabilityBasisPoints, s.Outcome)).ToListAsync(ct);
        return (IReadOnlyList<StageTotal>)stages.ConvertAll(s => found.TryGetValue(s.Id, out var sum) ? new StageTotal(s, sum.Count, sum.AmountMinor) : new StageTotal(s, 0, 0));
    }, ct);

    /// <summary>The next cards of a stage below a card, or its first ones.</summary>
    public Task<Result<Page<OpportunityRow>>> LaneAsync(DealFilter filter, Guid stageId, OpportunityRow? after, int size, CancellationToken ct) => ReadAsync(filter, async (db, deals) =>
    {
        var lane = deals.Where(o => o.StageId == stageId);
        if (after is not null) lane = lane.Where(o => o.Rank > after.Rank || o.Rank == after.Rank && o.Id > after.Id);
        return Page<OpportunityRow>.Of(await CardsAsync(db, lane.OrderBy(o => o.Rank).ThenBy(o => o.Id).Take(size + 1), actor, row => row.Rank, ct), size);
    }, ct);

    /// <summary>The cards of these ids as far as the filter still shows them.</summary>
    public Task<Result<IReadOnlyList<OpportunityRow>>> CardsAsync(DealFilter filter, IReadOnlyCollection<Guid> ids, CancellationToken ct) =>
        ReadAsync(filter, async (db, deals) => (IReadOnlyList<OpportunityRow>)await CardsAsync(db, deals.Where(o => ids.Contains(o.Id)), actor, row => row.Rank, ct), ct);

    /// <summary>The first rows of the list in the filter's order.</summary>
    public Task<Result<Page<OpportunityRow>>> ListAsync(DealFilter filter, int size, CancellationToken ct) => ReadAsync(filter, async (db, deals) =>
    {
        size = Math.Clamp(size, 1, OpportunityQueries.Most);
        var rows = await DealOrder.Of(db, deals, filter).Take(size + 1).Select(o => o.Id).ToListAsync(ct);
        var place = rows.Select((id, at) => (id, at)).ToDictionary(r => r.id, r => r.at);
        return Page<OpportunityRow>.Of(await CardsAsync(db, db.Opportunities.AsNoTracking().Where(o => rows.Contains(o.Id)), actor, row => place[row.Id], ct), size);
    }, ct);

    /// <summary>What open opportunities of each month come to, under the filter.</summary>
    public Task<Result<IReadOnlyList<ForecastMonth>>> ForecastAsync(DealFilter filter, CancellationToken ct) => ReadAsync(filter, async (db, deals) =>
    {
        var cells = await Cells(db, deals).ToListAsync(ct);
        return DealForecast.Months(cells.Select(c => new ForecastCell(c.Year is { } year ? new DateOnly(year, c.Month!.Value, 1) : null, c.BasisPoints, c.Count, c.AmountMinor)));
    }, ct);

    /// <summary>Leads and customers by name, phone or e-mail, as far as whoever asks sees them.</summary>
    public async Task<Result<IReadOnlyList<DealParty>>> PartiesAsync(string text, CancellationToken ct)
    {
        if (actor.UnlessStaff() is { } refusal) return refusal;
        await using var db = await contexts.CreateDbContextAsync(ct);
        string[] kinds = actor.May(Permission.SeeCustomers) ? [ChangeKinds.Lead, ChangeKinds.Customer] : [ChangeKinds.Lead];
        var hits = await SearchIndex.FindAsync(db, text, kinds, MostParties, entries => entries.SeenBy(db, actor), ct);
        return Result.Of<IReadOnlyList<DealParty>>([.. hits.Select(h => h.Kind == ChangeKinds.Lead
            ? new DealParty(h.Id, null, h.Title, Line("Lead", h.Subtitle))
            : new DealParty(null, h.Id, h.Title, Line("Customer", h.Subtitle)))]);
    }

    /// <summary>
    /// The opportunities of a lead or a customer for its page, newest first, open ones before; a lead's from memory for those from whom
    /// nothing in them is hidden.
    /// </summary>
    public async Task<Result<IReadOnlyList<OpportunityRow>>> OfAsync(Guid? ofLeadId, Guid? ofCustomerId, CancellationToken ct)
    {
        if (actor.UnlessStaff() is { } refusal) return refusal;
        if (ofLeadId is not { } lead || ofCustomerId is not null || !actor.May(Permission.SeeAllLeads) || !actor.May(Permission.SeeCustomers))
            return Result.Of(await ReadOfAsync(ofLeadId, ofCustomerId, actor, ct));
        // read by nobody: what whoever asks may see was decided above; a customer's name changes without the opportunity
        var everybody = LeadBoardQueries.Everybody(rights);
        return Result.Of((await memory.Deals.ShareAsync(lead, async () => await ReadOfAsync(lead, null, everybody, CancellationToken.None), lasts: rows => rows.All(r => r.CustomerId is null), ct))!);
    }

    internal static IQueryable<StageSum> Totals(IQueryable<Opportunity> deals) =>
        deals.GroupBy(o => o.StageId).Select(g => new StageSum { StageId = g.Key, Count = g.Count(), AmountMinor = g.Sum(o => o.AmountMinor) });

    internal static IQueryable<MonthSum> Cells(CrmDbContext db, IQueryable<Opportunity> deals) =>
        from deal in deals
        join stage in db.OpportunityStages on deal.StageId equals stage.Id
        where stage.Outcome == DealOutcome.Open
        group deal by new { Year = (int?)deal.ExpectedOn!.Value.Year, Month = (int?)deal.ExpectedOn!.Value.Month, stage.ProbabilityBasisPoints } into cell
        select new MonthSum { Year = cell.Key.Year, Month = cell.Key.Month, BasisPoints = cell.Key.ProbabilityBasisPoints, Count = cell.Count(), AmountMinor = cell.Sum(o => o.AmountMinor) };

    private static string Line(string kind, string subtitle) => subtitle.Length == 0 ? kind : $"{kind} · {subtitle}";

    private async Task<IReadOnlyList<OpportunityRow>> ReadOfAsync(Guid? leadId, Guid? customerId, CurrentActor eyes, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var deals = await DealFiltering.ApplyAsync(db, new DealFilter { LeadId = leadId, CustomerId = customerId }, eyes, shop.Today, ct);
        return await CardsAsync(db, deals.OrderBy(o => o.ClosedAt != null).ThenByDescending(o => o.Id).Take(LaneSize), eyes, row => row.ClosedAt is null ? 0 : 1, ct);
    }

    // Nobody reads a description on a card: it stays behind. A customer without a name is called as everywhere.
    private async Task<List<OpportunityRow>> CardsAsync(CrmDbContext db, IQueryable<Opportunity> deals, CurrentActor eyes, Func<OpportunityRow, long> order, CancellationToken ct)
    {
        var rows = await OpportunityQueries.Rows(db, deals, eyes).ToListAsync(ct);
        var nameless = rows.Where(r => r.CustomerId is not null && string.IsNullOrWhiteSpace(r.CustomerName)).Select(r => r.CustomerId!.Value).ToList();
        var names = nameless.Count == 0 ? [] : (await db.Customers.AsNoTracking().Where(c => nameless.Contains(c.Id)).Select(c => new { c.Id, c.FirstName, c.LastName, c.Phone, c.Email, c.Number }).ToListAsync(ct))
            .ToDictionary(c => c.Id, c => CustomerName.Of(c.FirstName, c.LastName, c.Phone, c.Email, c.Number));
        return [.. rows.Select(r => r with { Description = null, CustomerName = r.CustomerId is { } id && names.TryGetValue(id, out var name) ? name : r.CustomerName.Trim() }).OrderBy(order).ThenBy(r => r.Id)];
    }

    private async Task<Result<T>> ReadAsync<T>(DealFilter filter, Func<CrmDbContext, IQueryable<Opportunity>, Task<T>> read, CancellationToken ct)
    {
        if (actor.UnlessStaff() is { } refusal) return refusal;
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await read(db, await DealFiltering.ApplyAsync(db, filter, actor, shop.Today, ct));
    }
}

/// <summary>A stage's sum as the database gives it.</summary>
sealed class StageSum
{
    public Guid StageId { get; init; }
    public int Count { get; init; }
    public long AmountMinor { get; init; }
}

/// <summary>A month's sum of one probability as the database gives it.</summary>
sealed class MonthSum
{
    public int? Year { get; init; }
    public int? Month { get; init; }
    public int BasisPoints { get; init; }
    public int Count { get; init; }
    public long AmountMinor { get; init; }
}
