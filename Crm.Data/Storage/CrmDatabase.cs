using Crm.Data.Live;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Crm.Data.Storage;

/// <summary>The two databases that the product runs on.</summary>
public enum DatabaseKind { Sqlite, Postgres }

/// <summary>One database of the shop: opens contexts on it for somebody, and brings its schema up to date.</summary>
public sealed class CrmDatabase : IAsyncDisposable
{
    private const int StatementsPrepared = 100;

    private readonly DbContextOptions options;
    private readonly NpgsqlDataSource? postgres;
    private readonly string? sqliteConnection;

    public CrmDatabase(DatabaseKind kind, string connectionString, TimeProvider clock, IChangeSink changes)
    {
        (Kind, Clock, Changes) = (kind, clock, changes);
        if (kind is DatabaseKind.Postgres)
        {
            postgres = NpgsqlDataSource.Create(Preparing(connectionString));
            options = new DbContextOptionsBuilder<PostgresCrmDbContext>().UseNpgsql(postgres).Options;
        }
        else
        {
            sqliteConnection = connectionString;
            options = new DbContextOptionsBuilder<SqliteCrmDbContext>().UseSqlite(connectionString)
                .AddInterceptors(new SqlitePragmas()).Options;
        }
    }

    public DatabaseKind Kind { get; }
    public TimeProvider Clock { get; }
    public IChangeSink Changes { get; }

    /// <summary>Only one writer at a time on SQLite: waiting in line bounds the slowest save.</summary>
    internal SemaphoreSlim? WriteGate => Kind is DatabaseKind.Sqlite ? gate : null;
    private readonly SemaphoreSlim gate = new(1, 1);

    /// <summary>For the listener's own connection; null on SQLite.</summary>
    public NpgsqlDataSource? Postgres => postgres;

    /// <summary>The SQLite file; only on SQLite.</summary>
    internal string SqlitePath => Path.GetFullPath(new SqliteConnectionStringBuilder(sqliteConnection).DataSource);

    /// <summary>The connection string of a SQLite file beside the application.</summary>
    public static string SqliteFile(string path) =>
        new SqliteConnectionStringBuilder { DataSource = path, ForeignKeys = true, Pooling = true, DefaultTimeout = 30 }.ToString();

    public CrmDbContext Open(Actor actor) => Kind is DatabaseKind.Postgres
        ? new PostgresCrmDbContext((DbContextOptions<PostgresCrmDbContext>)options, this, actor)
        : new SqliteCrmDbContext((DbContextOptions<SqliteCrmDbContext>)options, this, actor);

    public async Task MigrateAsync(CancellationToken ct)
    {
        await using var db = Open(Actor.System("migration"));
        await db.Database.MigrateAsync(ct);
        await LearnAsync(ct);
    }

    /// <summary>
    /// Lets SQLite look at how its columns are filled, so that it takes the index that leads to few rows: without, a list of leads with
    /// three filters reads most of them and sorts. PostgreSQL learns by itself.
    /// </summary>
    public async Task LearnAsync(CancellationToken ct)
    {
        if (Kind is not DatabaseKind.Sqlite) return;
        await using var db = Open(Actor.System("statistics"));
        await db.Database.ExecuteSqlAsync($"PRAGMA analysis_limit = 1000; ANALYZE", ct);
    }

    // Planning a query that gathers a record with its parts costs more than running it: what comes often is planned once a connection.
    private static string Preparing(string connection)
    {
        var parts = new NpgsqlConnectionStringBuilder(connection);
        if (parts.MaxAutoPrepare == 0) parts.MaxAutoPrepare = StatementsPrepared;
        return parts.ToString();
    }

    /// <summary>True for a save that lost to a row with the same unique value.</summary>
    public static bool IsUniqueViolation(DbUpdateException failure) => failure.InnerException switch
    {
        SqliteException { SqliteErrorCode: 19, SqliteExtendedErrorCode: 2067 or 1555 } => true,
        PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } => true,
        _ => false,
    };

    public async ValueTask DisposeAsync()
    {
        gate.Dispose();
        if (postgres is not null) await postgres.DisposeAsync();
        if (sqliteConnection is not null)
        {
            using var connection = new SqliteConnection(sqliteConnection);
            SqliteConnection.ClearPool(connection);
        }
    }
}
