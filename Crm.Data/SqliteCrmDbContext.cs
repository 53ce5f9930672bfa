using Crm.Data.Storage;
using Microsoft.EntityFrameworkCore;

namespace Crm.Data;

/// <summary>The model as SQLite stores it.</summary>
public sealed class SqliteCrmDbContext(DbContextOptions<SqliteCrmDbContext> options, CrmDatabase database, Actor actor)
    : CrmDbContext(options, database, actor)
{
    public override async Task<long> NextNumberAsync(NumberKind kind, CancellationToken ct)
    {
        var name = kind.ToString();
        var values = await Database.SqlQuery<long>(
            $"INSERT INTO \"NumberCounters\" (\"Name\", \"Value\") VALUES ({name}, 1001) ON CONFLICT (\"Name\") DO UPDATE SET \"Value\" = \"Value\" + 1 RETURNING \"Value\"")
            .ToListAsync(ct);
        return values[0];
    }
}
