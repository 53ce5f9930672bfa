using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;

namespace Crm.Data.Storage;

/// <summary>Holds records until the transaction ends: nobody saves a part of them meanwhile, and what was saved is read after this.</summary>
public static class RowLocks
{
    /// <summary>
    /// Waits for the records of these ids, always in the same order, so that two that want the same take turns. On SQLite the single
    /// writer holds everything already. Ids of records that are gone do no harm.
    /// </summary>
    public static Task HoldAsync(this CrmDbContext db, Type kind, IEnumerable<Guid> ids, CancellationToken ct)
    {
        if (db.Kind is not DatabaseKind.Postgres || ids.Distinct().ToArray() is not { Length: > 0 } wanted) return Task.CompletedTask;
        var table = db.Model.FindEntityType(kind)!.GetTableName();
        return db.Database.ExecuteSqlAsync(FormattableStringFactory.Create($"SELECT \"Id\" FROM \"{table}\" WHERE \"Id\" = ANY ({{0}}) ORDER BY \"Id\" FOR UPDATE", wanted), ct);
    }
}
