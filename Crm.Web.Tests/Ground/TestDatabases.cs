using System.Security.Cryptography;
using Crm.Data.Live;
using Crm.Data.Storage;
using Npgsql;

namespace Crm.Web.Tests.Ground;

/// <summary>
/// Gives every test a migrated database of its own, copied from one template per kind and run.
/// PostgreSQL is the throwaway cluster named by CRM_TEST_POSTGRES, which ./test starts.
/// </summary>
static class TestDatabases
{
    public const string PostgresVariable = "CRM_TEST_POSTGRES";

    private static readonly string Folder = Directory.CreateTempSubdirectory("crm-tests-").FullName;
    private static readonly string Run = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6));
    private static readonly Lazy<Task<string>> SqliteTemplate = new(MakeSqliteTemplateAsync);
    private static readonly Lazy<Task<string>> PostgresTemplate = new(MakePostgresTemplateAsync);
    private static readonly SemaphoreSlim OneCopyAtATime = new(1, 1);
    private static int made;

    static TestDatabases() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        if (Directory.Exists(Folder)) Directory.Delete(Folder, recursive: true);
    };

    /// <summary>The connection string of a new database; hand it back to <see cref="DropAsync"/>.</summary>
    public static async Task<string> MakeAsync(DatabaseKind kind)
    {
        var name = $"crm_{Run}_{Interlocked.Increment(ref made)}";
        if (kind is DatabaseKind.Sqlite)
        {
            var file = Path.Combine(Folder, name + ".db");
            File.Copy(await SqliteTemplate.Value, file);
            return CrmDatabase.SqliteFile(file);
        }
        var template = await PostgresTemplate.Value;
        await OneCopyAtATime.WaitAsync();
        try
        {
            await ExecuteAsync($"CREATE DATABASE \"{name}\" TEMPLATE \"{template}\"");
        }
        finally
        {
            OneCopyAtATime.Release();
        }
        return Connection(name);
    }

    public static async Task DropAsync(DatabaseKind kind, string connectionString)
    {
        if (kind is DatabaseKind.Sqlite)
        {
            var file = new Microsoft.Data.Sqlite.SqliteConnectionStringBuilder(connectionString).DataSource;
            foreach (var part in new[] { file, file + "-wal", file + "-shm" }) File.Delete(part);
            return;
        }
        var name = new NpgsqlConnectionStringBuilder(connectionString).Database;
        await ExecuteAsync($"DROP DATABASE IF EXISTS \"{name}\" WITH (FORCE)");
    }

    /// <summary>Has PostgreSQL turn away every new connection to a database, or take them again; a SQLite file is nobody's to close.</summary>
    public static async Task LetInAsync(DatabaseKind kind, string connectionString, bool open)
    {
        if (kind is DatabaseKind.Sqlite) return;
        await ExecuteAsync($"ALTER DATABASE \"{new NpgsqlConnectionStringBuilder(connectionString).Database}\" ALLOW_CONNECTIONS {open}");
    }

    private static async Task<string> MakeSqliteTemplateAsync()
    {
        var file = Path.Combine(Folder, "template.db");
        await PrepareAsync(DatabaseKind.Sqlite, CrmDatabase.SqliteFile(file));
        return file;
    }

    private static async Task<string> MakePostgresTemplateAsync()
    {
        var name = $"crm_{Run}_template";
        await ExecuteAsync($"CREATE DATABASE \"{name}\"");
        await PrepareAsync(DatabaseKind.Postgres, Connection(name));
        return name;
    }

    private static async Task PrepareAsync(DatabaseKind kind, string connection)
    {
        await using var database = new CrmDatabase(kind, connection, TestClock.At(TestClock.Start), NoChangeSink.Instance);
        await database.MigrateAsync(CancellationToken.None);
        await TestPeople.AddAsync(database);
    }

    private static string Server => Environment.GetEnvironmentVariable(PostgresVariable) is { Length: > 0 } server
        ? server
        : throw new InvalidOperationException($"{PostgresVariable} is not set: run ./test, which starts a PostgreSQL of its own, or build/postgres.sh start.");

    private static string Connection(string database) =>
        new NpgsqlConnectionStringBuilder(Server) { Database = database, MaxPoolSize = 20, IncludeErrorDetail = true }.ToString();

    private static async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Server) { Pooling = false }.ToString());
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
