using System.Security.Claims;
using Crm.Data.Live;
using Crm.Data.Storage;
using Crm.Web;
using Crm.Web.Features.Settings;
using Crm.Web.Platform.Access;
using Npgsql;

namespace Crm.Bench;

/// <summary>The product's services over a new database of one kind, gone afterwards.</summary>
sealed class BenchShop : IAsyncDisposable
{
    private readonly ServiceProvider services;
    private readonly string folder;
    private readonly string? server;
    private readonly string name = $"crm_bench_{Guid.CreateVersion7():N}";

    private BenchShop(DatabaseKind kind)
    {
        folder = Directory.CreateTempSubdirectory("crm-bench-").FullName;
        server = kind is DatabaseKind.Postgres ? Server : null;
        Connection = server is null ? CrmDatabase.SqliteFile(Path.Combine(folder, "shop.db")) : new NpgsqlConnectionStringBuilder(server) { Database = name }.ToString();
        var collection = new ServiceCollection();
        collection.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build()).AddLogging();
        collection.AddCrm();
        collection.AddSingleton(TimeProvider.System);
        collection.AddSingleton(s => new CrmDatabase(kind, Connection, TimeProvider.System, s.GetRequiredService<IChangeSink>()));
        services = collection.BuildServiceProvider();
    }

    public string Connection { get; }
    public string Folder => folder;
    public CrmDatabase Database => services.GetRequiredService<CrmDatabase>();

    public static string Server => Environment.GetEnvironmentVariable("CRM_TEST_POSTGRES") is { Length: > 0 } url
        ? url
        : throw new InvalidOperationException("CRM_TEST_POSTGRES is not set: build/postgres.sh start prints it.");

    public static async Task<BenchShop> OpenAsync(DatabaseKind kind)
    {
        var shop = new BenchShop(kind);
        if (shop.server is not null) await shop.ExecuteAsync($"CREATE DATABASE \"{shop.name}\"");
        await shop.Database.MigrateAsync(CancellationToken.None);
        await shop.Get<Shop>().LoadAsync(CancellationToken.None);
        return shop;
    }

    public T Get<T>() where T : notnull => services.GetRequiredService<T>();

    /// <summary>A scope with an owner's rights.</summary>
    public IServiceScope AsOwner(Guid? userId = null)
    {
        var scope = services.CreateScope();
        var claims = new List<Claim> { new(ClaimTypes.Role, Roles.Owner), new(ActorClaims.DisplayName, "Bench") };
        if (userId is { } id) claims.Add(new Claim(ClaimTypes.NameIdentifier, id.ToString()));
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Become(new ClaimsPrincipal(new ClaimsIdentity(claims, "bench")), null);
        return scope;
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        Directory.Delete(folder, recursive: true);
        if (server is not null) await ExecuteAsync($"DROP DATABASE IF EXISTS \"{name}\" WITH (FORCE)");
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(server) { Pooling = false }.ToString());
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
