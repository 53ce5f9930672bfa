using Crm.Data.Exchange;
using Crm.Data.Storage;
using Crm.Web.Features.Exchange;
using Crm.Web.Features.Insights;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Exchange.OnlineRetail;

/// <summary>The committed sample, always: it holds every trap of the whole file, and its figures were computed without the product.</summary>
public sealed class OnlineRetailSampleTests
{
    private static readonly OnlineRetailFigures Expected = OnlineRetailFiles.Figures("online-retail-sample");

    [Theory, BothDatabases]
    public async Task The_sample_gives_the_figures_that_were_computed_without_the_product(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);

        var outcome = await shop.ImportAsync(OnlineRetailFiles.Sample);

        await using var db = shop.Open();
        Assert.Equal(Expected.ToText(), (await OnlineRetailFigures.CountAsync(db, RunOf(outcome))).ToText());
        var report = (await shop.As(TestPeople.Owner).Get<FiguresReport>().OfAsync(TradeScope.Of(TradeSource.OnlineRetail), default)).Value;
        Assert.Equal((Expected.Customers, Expected.Orders, Expected.Revenue), (report.Customers, report.Orders, (long)(report.Revenue * 100)));
    }

    [Theory, BothDatabases]
    public async Task Every_line_is_imported_or_listed_with_its_reason(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);

        var outcome = await shop.ImportAsync(OnlineRetailFiles.Sample);

        Assert.Equal(Expected.Lines, outcome.Tally.LinesRead);
        Assert.Equal(Expected.Imported, outcome.Tally.LinesRead - outcome.Tally.LinesRefused);
        Assert.Equal(Expected.LeftOut, outcome.Reasons);
        Assert.Equal(outcome.Tally.LinesRefused + 1, File.ReadLines(outcome.RefusedPath!).LongCount());
    }

    [Theory, BothDatabases, Trait("contract", "M-073")]
    public async Task Balances_and_counters_of_every_customer_equal_their_rows(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await shop.ImportAsync(OnlineRetailFiles.Sample);

        await using var db = shop.Open();
        var wrong = await db.Customers.Where(c => c.Origin == "online-retail").Where(c =>
                c.PointsBalance != db.LoyaltyEntries.Where(e => e.CustomerId == c.Id).Sum(e => e.Points)
                || c.OrderCount != db.Orders.Count(o => o.CustomerId == c.Id)
                || c.SpentMinor != db.Orders.Where(o => o.CustomerId == c.Id).Sum(o => o.TotalMinor) - db.Returns.Where(r => r.CustomerId == c.Id).Sum(r => r.TotalMinor)
                || c.LastOrderAt != db.Orders.Where(o => o.CustomerId == c.Id).Max(o => (DateTime?)o.PlacedAt))
            .Select(c => c.ExternalId).ToListAsync();
        Assert.Empty(wrong);
        Assert.Empty(await db.Orders.Where(o => o.TotalMinor != db.OrderLines.Where(l => l.OrderId == o.Id).Sum(l => l.TotalMinor)
            || o.TotalMinor != db.Payments.Where(p => p.OrderId == o.Id).Sum(p => p.AmountMinor)).Select(o => o.Number).ToListAsync());
        Assert.Empty(await db.Returns.Where(r => r.TotalMinor != db.ReturnLines.Where(l => l.ReturnId == r.Id).Sum(l => l.TotalMinor)).Select(r => r.Number).ToListAsync());
    }

    [Theory, BothDatabases]
    public async Task Points_still_to_be_used_are_the_balance_of_every_customer_and_none_below_zero(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await shop.ImportAsync(OnlineRetailFiles.Sample, batchLines: 500);

        await using var db = shop.Open();
        var all = await db.Customers.Where(c => c.Origin == "online-retail")
            .Select(c => new { c.ExternalId, c.PointsBalance, Left = db.LoyaltyEntries.Where(e => e.CustomerId == c.Id).Sum(e => e.Remaining) }).ToListAsync();
        Assert.Contains(all, c => c.PointsBalance < 0);
        Assert.DoesNotContain(all, c => c.Left != Math.Max(0, c.PointsBalance));
    }

    [Theory, BothDatabases]
    public async Task Every_batch_that_touches_a_customer_makes_a_newer_version_of_the_record(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await shop.ImportAsync(OnlineRetailFiles.Sample, batchLines: 500);

        await using var db = shop.Open();
        var most = await db.Customers.Where(c => c.Origin == "online-retail").OrderByDescending(c => c.OrderCount).FirstAsync();
        Assert.InRange(most.Version, 1, most.OrderCount);
    }

    [Theory, BothDatabases]
    public async Task A_change_upon_what_was_read_before_a_batch_is_refused(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await using var early = shop.Open();
        var stale = new List<Crm.Data.Customers.Customer>();
        var told = new ImportDesk.Told(p =>
        {
            if (p.Phase is ImportPhase.Importing && stale.Count == 0) stale.AddRange(early.Customers.Where(c => c.Origin == "online-retail").ToList());
        });
        await shop.TryImportAsync(OnlineRetailFiles.Sample, told, default, batchLines: 500);

        await using var db = shop.Open();
        var touched = await db.Customers.AsNoTracking().Where(c => c.Version > 0).Select(c => c.Id).ToListAsync();
        stale.First(c => touched.Contains(c.Id)).AddPoints(1);
        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => early.SaveChangesAsync());
    }

    [Theory, BothDatabases]
    public async Task A_second_run_changes_no_row_of_any_table(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await shop.ImportAsync(OnlineRetailFiles.Sample);
        await using var db = shop.Open();
        var before = await TableContents.ReadAsync(db, "ImportRuns");
        shop.Clock.Advance(TimeSpan.FromDays(1));

        var second = await shop.ImportAsync(OnlineRetailFiles.Sample);

        Assert.Equal(before, await TableContents.ReadAsync(db, "ImportRuns"));
        Assert.True(second.Tally.IsEmpty);
        Assert.Equal(Expected.Imported, second.Tally.LinesKnown);
        Assert.Equal(2, await db.ImportRuns.CountAsync(r => r.State == ImportState.Finished));
    }

    [Theory, BothDatabases]
    public async Task A_run_stopped_at_any_batch_is_completed_exactly_by_the_next(DatabaseKind kind)
    {
        await using var whole = await TestShop.OpenAsync(kind);
        await whole.ImportAsync(OnlineRetailFiles.Sample, batchLines: 500);
        await using var expected = whole.Open();
        var stops = new Random(20111209);
        await using var shop = await TestShop.OpenAsync(kind);
        await using var db = shop.Open();

        for (var round = 0; round < 3; round++)
        {
            using var stop = new CancellationTokenSource();
            var batches = stops.Next(1, 6) * (round + 1);
            var told = new ImportDesk.Told(p => { if (p.Phase is ImportPhase.Importing && --batches == 0) stop.Cancel(); });
            var outcome = (await shop.TryImportAsync(OnlineRetailFiles.Sample, told, stop.Token, batchLines: 500)).Value;
            Assert.Equal(ImportState.Cancelled, outcome.State);
            Assert.StartsWith($"Stopped after {outcome.Tally.LinesRead:N0} of 8,007 lines. What was read is kept:", outcome.Message);
            Assert.Equal(outcome.Message, (await db.ImportRuns.AsNoTracking().SingleAsync(r => r.Id == outcome.RunId)).Message);
        }
        await shop.ImportAsync(OnlineRetailFiles.Sample, batchLines: 500);

        Assert.Equal(await TableContents.ReadTradeAsync(expected), await TableContents.ReadTradeAsync(db));
    }

    private static OnlineRetailFigures RunOf(ImportOutcome outcome) => Expected with { Lines = outcome.LinesTotal, LeftOut = outcome.Reasons };
}
