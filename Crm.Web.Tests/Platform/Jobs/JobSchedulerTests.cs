using Crm.Data.Storage;
using Crm.Web.Platform.Jobs;
using Crm.Web.Platform.Results;
using Crm.Web.Tests.Ground;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Platform.Jobs;

/// <summary>The real scheduler over its real store, on both databases.</summary>
[Trait("contract", "M-249")]
public class JobSchedulerTests
{
    private static readonly CancellationToken Now = CancellationToken.None;
    private static readonly JobPlan Tidy = new("Tidy", "Tidies.", TestJob.Never, typeof(TestJob));
    private static readonly JobPlan Fail = new("Fail", "Fails.", TestJob.Never, typeof(FailingJob));

    [Theory, BothDatabases]
    public async Task A_job_runs_as_the_application_and_its_history_outlives_a_restart(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var log = new JobLog();
        await using (var node = await JobNode.OpenAsync(shop, log, Tidy, Fail))
        {
            Assert.Equal((null, 0), ((await node.RowAsync("Tidy")).LastAt, (await node.RowAsync("Tidy")).Runs));
            Assert.Equal(new DateTime(2098, 1, 1, 0, 0, 0, DateTimeKind.Utc), (await node.RowAsync("Tidy")).NextAt);
            Assert.Null((await node.Board.RunNowAsync("Tidy", Now)).Error);
            Assert.Null((await node.Board.RunNowAsync("Fail", Now)).Error);
            await log.NextAsync();
            await log.NextAsync();
        }

        await using var again = await JobNode.OpenAsync(shop, log, Tidy, Fail);

        var (tidied, failed) = (await again.RowAsync("Tidy"), await again.RowAsync("Fail"));
        Assert.Equal((1, 0, "3 things done.", false, null), (tidied.Runs, tidied.Failures, tidied.LastResult, tidied.LastFailed, tidied.Error));
        Assert.NotNull(tidied.LastAt);
        Assert.Equal((1, 1, true), (failed.Runs, failed.Failures, failed.LastFailed));
        Assert.Contains("the shelf is empty", failed.Error);
        Assert.Equal(["failed", "job: Tidy, owner: True"], log.Actors.Order());
    }

    [Theory, BothDatabases]
    public async Task A_job_runs_by_itself_when_its_time_comes(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var log = new JobLog();
        await using (await JobNode.OpenAsync(shop, log, Tidy with { Cron = TestJob.EverySecond }))
        {
            await log.NextAsync();
            await log.NextAsync();
        }

        await using var after = await JobNode.OpenAsync(shop, new(), Tidy);
        var row = await after.RowAsync("Tidy");
        Assert.Equal((log.Actors.Count, 0, "3 things done."), ((int)row.Runs, (int)row.Failures, row.LastResult));
        Assert.All(log.Actors, actor => Assert.Equal("job: Tidy, owner: True", actor));
    }

    [Theory, BothDatabases]
    public async Task A_scheduler_whose_database_is_away_begins_when_it_is_back(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var (log, clock, folder) = (new JobLog(), new PausingClock(), Path.Combine(shop.Folder, "not yet"));
        await TestDatabases.LetInAsync(kind, shop.Connection, false);
        await using var node = JobNode.Make(shop, log, clock, folder, Tidy with { Cron = TestJob.EverySecond });

        await node.Scheduler.StartAsync(Now);
        Assert.Equal(TimeSpan.FromSeconds(5), await clock.PauseAsync());
        Assert.False((await node.Board.ListAsync(Now)).Value.RunsHere);
        clock.Ring();
        Assert.Equal(TimeSpan.FromSeconds(10), await clock.PauseAsync());

        Directory.CreateDirectory(folder);
        await TestDatabases.LetInAsync(kind, shop.Connection, true);
        clock.Ring();
        await log.NextAsync();

        await node.Scheduler.StopAsync(Now);
    }

    [Theory, BothDatabases]
    public async Task What_is_registered_is_what_is_planned(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await using (await JobNode.OpenAsync(shop, new(), Tidy, Fail)) { }
        await using (var node = await JobNode.OpenAsync(shop, new(), Tidy with { Cron = "0 0 0 1 1 ? 2097" }))
        {
            Assert.Equal(2097, (await node.RowAsync("Tidy")).NextAt!.Value.Year);
            Assert.Equal("There is no such job.", (await node.Board.RunNowAsync("Fail", Now)).Error!.Message);
        }
        var log = new JobLog();
        await using var both = await JobNode.OpenAsync(shop, log, Tidy, Fail);
        Assert.Equal(0, (await both.RowAsync("Fail")).Runs);
    }

    [Fact]
    public async Task Two_nodes_share_the_work_on_postgres()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Postgres);
        var (one, other) = (new JobLog(), new JobLog());
        var nodes = await Task.WhenAll(JobNode.OpenAsync(shop, one, Tidy), JobNode.OpenAsync(shop, other, Tidy));
        Assert.Null((await nodes[0].Board.RunNowAsync("Tidy", Now)).Error);
        await (await Task.WhenAny(one.NextAsync(), other.NextAsync()));
        foreach (var node in nodes) await node.DisposeAsync();

        await using var after = await JobNode.OpenAsync(shop, new(), Tidy);
        Assert.Equal((1, 1), (one.Actors.Count + other.Actors.Count, (int)(await after.RowAsync("Tidy")).Runs));
    }

    [Fact]
    public async Task On_sqlite_the_scheduler_keeps_to_a_file_of_its_own()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        await using (await JobNode.OpenAsync(shop, new(), Tidy)) { }

        await using var file = new SqliteConnection(CrmDatabase.SqliteFile(Path.Combine(shop.Folder, "jobs.db")));
        await file.OpenAsync();
        await using var ask = file.CreateCommand();
        ask.CommandText = "PRAGMA journal_mode";
        Assert.Equal("wal", await ask.ExecuteScalarAsync());
        await using var db = shop.Open();
        Assert.Equal(0, await db.Database.SqlQuery<int>($"SELECT count(*) AS \"Value\" FROM sqlite_master WHERE name LIKE 'QRTZ%'").SingleAsync());
        SqliteConnection.ClearPool(file);
    }

    [Theory, BothDatabases]
    public async Task Only_the_owner_sees_and_starts_jobs_and_without_a_scheduler_it_says_so(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        foreach (var person in new[] { TestPeople.Manager, TestPeople.Agent, TestPeople.CustomerA })
        {
            Assert.IsType<ForbiddenError>((await shop.As(person).Get<JobBoard>().ListAsync(Now)).Error);
            Assert.IsType<ForbiddenError>((await shop.As(person).Get<JobBoard>().RunNowAsync("Clear sent messages", Now)).Error);
        }
        Assert.IsType<ForbiddenError>((await shop.AsStranger().Get<JobBoard>().ListAsync(Now)).Error);

        var list = (await shop.As(TestPeople.Owner).Get<JobBoard>().ListAsync(Now)).Value;
        Assert.False(list.RunsHere);
        Assert.Equal(["Clear old notices", "Clear old sign-ins", "Clear sent messages", "Clear unused files", "Clear used-up limits", "Mail stale leads", "Send reminders"], list.Rows.Select(r => r.Name));
        Assert.IsType<NoJobsHere>((await shop.As(TestPeople.Owner).Get<JobBoard>().RunNowAsync("Clear sent messages", Now)).Error);
    }

    [Fact]
    public async Task Every_registered_job_has_a_time_that_comes()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        Assert.All(shop.Get<JobRunner>().Plans, plan =>
        {
            Assert.NotNull(new Quartz.CronExpression(plan.Cron).GetNextValidTimeAfter(TestClock.Start));
            Assert.EndsWith(".", plan.Purpose);
        });
    }
}
