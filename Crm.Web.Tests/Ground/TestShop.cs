using System.Security.Claims;
using Crm.Data;
using Crm.Data.Storage;
using Crm.Web.Platform.Access;
using Microsoft.Extensions.Hosting.Internal;

namespace Crm.Web.Tests.Ground;

/// <summary>
/// The product's services over a database of their own: <c>await using var shop = await TestShop.OpenAsync(kind);</c>
/// then <c>shop.As(TestPeople.Agent).Get&lt;LeadService&gt;()</c>.
/// </summary>
public sealed class TestShop : IAsyncDisposable
{
    private readonly ServiceProvider services;
    private readonly List<AsyncServiceScope> scopes = [];
    private readonly string connection;
    private readonly TemporaryFolder folder;

    private TestShop(DatabaseKind kind, string connection, TemporaryFolder folder, ServiceProvider services, TestClock clock) =>
        (Kind, this.connection, this.folder, this.services, Clock) = (kind, connection, folder, services, clock);

    public DatabaseKind Kind { get; }
    public TestClock Clock { get; }

    /// <summary>Of the database, for a second node.</summary>
    public string Connection => connection;

    /// <summary>Where the shop keeps its files.</summary>
    public string Folder => folder.Path;
    public CrmDatabase Database => services.GetRequiredService<CrmDatabase>();

    /// <param name="environment">Development, Production, or the default, which has no meaning of its own.</param>
    public static async Task<TestShop> OpenAsync(DatabaseKind kind, string environment = "Testing")
    {
        var connection = await TestDatabases.MakeAsync(kind);
        var clock = TestClock.At(TestClock.Start);
        var folder = new TemporaryFolder();
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Storage:DataDirectory", folder.Path)]).Build();
        var collection = new ServiceCollection();
        collection.AddSingleton<IConfiguration>(configuration).AddLogging();
        collection.AddSingleton<IHostEnvironment>(new HostingEnvironment { EnvironmentName = environment });
        collection.AddCrm();
        collection.AddSingleton<TimeProvider>(clock);
        collection.AddSingleton(s => new CrmDatabase(kind, connection, clock, s.GetRequiredService<Crm.Data.Live.IChangeSink>()));
        return new TestShop(kind, connection, folder, collection.BuildServiceProvider(validateScopes: true), clock);
    }

    /// <summary>The services as one person sees them.</summary>
    public TestDesk As(TestPerson person) => Desk(actor => actor.Become(person.Principal(), "192.0.2.7"));

    /// <summary>The services as a job of the application sees them.</summary>
    public TestDesk AsSystem() => Desk(actor => actor.BecomeSystem("test"));

    /// <summary>The services as somebody who is not signed in sees them.</summary>
    public TestDesk AsStranger() => Desk(actor => actor.Become(new ClaimsPrincipal(new ClaimsIdentity()), "192.0.2.8"));

    /// <summary>A singleton of the product.</summary>
    public T Get<T>() where T : notnull => services.GetRequiredService<T>();

    /// <summary>A new context, to arrange rows and to read what was really stored.</summary>
    public CrmDbContext Open() => Database.Open(Actor.System("test"));

    private TestDesk Desk(Action<CurrentActor> become)
    {
        var scope = services.CreateAsyncScope();
        scopes.Add(scope);
        become(scope.ServiceProvider.GetRequiredService<CurrentActor>());
        return new TestDesk(scope.ServiceProvider);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var scope in scopes) await scope.DisposeAsync();
        await services.DisposeAsync();
        folder.Dispose();
        await TestDatabases.DropAsync(Kind, connection);
    }
}

/// <summary>One person's scope of services.</summary>
public sealed class TestDesk(IServiceProvider services)
{
    public T Get<T>() where T : notnull => services.GetRequiredService<T>();

    public object Get(Type service) => services.GetRequiredService(service);
}
