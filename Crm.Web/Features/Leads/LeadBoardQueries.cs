using Crm.Data;
using Crm.Data.Leads;
using Crm.Web.Features.Settings;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Live;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Leads;

/// <summary>What the board shows: totals in one grouped query, and each column by key, so that 5,000 leads cost as little as 50.</summary>
public sealed class LeadBoardQueries(IDbContextFactory<CrmDbContext> contexts, CurrentActor actor, Rights rights, Shop shop, LeadLive live)
{
    /// <summary>Cards of a column at first sight and with each step of scrolling.</summary>
    public const int LaneSize = 25;

    private static readonly OneCopy<LeadCard> Shown = new(mostKept: 16_384);

    /// <summary>All five columns' totals, also the empty ones.</summary>
    public async Task<Result<IReadOnlyList<LaneTotal>>> TotalsAsync(LeadFilter filter, CancellationToken ct)
    {
        if (actor.UnlessStaff() is { } refusal) return refusal;
        if (LeadFiltering.IsPlain(filter)) return Result.Of((await live.FiguresAsync(ct)).TotalsFor(actor, filter));
        return await ReadAsync(filter, (_, leads) => TotalsAsync(leads, ct), ct);
    }

    /// <summary>The next cards of a column below a card, or its first ones.</summary>
    public Task<Result<Page<LeadCard>>> LaneAsync(LeadFilter filter, LeadStatus status, LeadCard? after, int size, CancellationToken ct) =>
        ReadAsync(filter, async (db, leads) => Page<LeadCard>.Of(await CardsAsync(Cards(db, Lane(leads, status, after, size)), ct), size), ct);

    /// <summary>The cards of these ids as far as the filter still shows them: a live change looks again at nothing else.</summary>
    public Task<Result<IReadOnlyList<LeadCard>>> CardsAsync(LeadFilter filter, IReadOnlyCollection<Guid> ids, CancellationToken ct) =>
        ReadAsync(filter, async (db, leads) => (IReadOnlyList<LeadCard>)await CardsAsync(Cards(db, leads.Where(l => ids.Contains(l.Id))), ct), ct);

    /// <summary>The numbers on the tabs: open leads in sight.</summary>
    public async Task<Result<LeadTabCounts>> TabsAsync(CancellationToken ct)
    {
        if (actor.UnlessStaff() is { } refusal) return refusal;
        return (await live.FiguresAsync(ct)).TabsFor(actor);
    }

    /// <summary>A moment before or after which news were read.</summary>
    internal long Turn() => live.Turn();

    /// <summary>What of the news a board with this filter shows; read again only where the filter asks for more than cards and numbers tell.</summary>
    internal async Task<Result<BoardNews>> NewsAsync(LeadNews news, LeadFilter filter, CancellationToken ct)
    {
        if (actor.UnlessStaff() is { } refusal) return refusal;
        var figures = news.Figures;
        if (news.Cards is not { } cards) return new BoardNews(null, [], figures.TabsFor(actor));
        if (LeadFiltering.IsPlain(filter))
            return new BoardNews([.. cards.Where(c => LeadFiltering.Leaves(filter, actor, c.OwnerId, c.Priority, c.Status))], figures.TotalsFor(actor, filter), figures.TabsFor(actor));
        var (me, all) = (actor.UserId, actor.May(Permission.SeeAllLeads));
        var read = await news.ShareAsync($"{(all && !filter.Mine ? null : me)} {all} {filter.ToQuery()}", () => ReadNewsAsync(news.Ids, filter, me, all)).WaitAsync(ct);
        return read with { Tabs = figures.TabsFor(actor) };
    }

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

    /// <summary>
    /// Who reads what several people share: nothing in it hangs on the rights that whoever asked first has by then. What they may see is
    /// decided before, and laid over it.
    /// </summary>
    internal static CurrentActor Everybody(Rights rights)
    {
        var everybody = new CurrentActor(rights);
        everybody.BecomeSystem("lead board");
        return everybody;
    }

    // For all who look with the same eyes, so it neither ends with whoever asked first nor asks what they may do.
    private async Task<BoardNews> ReadNewsAsync(IReadOnlySet<Guid> ids, LeadFilter filter, Guid? userId, bool all)
    {
        if (filter.Mine && userId is { } me) filter = filter with { Mine = false, Agents = [.. filter.Agents, me] };
        await using var db = await contexts.CreateDbContextAsync();
        var leads = (await LeadFiltering.ApplyAsync(db, filter, Everybody(rights), LeadMoment.Of(shop), CancellationToken.None)).SeenBy(userId, all);
        var cards = await CardsAsync(Cards(db, leads.Where(l => ids.Contains(l.Id))), CancellationToken.None);
        return new BoardNews(cards, await TotalsAsync(leads, CancellationToken.None), new LeadTabCounts(0, 0, 0, 0, 0));
    }

    private static async Task<IReadOnlyList<LaneTotal>> TotalsAsync(IQueryable<Lead> leads, CancellationToken ct)
    {
        var found = await Totals(leads).ToDictionaryAsync(t => t.Status, ct);
        return [.. Enum.GetValues<LeadStatus>().Select(s => found.GetValueOrDefault(s) ?? new LaneTotal(s, 0, 0))];
    }

    // Everybody looks at the same cards: they are in memory once.
    internal static async Task<List<LeadCard>> CardsAsync(IQueryable<LeadCard> cards, CancellationToken ct)
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
