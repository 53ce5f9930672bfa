using Crm.Data.Storage;
using Microsoft.EntityFrameworkCore;

namespace Crm.Data;

/// <summary>The model as PostgreSQL stores it.</summary>
public sealed class PostgresCrmDbContext(DbContextOptions<PostgresCrmDbContext> options, CrmDatabase database, Actor actor)
    : CrmDbContext(options, database, actor)
{
    public override async Task<long> NextNumberAsync(NumberKind kind, CancellationToken ct)
    {
        var sequence = Sequence(kind);
        var values = await Database.SqlQuery<long>($"SELECT nextval({sequence}::regclass) AS \"Value\"").ToListAsync(ct);
        return values[0];
    }

    /// <summary>Text compares by its characters, as on SQLite: lists sort alike on both, and a prefix is a range of an index.</summary>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<string>().UseCollation("C");
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        foreach (var kind in Enum.GetValues<NumberKind>()) builder.HasSequence<long>(Sequence(kind)).StartsAt(1001);
    }

    private static string Sequence(NumberKind kind) => kind switch
    {
        NumberKind.Lead => "lead_number",
        NumberKind.Customer => "customer_number",
    };
}
