using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Crm.Data.Storage;

/// <summary>
/// Rows of a mass write that go past the change tracker, because half a million of them would not bear it: one prepared
/// statement on SQLite, COPY on PostgreSQL. Written after the save that they wait for, in its transaction.
/// </summary>
sealed class BulkRows(Type type, IReadOnlyCollection<object> rows)
{
    /// <summary>The kind of row, by its class.</summary>
    public string Name => type.Name;
    public int Count => rows.Count;

    public Task WriteAsync(CrmDbContext db, CancellationToken ct)
    {
        var table = db.Model.FindEntityType(type)!;
        var columns = table.GetProperties().ToList();
        return db.Kind is DatabaseKind.Postgres ? CopyAsync(db, table, columns, ct) : InsertAsync(db, table, columns, ct);
    }

    private async Task CopyAsync(CrmDbContext db, IEntityType table, List<IProperty> columns, CancellationToken ct)
    {
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        await using var copy = await connection.BeginBinaryImportAsync($"COPY {Quoted(table.GetTableName()!)} ({Names(columns)}) FROM STDIN (FORMAT BINARY)", ct);
        foreach (var row in rows)
        {
            await copy.StartRowAsync(ct);
            foreach (var column in columns)
            {
                if (Value(column, row) is { } value) await copy.WriteAsync(value, ct);
                else await copy.WriteNullAsync(ct);
            }
        }
        await copy.CompleteAsync(ct);
    }

    private async Task InsertAsync(CrmDbContext db, IEntityType table, List<IProperty> columns, CancellationToken ct)
    {
        await using var command = ((SqliteConnection)db.Database.GetDbConnection()).CreateCommand();
        command.Transaction = (SqliteTransaction)db.Database.CurrentTransaction!.GetDbTransaction();
        command.CommandText = $"INSERT INTO {Quoted(table.GetTableName()!)} ({Names(columns)}) VALUES ({string.Join(", ", columns.Select((_, at) => $"$p{at}"))})";
        var parameters = columns.Select((_, at) => command.Parameters.Add(new SqliteParameter { ParameterName = $"$p{at}" })).ToList();
        foreach (var row in rows)
        {
            for (var at = 0; at < columns.Count; at++) parameters[at].Value = Value(columns[at], row) ?? DBNull.Value;
            await command.ExecuteNonQueryAsync(ct);
        }
    }

    private static object? Value(IProperty column, object row)
    {
        var value = column.GetGetter().GetClrValue(row);
        if (column.GetTypeMapping().Converter is { } converter) return converter.ConvertToProvider(value);
        return value is string text ? CleanText.Of(text) : value;
    }

    private static string Names(IEnumerable<IProperty> columns) => string.Join(", ", columns.Select(c => Quoted(c.GetColumnName())));
    private static string Quoted(string name) => $"\"{name}\"";
}
