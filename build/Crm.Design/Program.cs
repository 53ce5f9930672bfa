using Crm.Data;
using Crm.Data.Live;
using Crm.Data.Storage;
using Microsoft.EntityFrameworkCore.Design;

Console.WriteLine("Design-time only: `dotnet ef` starts it.");

sealed class SqliteFactory : IDesignTimeDbContextFactory<SqliteCrmDbContext>
{
    public SqliteCrmDbContext CreateDbContext(string[] args) =>
        (SqliteCrmDbContext)new CrmDatabase(DatabaseKind.Sqlite, CrmDatabase.SqliteFile("design.db"), TimeProvider.System, NoChangeSink.Instance).Open(Actor.System("design"));
}

sealed class PostgresFactory : IDesignTimeDbContextFactory<PostgresCrmDbContext>
{
    public PostgresCrmDbContext CreateDbContext(string[] args) =>
        (PostgresCrmDbContext)new CrmDatabase(DatabaseKind.Postgres, "Host=127.0.0.1;Database=none;Username=none", TimeProvider.System, NoChangeSink.Instance).Open(Actor.System("design"));
}
