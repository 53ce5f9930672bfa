using System.Collections.Concurrent;
using Crm.Data.Storage;

namespace Crm.Web.Tests.Ground;

/// <summary>
/// One application per kind of database for all tests of a class (<c>IClassFixture&lt;TestSites&gt;</c>): for tests that bring rows of
/// their own and leave the clock alone.
/// </summary>
public sealed class TestSites : IAsyncDisposable, IAsyncLifetime
{
    private readonly ConcurrentDictionary<(DatabaseKind, string), Lazy<Task<TestSite>>> sites = new();

    public Task<TestSite> OfAsync(DatabaseKind kind, string environment = "Production") =>
        sites.GetOrAdd((kind, environment), static key => new(() => TestSite.OpenAsync(key.Item1, key.Item2))).Value;

    public Task InitializeAsync() => Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var site in sites.Values) await (await site.Value).DisposeAsync();
    }

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();
}
