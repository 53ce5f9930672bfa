using Crm.Data;
using Crm.Data.Live;
using Crm.Data.Storage;
using Crm.Web.Platform.Hosting;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Crm.Web.Platform.Storage;

/// <summary>Registers the shop's database and what is kept in it for the platform itself.</summary>
public static class DatabaseFeature
{
    public const string SqliteFileName = "shop.db";

    public static IServiceCollection AddDatabase(this IServiceCollection services)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(s =>
        {
            var storage = s.GetRequiredService<IOptions<StorageOptions>>().Value;
            var (kind, connection) = storage.UsesPostgres
                ? (DatabaseKind.Postgres, storage.Postgres!)
                : (DatabaseKind.Sqlite, CrmDatabase.SqliteFile(Path.Combine(storage.Folder, SqliteFileName)));
            return new CrmDatabase(kind, connection, s.GetRequiredService<TimeProvider>(), s.GetRequiredService<IChangeSink>());
        });
        services.AddScoped<IDbContextFactory<CrmDbContext>, ScopedContextFactory>();
        services.AddDataProtection().SetApplicationName("Crm");
        services.AddSettings<ProtectionOptions>("Protection");
        services.AddSingleton<DatabaseKeyRepository>().AddSingleton<KeySeal>().AddSingleton<StoredKeys>().AddSingleton<SharedSecrets>();
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(s => new ConfigureOptions<KeyManagementOptions>(o =>
        {
            o.XmlRepository = s.GetRequiredService<DatabaseKeyRepository>();
            if (s.GetRequiredService<KeySeal>() is { IsSet: true } seal) o.XmlEncryptor = seal;
        }));
        return services;
    }

    /// <summary>Says at the start whether keys lie open.</summary>
    public static void OpenDatabase(this IServiceProvider services)
    {
        if (services.GetRequiredService<StoredKeys>().Warning is { } warning) services.GetRequiredService<StartBanner>().Add(warning);
    }
}
