using Npgsql;

namespace Crm.Data.Storage;

/// <summary>
/// A turn at something that only one process of the shop may do at a time, on any node. It ends with the process that holds
/// it, however that ends: whoever gets the turn knows that nobody else is at it.
/// </summary>
public sealed class SoleTurn : IAsyncDisposable
{
    private readonly FileStream? file;
    private readonly NpgsqlConnection? session;
    private readonly long key;

    private SoleTurn(FileStream? file, NpgsqlConnection? session, long key) => (this.file, this.session, this.key) = (file, session, key);

    /// <summary>The turn, or null when somebody else has it.</summary>
    /// <param name="database">On SQLite a lock on a file beside the database; on PostgreSQL an advisory lock of a session of its own.</param>
    /// <param name="name">Letters only: it is part of a file name.</param>
    public static Task<SoleTurn?> TryTakeAsync(CrmDatabase database, string name, CancellationToken ct) =>
        database.Postgres is { } postgres ? TryLockAsync(postgres, name, ct) : Task.FromResult(TryLock(database.SqlitePath, name));

    private static SoleTurn? TryLock(string databasePath, string name)
    {
        try
        {
            return new SoleTurn(new FileStream($"{databasePath}.{name}-lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None), null, 0);
        }
        catch (IOException failure) when (IsHeld(failure))
        {
            return null;
        }
    }

    private static async Task<SoleTurn?> TryLockAsync(NpgsqlDataSource postgres, string name, CancellationToken ct)
    {
        var session = await postgres.OpenConnectionAsync(ct);
        try
        {
            await using var command = new NpgsqlCommand("SELECT hashtextextended($1, 0), pg_try_advisory_lock(hashtextextended($1, 0))", session);
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = $"crm-{name}" });
            await using var row = await command.ExecuteReaderAsync(ct);
            await row.ReadAsync(ct);
            if (row.GetBoolean(1)) return new SoleTurn(null, session, row.GetInt64(0));
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
        await session.DisposeAsync();
        return null;
    }

    // EWOULDBLOCK here, ERROR_SHARING_VIOLATION on Windows.
    private static bool IsHeld(IOException failure) => failure.HResult is 11 or 35 or unchecked((int)0x80070020);

    public async ValueTask DisposeAsync()
    {
        if (file is not null) await file.DisposeAsync();
        if (session is null) return;
        try
        {
            await using var command = new NpgsqlCommand("SELECT pg_advisory_unlock($1)", session);
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = key });
            await command.ExecuteNonQueryAsync();
        }
        catch (NpgsqlException)
        {
            // A session that is gone has given its turn back by itself.
        }
        await session.DisposeAsync();
    }
}
