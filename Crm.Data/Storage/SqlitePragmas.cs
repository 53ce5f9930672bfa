using System.Data.Common;
using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Crm.Data.Storage;

/// <summary>Sets every physical SQLite connection up once: waits instead of failing, keeps foreign keys, bounds the log.</summary>
public sealed class SqlitePragmas : DbConnectionInterceptor
{
    private const string Sql = """
        PRAGMA busy_timeout=10000; PRAGMA foreign_keys=ON; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-16000;
        PRAGMA mmap_size=134217728; PRAGMA temp_store=MEMORY; PRAGMA journal_size_limit=67108864;
        """;

    // SqliteConnection.Handle is typed by a newer SQLitePCLRaw than the one that can be had, so it cannot be named here.
    private static readonly PropertyInfo HandleProperty = typeof(SqliteConnection).GetProperty("Handle")!;
    private static readonly ConditionalWeakTable<object, object> Prepared = [];

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Prepare(connection);

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Prepare(connection);
        return Task.CompletedTask;
    }

    private static void Prepare(DbConnection connection)
    {
        var handle = HandleProperty.GetValue(connection)!;
        if (!Prepared.TryAdd(handle, handle)) return;
        using var command = connection.CreateCommand();
        command.CommandText = Sql;
        command.ExecuteNonQuery();
    }
}
