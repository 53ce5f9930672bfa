using Crm.Data.Exchange;
using Crm.Data.Orders;
using Crm.Data.Storage;
using Crm.Web.Features.Exchange;
using Crm.Web.Platform.Results;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Exchange.OnlineRetail;

/// <summary>How a run begins and ends, well and badly; the trade that it writes is proved elsewhere.</summary>
public sealed class OnlineRetailRunTests
{
    private static readonly string[] Trade = [.. Enumerable.Range(1, 9).Select(n => $"{n},A,Tea,1,2011-01-0{n} 10:00:00,2,{n},France")];

    public static TheoryData<DatabaseKind, string> Strangers => new()
    {
        { DatabaseKind.Sqlite, nameof(TestPeople.Manager) }, { DatabaseKind.Postgres, nameof(TestPeople.Manager) },
        { DatabaseKind.Sqlite, nameof(TestPeople.Agent) }, { DatabaseKind.Postgres, nameof(TestPeople.Agent) },
        { DatabaseKind.Sqlite, nameof(TestPeople.CustomerA) }, { DatabaseKind.Postgres, nameof(TestPeople.CustomerA) },
    };

    [Theory, MemberData(nameof(Strangers))]
    public async Task Only_the_owner_may_import(DatabaseKind kind, string who)
    {
        var person = who switch { nameof(TestPeople.Manager) => TestPeople.Manager, nameof(TestPeople.Agent) => TestPeople.Agent, _ => TestPeople.CustomerA };
        await using var shop = await TestShop.OpenAsync(kind);
        await using var db = shop.Open();
        var before = await TableContents.ReadAsync(db);

        var result = await shop.TryImportAsync(OnlineRetailFiles.Write(shop.Folder, Trade), Silent, default, person: person);

        Assert.IsType<ForbiddenError>(result.Error);
        Assert.Equal(before, await TableContents.ReadAsync(db));
    }

    [Theory, BothDatabases]
    public async Task A_file_that_breaks_off_in_the_middle_writes_nothing_and_says_why(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await using var db = shop.Open();
        var before = await TableContents.ReadAsync(db, "ImportRuns");
        var path = OnlineRetailFiles.WriteBytes(shop.Folder, (await File.ReadAllBytesAsync(OnlineRetailFiles.Sample))[..60_000]);

        var result = await shop.TryImportAsync(path, Silent, default);

        Assert.StartsWith("the gzip file is cut off or damaged after line ", Assert.IsType<FileRefused>(result.Error).Message);
        Assert.Equal(before, await TableContents.ReadAsync(db, "ImportRuns"));
        var run = await db.ImportRuns.SingleAsync();
        Assert.Equal((ImportState.Failed, 0), (run.State, run.Orders));
        Assert.StartsWith("Nothing was imported: the gzip file is cut off", run.Message);
    }

    [Theory, BothDatabases]
    public async Task A_file_that_is_not_there_leaves_no_run_behind(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);

        var missing = await shop.TryImportAsync(Path.Combine(shop.Folder, "none.csv"), Silent, default);
        var folder = await shop.TryImportAsync(shop.Folder, Silent, default);

        Assert.Equal($"there is no file {Path.Combine(shop.Folder, "none.csv")}.", missing.Error!.Message);
        Assert.Equal($"{shop.Folder} is a folder, not a file.", folder.Error!.Message);
        await using var db = shop.Open();
        Assert.False(await db.ImportRuns.AnyAsync());
    }

    [Theory, BothDatabases]
    public async Task A_second_import_at_the_same_time_is_refused(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var path = OnlineRetailFiles.Write(shop.Folder, Trade);
        var second = default(Result<ImportOutcome>?);
        var told = new ImportDesk.Told(p => second ??= shop.TryImportAsync(path, Silent, default).GetAwaiter().GetResult());

        var first = (await shop.TryImportAsync(path, told, default)).Value;

        Assert.Equal(ImportState.Finished, first.State);
        Assert.Equal("Another import is running. Wait until it is done, or stop it first.", Assert.IsType<ImportRunning>(second!.Value.Error).Message);
        await using var db = shop.Open();
        Assert.Equal(1, await db.ImportRuns.CountAsync());
    }

    [Theory, BothDatabases]
    public async Task A_run_that_a_dead_process_left_is_ended_by_the_next(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await using var db = shop.Open();
        var dead = new ImportRun { Kind = "online-retail", FileName = "old.csv", StartedAt = shop.Clock.Now.AddDays(-1) };
        db.ImportRuns.Add(dead);
        await db.SaveChangesAsync();

        await shop.ImportAsync(OnlineRetailFiles.Write(shop.Folder, Trade));

        await db.Entry(dead).ReloadAsync();
        Assert.Equal((ImportState.Failed, shop.Clock.Now), (dead.State, dead.EndedAt));
        Assert.StartsWith("The program stopped before the import was done.", dead.Message);
    }

    [Theory, BothDatabases]
    public async Task Progress_is_told_from_nothing_to_everything_and_noted_on_the_run(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await using var db = shop.Open();
        var heard = new List<ImportProgress>();
        var noted = new List<long>();
        var told = new ImportDesk.Told(p =>
        {
            heard.Add(p);
            if (p.Phase is ImportPhase.Importing) noted.Add(db.ImportRuns.AsNoTracking().Single(r => r.Id == p.RunId).LinesRead);
        });

        await shop.TryImportAsync(OnlineRetailFiles.Write(shop.Folder, Trade), told, default, batchLines: 3);

        Assert.Equal((ImportPhase.Checking, 0), (heard[0].Phase, heard[0].Percent));
        Assert.Equal([33, 66, 100], heard.Where(p => p.Phase is ImportPhase.Importing).Select(p => p.Percent));
        Assert.Equal([3, 6, 9], noted);
        var run = await db.ImportRuns.SingleAsync();
        Assert.Equal((ImportState.Finished, 9, 9, 9, 9, 1, TestPeople.Owner.UserId), (run.State, run.LinesTotal, run.LinesRead, run.Orders, run.Customers, run.Products, run.StartedById));
        Assert.Equal("9 orders, 0 returns, 9 customers and 1 products were added.", run.Message);
        Assert.Equal(64, run.Hash!.Length);
    }

    [Theory, BothDatabases]
    public async Task Asked_to_stop_from_elsewhere_it_keeps_whole_batches_and_says_so(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var runs = shop.As(TestPeople.Owner).Get<ImportRuns>();
        var told = new ImportDesk.Told(p => { if (p is { Phase: ImportPhase.Importing, Done: 3 }) Assert.True(runs.AskToStopAsync(p.RunId, default).GetAwaiter().GetResult()); });

        var outcome = (await shop.TryImportAsync(OnlineRetailFiles.Write(shop.Folder, Trade), told, default, batchLines: 3)).Value;

        Assert.Equal(ImportState.Cancelled, outcome.State);
        Assert.Equal("Stopped after 3 of 9 lines. What was read is kept: 3 orders, 0 returns and 3 customers. Import the same file again to complete it.", outcome.Message);
        await using var db = shop.Open();
        Assert.Equal(3, await db.Orders.CountAsync());
        Assert.False(await runs.AskToStopAsync(outcome.RunId, default));
    }

    [Theory, BothDatabases]
    public async Task A_fault_between_batches_ends_the_run_and_the_next_completes_it(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var path = OnlineRetailFiles.Write(shop.Folder, Trade);
        var told = new ImportDesk.Told(p => { if (p is { Phase: ImportPhase.Importing, Done: 6 }) throw new IOException("The disk is full."); });

        await Assert.ThrowsAsync<IOException>(() => shop.TryImportAsync(path, told, default, batchLines: 3));

        await using var db = shop.Open();
        var run = await db.ImportRuns.AsNoTracking().SingleAsync();
        Assert.Equal((ImportState.Failed, 6), (run.State, await db.Orders.CountAsync()));
        Assert.Equal("Stopped by a fault: The disk is full. What was read is kept; import the same file again to complete it.", run.Message);
        Assert.Equal((3, 6), await CountsAsync(shop.ImportAsync(path, batchLines: 3)));
    }

    [Theory, BothDatabases]
    public async Task A_batch_that_the_database_refuses_is_written_not_even_in_part(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await using (var before = shop.Open())
        {
            before.Orders.Add(new Order { Number = "OR-6", Channel = OrderChannel.Counter, PlacedAt = shop.Clock.Now, PlacedOn = DateOnly.FromDateTime(shop.Clock.Now) });
            await before.SaveChangesAsync();
        }

        await Assert.ThrowsAsync<DbUpdateException>(() => shop.TryImportAsync(OnlineRetailFiles.Write(shop.Folder, Trade), Silent, default, batchLines: 3));

        await using var db = shop.Open();
        Assert.Equal(["1", "2", "3"], await db.Orders.Where(o => o.Origin != null).Select(o => o.ExternalId).Order().ToListAsync());
        Assert.Equal((3, 3, 3), (await db.Customers.CountAsync(c => c.Origin != null), await db.OrderLines.CountAsync(), await db.LoyaltyEntries.CountAsync()));
        var run = await db.ImportRuns.SingleAsync();
        Assert.Equal((ImportState.Failed, 3), (run.State, run.LinesRead));
        Assert.StartsWith("Stopped by a fault: ", run.Message);
    }

    [Fact]
    public async Task A_customer_edited_in_the_middle_of_a_batch_keeps_the_edit_and_the_batch()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Postgres);
        await shop.ImportAsync(OnlineRetailFiles.Write(shop.Folder, "1,A,Tea,1,2011-01-01 10:00:00,2,7,France"));
        await using var editing = shop.Open();
        await using var edit = await editing.BeginWriteAsync(default);
        (await editing.Customers.SingleAsync(c => c.ExternalId == "7")).Rename("Sylvie", "Moreau");
        await editing.SaveChangesAsync();

        var import = Task.Run(() => shop.ImportAsync(OnlineRetailFiles.Write(shop.Folder, "2,A,Tea,1,2011-01-02 10:00:00,3,7,France")));
        await using (var looking = shop.Open())
            while (!import.IsCompleted && !(await looking.Database.SqlQuery<bool>($"SELECT EXISTS (SELECT 1 FROM pg_locks l WHERE NOT l.granted AND l.pid IN (SELECT pid FROM pg_stat_activity WHERE datname = current_database())) AS \"Value\"").SingleAsync())) { }
        await edit.CommitAsync(default);
        await import;

        await using var db = shop.Open();
        var customer = await db.Customers.SingleAsync(c => c.ExternalId == "7");
        Assert.Equal(("Sylvie Moreau", 2, 500), (customer.Name, customer.OrderCount, customer.SpentMinor));
    }

    private static readonly ImportDesk.Told Silent = new(_ => { });

    private static async Task<(long Added, long Known)> CountsAsync(Task<ImportOutcome> run) => ((await run).Tally.Orders, (await run).Tally.LinesKnown);
}
