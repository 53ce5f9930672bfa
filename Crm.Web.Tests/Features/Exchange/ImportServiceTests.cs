using Crm.Data;
using Crm.Data.Exchange;
using Crm.Data.Storage;
using Crm.Web.Features.Exchange;
using Crm.Web.Platform.Live;
using Crm.Web.Platform.Results;
using Crm.Web.Tests.Features.Exchange.OnlineRetail;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Exchange;

public sealed class ImportServiceTests
{
    private static readonly Progress<long> Silent = new();

    [Theory, BothDatabases]
    public async Task An_upload_is_read_in_behind_the_page_in_the_owners_name(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await using var work = await WorkAsync(shop);
        var imports = shop.As(TestPeople.Owner).Get<ImportService>();
        await using var upload = File.OpenRead(OnlineRetailFiles.Sample);

        var runId = (await imports.StartAsync(upload, "C:\\fake/past trade.csv.gz", Silent, default)).Value;
        var row = await work.EndOfAsync(imports, runId);

        Assert.Equal(("past trade.csv.gz", "Efua Asante", ImportState.Finished, 8_007L, 17L), (row.FileName, row.StartedBy, row.State, row.LinesTotal, row.LinesRefused));
        Assert.Equal((407L, 99L, 66L, 2_070L), (row.Orders, row.Returns, row.Customers, row.Products));
        Assert.Equal(17, row.Reasons.Values.Sum());
        await work.Worker.StopAsync(default);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(shop.Folder, "imports"), "*", SearchOption.AllDirectories));
        await using var csv = (await imports.RefusedLinesAsync(runId, default)).Value;
        Assert.Equal(18, (await new StreamReader(csv).ReadToEndAsync()).TrimEnd().Split("\r\n").Length);
        await using var db = shop.Open();
        Assert.Equal(TestPeople.Owner.UserId, (await db.AuditEntries.FirstAsync(e => e.EntityType == "Online Retail import")).ActorId);
    }

    [Theory, BothDatabases]
    public async Task A_broken_upload_ends_as_a_failed_run_with_its_reason(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await using var work = await WorkAsync(shop);
        var imports = shop.As(TestPeople.Owner).Get<ImportService>();

        var runId = (await imports.StartAsync(new MemoryStream("a,b\n"u8.ToArray()), "bad.csv", Silent, default)).Value;
        var row = await work.EndOfAsync(imports, runId);

        Assert.Equal(ImportState.Failed, row.State);
        Assert.StartsWith("Nothing was imported: this is not an Online Retail file", row.Message);
    }

    [Fact]
    public async Task A_file_of_more_than_200_MB_is_refused_by_its_real_size_and_nothing_is_left_of_it()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);

        var result = await shop.As(TestPeople.Owner).Get<ImportService>().StartAsync(new Endless(), "small.csv", Silent, default);

        Assert.StartsWith("The file is larger than 200 MB.", Assert.IsType<FileRefused>(result.Error).Message);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(shop.Folder, "imports", "uploads")));
    }

    [Theory, BothDatabases]
    public async Task While_one_runs_another_is_refused_before_it_is_uploaded(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await using var turn = await SoleTurn.TryTakeAsync(shop.Database, ImportRuns.Turn, default);
        await shop.As(TestPeople.Owner).Get<ImportRuns>().BeginAsync("online-retail", "a.csv", "", default);

        var result = await shop.As(TestPeople.Owner).Get<ImportService>().StartAsync(new Endless(), "small.csv", Silent, default);

        Assert.IsType<ImportRunning>(result.Error);
    }

    [Fact]
    public async Task Of_two_that_start_at_the_same_moment_one_is_refused_and_its_upload_removed()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        await using var work = await WorkAsync(shop);
        var imports = shop.As(TestPeople.Owner).Get<ImportService>();
        await using var db = shop.Open();
        var gate = await db.BeginWriteAsync(default); // keeps the one at its beginning: it has no row yet
        var both = new[] { "first.csv.gz", "second.csv.gz" }.Select(name => imports.StartAsync(File.OpenRead(OnlineRetailFiles.Sample), name, Silent, default)).ToList();

        var refused = await Task.WhenAny(both).WaitAsync(TimeSpan.FromSeconds(30));

        Assert.IsType<ImportRunning>((await refused).Error);
        Assert.Single(Directory.EnumerateFiles(Path.Combine(shop.Folder, "imports", "uploads")));
        await gate.DisposeAsync();
        var begun = await both.Single(start => start != refused);
        Assert.Equal(ImportState.Finished, (await work.EndOfAsync(imports, begun.Value)).State);
    }

    [Theory, BothDatabases]
    public async Task A_stop_never_overwrites_the_end_that_came_first(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var runs = shop.As(TestPeople.Owner).Get<ImportRuns>();
        var runId = await runs.BeginAsync("online-retail", "a.csv", "", default);
        await using var db = shop.Open();
        var write = await db.BeginWriteAsync(default);
        (await db.ImportRuns.SingleAsync(r => r.Id == runId)).End(ImportState.Finished, "Done.", shop.Clock.Now);
        await db.SaveChangesAsync();
        var stop = runs.AskToStopAsync(runId, default);
        if (kind is DatabaseKind.Postgres) await UntilSomebodyWaitsAsync(shop, unless: stop);
        await write.CommitAsync(default);
        await write.DisposeAsync();

        Assert.False(await stop);

        await using var read = shop.Open();
        Assert.Equal((ImportState.Finished, "Done."), await read.ImportRuns.Where(r => r.Id == runId).Select(r => new { r.State, r.Message }).ToListAsync() is [var row] ? (row.State, row.Message) : default);
    }

    // Outside of any transaction: inside one PostgreSQL shows the same moment again and again.
    private static async Task UntilSomebodyWaitsAsync(TestShop shop, Task unless)
    {
        await using var eye = shop.Open();
        while (!unless.IsCompleted && (await eye.Database.SqlQuery<int>($"SELECT count(*)::int AS \"Value\" FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'").ToListAsync())[0] == 0)
            await Task.Yield();
    }

    [Theory, BothDatabases]
    public async Task At_the_start_runs_of_a_dead_process_are_ended_and_its_uploads_removed(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var left = Directory.CreateDirectory(Path.Combine(shop.Folder, "imports", "uploads")).FullName;
        foreach (var (name, at) in new[] { ("old", shop.Clock.Now.AddDays(-2)), ("new", shop.Clock.Now.AddHours(-1)) })
        {
            await File.WriteAllTextAsync(Path.Combine(left, name), "1,2");
            File.SetLastWriteTimeUtc(Path.Combine(left, name), at);
        }
        await using var db = shop.Open();
        var dead = new ImportRun { Kind = "online-retail", FileName = "old.csv", StartedAt = shop.Clock.Now };
        db.ImportRuns.Add(dead);
        await db.SaveChangesAsync();

        await using var work = await WorkAsync(shop);
        var row = await work.EndOfAsync(shop.As(TestPeople.Owner).Get<ImportService>(), dead.Id);

        Assert.Equal(ImportState.Failed, row.State);
        Assert.Equal("new", Path.GetFileName(Assert.Single(Directory.EnumerateFiles(left))));
    }

    [Theory, BothDatabases]
    public async Task The_list_is_paged_by_key_newest_first(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await using var db = shop.Open();
        var made = Enumerable.Range(0, ImportService.PageSize + 3).Select(n => new ImportRun { Kind = "online-retail", FileName = $"{n}.csv", StartedAt = shop.Clock.Now }).ToList();
        db.ImportRuns.AddRange(made);
        await db.SaveChangesAsync();
        var imports = shop.As(TestPeople.Owner).Get<ImportService>();

        var first = (await imports.ListAsync(null, default)).Value;
        var second = (await imports.ListAsync(first.Rows[^1].Id, default)).Value;

        Assert.Equal(made.Select(r => r.Id).OrderDescending(), first.Rows.Concat(second.Rows).Select(r => r.Id));
        Assert.Equal((true, false), (first.HasMore, second.HasMore));
        Assert.Null(first.Rows[0].StartedBy);
        Assert.IsType<ImportNotFound>((await imports.RefusedLinesAsync(made[0].Id, default)).Error);
    }

    [Theory, BothDatabases]
    public async Task Nobody_but_the_owner_may_start_stop_list_or_download(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await using var db = shop.Open();
        var run = new ImportRun { Kind = "online-retail", FileName = "a.csv", StartedAt = shop.Clock.Now, RefusedCsv = [1] };
        db.ImportRuns.Add(run);
        await db.SaveChangesAsync();
        var before = await TableContents.ReadAsync(db);

        foreach (var desk in new[] { shop.As(TestPeople.Manager), shop.As(TestPeople.Agent), shop.As(TestPeople.CustomerA), shop.AsStranger() })
        {
            var imports = desk.Get<ImportService>();
            Assert.IsType<ForbiddenError>((await imports.StartAsync(new MemoryStream(), "a.csv", Silent, default)).Error);
            Assert.IsType<ForbiddenError>((await imports.StopAsync(run.Id, default)).Error);
            Assert.IsType<ForbiddenError>((await imports.ListAsync(null, default)).Error);
            Assert.IsType<ForbiddenError>((await imports.RefusedLinesAsync(run.Id, default)).Error);
        }
        Assert.Equal(before, await TableContents.ReadAsync(db));
        Assert.False(Directory.Exists(Path.Combine(shop.Folder, "imports")));
    }

    private static async Task<Work> WorkAsync(TestShop shop)
    {
        var listener = shop.Get<PostgresChangeListener>();
        await listener.StartAsync(default);
        await listener.WaitUntilListeningAsync(default);
        var work = new Work(shop.Get<ImportWorker>(), listener, shop.Get<ChangeFeed>());
        await work.Worker.StartAsync(default);
        return work;
    }

    /// <summary>The worker at work; its end is heard from the change feed, as the page hears it.</summary>
    private sealed class Work(ImportWorker worker, PostgresChangeListener listener, ChangeFeed feed) : IAsyncDisposable
    {
        public ImportWorker Worker => worker;

        public async Task<ImportRow> EndOfAsync(ImportService imports, Guid runId)
        {
            using var changed = new SemaphoreSlim(1);
            using var subscription = feed.Subscribe([ChangeKinds.Import], _ =>
            {
                changed.Release();
                return Task.CompletedTask;
            });
            while (true)
            {
                Assert.True(await changed.WaitAsync(TimeSpan.FromSeconds(60)), "The import was not heard of for a minute.");
                if ((await imports.ListAsync(null, default)).Value.Rows.Single(r => r.Id == runId) is { IsRunning: false } row) return row;
            }
        }

        public async ValueTask DisposeAsync()
        {
            await worker.StopAsync(default);
            await listener.StopAsync(default);
        }
    }

    private sealed class Endless : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.FromResult(buffer.Length);
    }
}
