using Crm.Data;
using Crm.Data.Leads;
using Crm.Web.Features.Settings;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Live;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Leads;

/// <summary>What the board shows: totals in one grouped query, and each column by key, so that 5,000 leads cost as little as 50.</summary>
public sealed class LeadBoardQueries(IDbContextFactory<CrmDbContext> contexts, CurrentActor actor, Shop shop)
{
    /// <summary>Cards of a column at first sight and with each step of scrolling.</summary>
    public const int LaneSize = 25;

    private static readonly OneCopy<LeadCard> Shown = new(mostKept: 16_384);

    /// <summary>All five columns' totals, also the empty ones.</summary>
    public Task<Result<IReadOnlyList<LaneTotal>>> TotalsAsync(LeadFilter filter, CancellationToken ct) => ReadAsync(filter, async (_, leads) =>
    {
        var found = await Totals(leads).ToDictionaryAsync(t => t.Status, ct);
        return (IReadOnlyList<LaneTotal>)[.. Enum.GetValues<LeadStatus>().Select(s => found.GetValueOrDefault(s) ?? new LaneTotal(s, 0, 0))];
    }, ct);

    /// <summary>The next cards of a column below a card, or its first ones.</summary>
    public Task<Result<Page<LeadCard>>> LaneAsync(LeadFilter filter, LeadStatus status, LeadCard? after, int size, CancellationToken ct) =>
        ReadAsync(filter, async (db, leads) => Page<LeadCard>.Of(await CardsAsync(Cards(db, Lane(leads, status, after, size)), ct), size), ct);

    /// <summary>The cards of these ids as far as the filter still shows them: a live change looks again at nothing else.</summary>
    public Task<Result<IReadOnlyList<LeadCard>>> CardsAsync(LeadFilter filter, IReadOnlyCollection<Guid> ids, CancellationToken ct) =>
        ReadAsync(filter, async (db, leads) => (IReadOnlyList<LeadCard>)await CardsAsync(Cards(db, leads.Where(l => ids.Contains(l.Id))), ct), ct);

    /// <summary>The numbers on the tabs, in one pass over the open leads.</summary>
    public Task<Result<LeadTabCounts>> TabsAsync(CancellationToken ct) => ReadAsync(new LeadFilter(), async (_, leads) =>
    {
        var (me, moment) = (actor.UserId, LeadMoment.Of(shop));
        var ((now, dayStart, dayEnd, _, _), (fresh, contacted, qualified)) = (moment, moment.Stale);
        return await leads.Where(l => LeadStages.Open.Contains(l.Status)).GroupBy(_ => 1).Select(g => new LeadTabCounts(
            g.Count(),
            g.Count(l => l.OwnerId == me),
            g.Count(l => l.NextStepAt >= dayStart && l.NextStepAt < dayEnd),
            g.Count(l => l.NextStepAt < now && l.NextStepAt != dayStart),
            g.Count(l => l.TouchedAt < (l.Status == LeadStatus.New ? fresh : l.Status == LeadStatus.Contacted ? contacted : qualified)))).SingleOrDefaultAsync(ct) ?? new LeadTabCounts(0, 0, 0, 0, 0);
    }, ct);

    /// <summary>Where leads come from, to choose from: the most used first.</summary>
    public Task<Result<IReadOnlyList<string>>> SourcesAsync(CancellationToken ct) => ReadAsync(new LeadFilter(), async (_, leads) =>
        (IReadOnlyList<string>)await leads.Where(l => l.Source != null).GroupBy(l => l.Source!).OrderByDescending(g => g.Count()).ThenBy(g => g.Key)
            .Select(g => g.Key).Take(30).ToListAsync(ct), ct);

    internal static IQueryable<LaneTotal> Totals(IQueryable<Lead> leads) =>
        leads.GroupBy(l => l.Status).Select(g => new LaneTotal(g.Key, g.Count(), g.Sum(l => l.ValueMinor)));

    internal static IQueryable<Lead> Lane(IQueryable<Lead> leads, LeadStatus status, LeadCard? after, int size)
    {
        var lane = leads.Where(l => l.Status == status);
        if (after is not null) lane = lane.Where(l => l.Rank > after.Rank || l.Rank == after.Rank && l.Id > after.Id);
        return lane.OrderBy(l => l.Rank).ThenBy(l => l.Id).Take(size + 1);
    }

    internal static IQueryable<LeadCard> Cards(CrmDbContext db, IQueryable<Lead> leads) =>
        leads.Select(l => new LeadCard(
            l.Id, l.Number, l.Name, l.Business, l.Contacts.Where(c => c.IsPrimary).Select(c => c.Name).FirstOrDefault(), l.Status, l.Rank, l.Priority, l.ValueMinor,
            l.NextStep, l.NextStepAt, l.TouchedAt, l.CreatedAt, l.StatusSince,
            l.OwnerId, db.Users.Where(u => u.Id == l.OwnerId).Select(u => u.FirstName + " " + u.LastName).FirstOrDefault() ?? "", l.LostReason, l.LostNote));

    // Everybody looks at the same cards: they are in memory once.
    private static async Task<List<LeadCard>> CardsAsync(IQueryable<LeadCard> cards, CancellationToken ct)
    {
        var found = await cards.ToListAsync(ct);
        for (var i = 0; i < found.Count; i++) found[i] = Shown.Of(found[i]);
        return found;
    }

    private async Task<Result<T>> ReadAsync<T>(LeadFilter filter, Func<CrmDbContext, IQueryable<Lead>, Task<T>> read, CancellationToken ct)
    {
        if (actor.UnlessStaff() is { } refusal) return refusal;
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await read(db, await LeadFiltering.ApplyAsync(db, filter, actor, LeadMoment.Of(shop), ct));
    }
}
