using Crm.Data.Storage;
using Crm.Web.Platform.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Quartz;

namespace Crm.Web.Platform.Jobs;

/// <summary>
/// Builds the scheduler over its own store: a file beside the shop's on SQLite, tables of the shop's database on PostgreSQL, where the
/// nodes share the work (docs/decisions/0018-quartz-beside-the-database.md).
/// </summary>
sealed class QuartzStore(CrmDatabase database, IOptions<StorageOptions> storage, IOptions<JobsOptions> options, JobRunner runner, ILoggerFactory loggers)
{
    public const string SchedulerName = "crm";
    public const string FileName = "jobs.db";
    private static readonly TimeSpan CheckIn = TimeSpan.FromSeconds(2);

    /// <summary>A container of its own, so that nothing of Quartz is built where no job runs.</summary>
    public async Task<ServiceProvider> BuildAsync(CancellationToken ct)
    {
        var file = database.Kind is DatabaseKind.Sqlite ? await PrepareFileAsync(ct) : null;
        var services = new ServiceCollection();
        services.AddSingleton(loggers).AddLogging().AddSingleton(runner);
        services.AddQuartz(quartz =>
        {
            quartz.ConfigureScheduler(o => (o.InstanceName, o.InstanceId) = (SchedulerName, $"{Environment.MachineName}-{Environment.ProcessId}-{Guid.CreateVersion7():N}"));
            quartz.UseDefaultThreadPool(options.Value.ParallelJobs);
            quartz.UsePersistentStore(store =>
            {
                store.ProvisionSchema();
                store.UseExecutionHistory();
                if (file is not null) store.UseSqlite(SqliteFactory.Instance, file);
                else
                {
                    store.UsePostgres(o => o.DataSourceFactory = _ => database.Postgres!);
                    store.UseClustering(c => (c.CheckinInterval, c.CheckinMisfireThreshold) = (CheckIn, CheckIn));
                }
            });
        });
        return services.BuildServiceProvider();
    }

    // WAL outlives the connection that asked for it: readers of the owner's page then never wait for a job.
    private async Task<string> PrepareFileAsync(CancellationToken ct)
    {
        var connection = CrmDatabase.SqliteFile(Path.Combine(storage.Value.Folder, FileName));
        await using var file = new SqliteConnection(connection);
        await file.OpenAsync(ct);
        await using var wal = file.CreateCommand();
        wal.CommandText = "PRAGMA journal_mode=WAL";
        await wal.ExecuteNonQueryAsync(ct);
        return connection;
    }
}
