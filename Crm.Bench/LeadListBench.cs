using Crm.Data;
using Crm.Data.Leads;
using Crm.Data.Seed;
using Crm.Data.Storage;
using Crm.Web.Features.Insights;
using Crm.Web.Features.Insights.Finder;
using Crm.Web.Features.Leads;
using Crm.Web.Features.Leads.Board;
using Crm.Web.Features.Leads.List;
using Microsoft.EntityFrameworkCore;

namespace Crm.Bench;

/// <summary>
/// The desk's screens at two sizes: the list's first page, a filtered one, and its count; all that the board reads for its first paint; a
/// search over everything; the desk's figures. The floor is one page of rows by the same index.
/// </summary>
static class LeadListBench
{
    private const int Runs = 60;

    public static async Task<int> RunAsync()
    {
        foreach (var kind in Enum.GetValues<DatabaseKind>())
        {
            await using var shop = await BenchShop.OpenAsync(kind);
            await DemoSeed.RunAsync(shop.Database, CancellationToken.None);
            foreach (var leads in new[] { 5_000, 100_000 })
            {
                await FillAsync(shop, leads);
                await MeasureAsync(shop, kind, leads);
            }
        }
        return 0;
    }

    private static async Task MeasureAsync(BenchShop shop, DatabaseKind kind, int leads)
    {
        var floor = await Clocked.RunAsync(Runs, async () =>
        {
            await using var db = shop.Database.Open(Actor.System("bench"));
            _ = await db.Leads.AsNoTracking().OrderByDescending(l => l.ValueMinor).ThenByDescending(l => l.Id).Take(LeadListQueries.PageSize + 1).Select(l => new { l.Id, l.Name, l.ValueMinor }).ToListAsync();
        });
        var filter = new LeadFilter { Statuses = [LeadStatus.New, LeadStatus.Contacted], Priorities = [LeadPriority.High], Value = new(10_000, null) };
        var byValue = new LeadListQuery { Sort = LeadColumn.Value };
        var first = await Clocked.RunAsync(Runs, () => PageAsync(shop, new LeadListQuery()));
        var worth = await Clocked.RunAsync(Runs, () => PageAsync(shop, byValue));
        var narrowed = await Clocked.RunAsync(Runs, () => PageAsync(shop, byValue with { Filter = filter }));
        var found = await Clocked.RunAsync(Runs, () => PageAsync(shop, byValue with { Filter = new LeadFilter { Search = "kitchen 77" } }));
        var count = await Clocked.RunAsync(Runs, () => TotalsAsync(shop, filter));
        Clocked.Say($"{kind} {leads} leads: first page {first.Median:0.0} ms (p95 {first.P95:0.0}), by value {worth.Median:0.0} ({worth.Median / floor.Median:0.0} x), filtered {narrowed.Median:0.0} ({narrowed.Median / floor.Median:0.0} x), found {found.Median:0.0}, count and sum of the filter {count.Median:0.0}; floor, a bare page {floor.Median:0.0}");
        var board = await Clocked.RunAsync(Runs, () => BoardAsync(shop));
        var anything = await Clocked.RunAsync(Runs, () => AskAsync<FindQueries>(shop, async finder => _ = (await finder.FindAsync("kitchen 77", CancellationToken.None)).Value));
        var desk = await Clocked.RunAsync(Runs, () => AskAsync<Dashboard>(shop, async figures => _ = (await figures.DeskAsync(CancellationToken.None)).Value));
        Clocked.Say($"{kind} {leads} leads: board read for its first paint {board.Median:0.0} ms (p95 {board.P95:0.0}, {board.Median / floor.Median:0.0} x), find anything {anything.Median:0.0} (p95 {anything.P95:0.0}), figures of the desk {desk.Median:0.0} (p95 {desk.P95:0.0})");
    }

    // As the board's page does it, one after the other.
    private static Task BoardAsync(BenchShop shop) => AskAsync<LeadBoardQueries>(shop, async queries =>
    {
        using var board = new LeadBoard(queries, null!);
        _ = (await queries.SourcesAsync(CancellationToken.None)).Value;
        if (await board.LoadAsync(new LeadFilter(), CancellationToken.None) is { } refusal) throw new InvalidOperationException(refusal.Message);
    });

    private static async Task AskAsync<T>(BenchShop shop, Func<T, Task> ask) where T : notnull
    {
        using var scope = shop.AsOwner(DemoPeople.Owner.Id);
        await ask(scope.ServiceProvider.GetRequiredService<T>());
    }

    private static async Task PageAsync(BenchShop shop, LeadListQuery query)
    {
        using var scope = shop.AsOwner(DemoPeople.Owner.Id);
        _ = (await scope.ServiceProvider.GetRequiredService<LeadListQueries>().PageAsync(query, CancellationToken.None)).Value;
    }

    private static async Task TotalsAsync(BenchShop shop, LeadFilter filter)
    {
        using var scope = shop.AsOwner(DemoPeople.Owner.Id);
        _ = (await scope.ServiceProvider.GetRequiredService<LeadListQueries>().TotalsAsync(filter, CancellationToken.None)).Value;
    }

    private static async Task FillAsync(BenchShop shop, int wanted)
    {
        int at;
        await using (var db = shop.Database.Open(Actor.System("bench"))) at = await db.Leads.CountAsync();
        var dice = new Random(7);
        while (at < wanted)
        {
            await using var db = shop.Database.Open(Actor.System("bench"));
            db.MassWrite = "bench";
            for (var batch = 0; batch < 1_000 && at < wanted; batch++, at++)
            {
                var now = DateTime.UtcNow.AddMinutes(-dice.Next(500_000));
                var lead = new Lead { Number = 100_000 + at, CreatedAt = now };
                lead.Describe($"Kitchen {at}", null, "Caterer", $"City {dice.Next(50)}", null, null, $"Source {dice.Next(8)}", null);
                lead.Rate((LeadPriority)dice.Next(3), new Money(dice.Next(1_000_000)));
                lead.MoveTo((LeadStatus)dice.Next(3), at * Lead.RankStep, now);
                db.Leads.Add(lead);
            }
            await db.SaveChangesAsync();
        }
        await shop.Database.LearnAsync(CancellationToken.None); // as at every start
        if (shop.Database.Kind is not DatabaseKind.Postgres) return;
        await using var analysed = shop.Database.Open(Actor.System("bench"));
        await analysed.Database.ExecuteSqlAsync($"ANALYZE");
    }
}
