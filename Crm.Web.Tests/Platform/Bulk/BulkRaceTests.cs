using Crm.Data;
using Crm.Data.Bulk;
using Crm.Data.Storage;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Bulk;
using Crm.Web.Platform.Live;
using Crm.Web.Platform.Results;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Crm.Web.Tests.Platform.Bulk;

/// <summary>Rows that others keep saving do not end a run, and are not said to be refused for another reason.</summary>
[Trait("contract", "M-126")]
public sealed class BulkRaceTests
{
    private static readonly CancellationToken Ct = CancellationToken.None;

    [Theory, BothDatabases]
    public async Task A_batch_that_loses_many_races_is_gone_through_one_by_one(DatabaseKind kind)
    {
        var races = 0;
        var run = await RunAsync(kind, ids => ids.Count > 1 && ++races > 0 || races is > 0 and < 15 && ++races > 0);

        Assert.Equal((BulkState.Finished, 3, 0), (run.State, run.Done, run.Refused));
    }

    [Theory, BothDatabases]
    public async Task A_row_that_never_wins_is_left_with_the_true_reason(DatabaseKind kind)
    {
        var busy = Guid.Empty;
        var run = await RunAsync(kind, ids => ids.Contains(busy), ids => busy = ids[1]);

        Assert.Equal((BulkState.Finished, 3, 1), (run.State, run.Done, run.Refused));
        Assert.Contains("Others kept changing it", Assert.Single(run.Refusals).Why, StringComparison.Ordinal);
    }

    private static async Task<BulkRow> RunAsync(DatabaseKind kind, Func<IReadOnlyList<Guid>, bool> loses, Action<Guid[]>? know = null)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        Guid[] ids = [Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7()];
        know?.Invoke(ids);
        var run = new BulkRun { Kind = "racing", Title = "Race", Request = BulkRequest.Write("{}", ids), StartedById = TestPeople.Manager.UserId, StartedAt = shop.Clock.Now, Total = ids.Length };
        await using (var db = shop.Open())
        {
            db.BulkRuns.Add(run);
            await db.SaveChangesAsync(Ct);
        }
        var options = Options.Create(new BulkOptions());
        using var worker = new BulkWorker(new WithKind(shop.Get<IServiceScopeFactory>(), new Racing(loses)), shop.Get<StaffDirectory>(), new BulkLeases(shop.Database, options),
            shop.Get<ChangeFeed>(), shop.Clock, options, NullLogger<BulkWorker>.Instance);

        await worker.WorkDueAsync(Ct);

        return (await shop.As(TestPeople.Manager).Get<BulkRuns>().FindAsync(run.Id, Ct)).Value;
    }

    private sealed class Racing(Func<IReadOnlyList<Guid>, bool> loses) : IBulkKind
    {
        public string Name => "racing";

        public Error? Refusal(CurrentActor actor, string what) => null;

        public Task<IReadOnlyList<BulkRefusal>> DoAsync(CrmDbContext db, BulkBatch batch, CancellationToken ct) =>
            loses(batch.Ids) ? throw new DbUpdateConcurrencyException("somebody saved it meanwhile") : Task.FromResult<IReadOnlyList<BulkRefusal>>([]);
    }

    /// <summary>The product's services with one kind of bulk change in place of its own.</summary>
    private sealed class WithKind(IServiceScopeFactory inner, IBulkKind kind) : IServiceScopeFactory
    {
        public IServiceScope CreateScope() => new Scope(inner.CreateScope(), kind);

        private sealed class Scope(IServiceScope inner, IBulkKind kind) : IServiceScope, IServiceProvider
        {
            public IServiceProvider ServiceProvider => this;

            public object? GetService(Type serviceType) => serviceType == typeof(IEnumerable<IBulkKind>) ? new[] { kind } : inner.ServiceProvider.GetService(serviceType);

            public void Dispose() => inner.Dispose();
        }
    }
}
