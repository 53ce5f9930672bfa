using Crm.Data;
using Crm.Data.Live;
using Crm.Data.Storage;
using Crm.Web.Platform.Jobs;
using Crm.Web.Platform.Limits;
using Crm.Web.Platform.Live;
using Crm.Web.Platform.Outbox;
using Crm.Web.Platform.Storage;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;

namespace Crm.Web.Tests.Ground;

/// <summary>
/// The whole application in this process, over a database of its own: <c>await using var site = await TestSite.OpenAsync(kind);</c>
/// then <c>using var browser = site.Browser();</c>
/// </summary>
public sealed class TestSite : IAsyncDisposable
{
    private const int ManyTimes = 100_000;

    private readonly WebApplicationFactory<global::Program> factory;
    private readonly string connection;

    private TestSite(DatabaseKind kind, string connection, string environment, TestClock clock, bool limited, IReadOnlyList<(string Key, string Value)> settings)
    {
        (Kind, Clock, this.connection) = (kind, clock, connection);
        factory = new WebApplicationFactory<global::Program>().WithWebHostBuilder(host =>
        {
            host.UseEnvironment(environment);
            host.ConfigureAppConfiguration((_, sources) => sources.AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value))));
            host.ConfigureTestServices(services =>
            {
                services.PostConfigure<StorageOptions>(storage => storage.DataDirectory = Path.GetTempPath());
                if (!limited) services.PostConfigure<RateLimitOptions>(limits => (limits.Registrations, limits.SignIns, limits.MailedLinks, limits.OwnPasswords, limits.PasskeyQuestions, limits.Anonymous, limits.SignedIn, limits.CalendarFeeds) = (ManyTimes, ManyTimes, ManyTimes, ManyTimes, ManyTimes, ManyTimes, ManyTimes, ManyTimes));
                services.PostConfigure<OutboxOptions>(outbox => outbox.Enabled = false);
                services.PostConfigure<JobsOptions>(jobs => jobs.Enabled = false);
                services.AddSingleton<TimeProvider>(clock);
                services.AddSingleton(s => new CrmDatabase(kind, connection, clock, s.GetRequiredService<IChangeSink>()));
            });
        });
    }

    public DatabaseKind Kind { get; }
    public TestClock Clock { get; }

    /// <param name="environment">Development shows demo sign-ins and sends cookies without TLS; Production does neither.</param>
    /// <param name="arrange">What is to stand in the database before the application opens it.</param>
    /// <param name="settings">Configuration of its own.</param>
    /// <param name="limited">With the limits that the shop comes with; else nobody is told to wait.</param>
    public static async Task<TestSite> OpenAsync(DatabaseKind kind, string environment = "Production", Func<CrmDbContext, Task>? arrange = null, bool limited = false,
        IReadOnlyList<(string Key, string Value)>? settings = null)
    {
        var (connection, clock) = (await TestDatabases.MakeAsync(kind), TestClock.At(TestClock.Start));
        if (arrange is not null)
        {
            await using var database = new CrmDatabase(kind, connection, clock, NoChangeSink.Instance);
            await using var db = database.Open(Actor.System("test"));
            await arrange(db);
        }
        return new(kind, connection, environment, clock, limited, settings ?? []);
    }

    /// <summary>A browser with a jar of cookies of its own; it follows no redirect by itself.</summary>
    public TestBrowser Browser(string address = "https://localhost") =>
        new(factory.CreateDefaultClient(new Uri(address), new CookieJar(Clock)));

    /// <summary>A request as the server receives it, from any peer.</summary>
    public Task<HttpContext> SendAsync(Action<HttpContext> request) => factory.Server.SendAsync(request);

    /// <summary>A program that calls the API, without cookies.</summary>
    public TestProgram Program(string address = "https://localhost") => new(factory.CreateDefaultClient(new Uri(address)));

    /// <summary>A singleton of the product.</summary>
    public T Get<T>() where T : notnull => factory.Services.GetRequiredService<T>();

    /// <summary>A new context, to arrange rows and to read what was really stored.</summary>
    public CrmDbContext Open() => Get<CrmDatabase>().Open(Actor.System("test"));

    /// <summary>
    /// Waits until the application has heard of everything that was committed before: on PostgreSQL the news comes by a connection
    /// of its own.
    /// </summary>
    public async Task HearAsync()
    {
        if (Kind is DatabaseKind.Sqlite) return;
        await Get<PostgresChangeListener>().WaitUntilListeningAsync(CancellationToken.None);
        var heard = new TaskCompletionSource();
        var kind = Guid.CreateVersion7().ToString();
        using var ear = Get<ChangeFeed>().Remember([kind], _ => heard.TrySetResult());
        await using var db = Open();
        await using var write = await db.BeginWriteAsync(CancellationToken.None);
        db.MarkChanged(kind);
        await write.CommitAsync(CancellationToken.None);
        await heard.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    public async ValueTask DisposeAsync()
    {
        await factory.DisposeAsync();
        await TestDatabases.DropAsync(Kind, connection);
    }
}
