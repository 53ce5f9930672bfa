using System.Diagnostics;
using Crm.Data;
using Crm.Data.Leads;
using Crm.Data.Seed;
using Crm.Data.Storage;
using Crm.Web.Features.Leads;
using Crm.Web.Platform.Live;
using Microsoft.EntityFrameworkCore;

namespace Crm.Bench;

/// <summary>A move on the board until another screen hears of it; the floor is one committed update of one row.</summary>
static class BoardBench
{
    private const int Runs = 200;

    public static async Task<int> RunAsync()
    {
        foreach (var kind in Enum.GetValues<DatabaseKind>())
        {
            await using var shop = await BenchShop.OpenAsync(kind);
            await DemoSeed.RunAsync(shop.Database, CancellationToken.None);
            var listener = shop.Get<PostgresChangeListener>();
            await listener.StartAsync(CancellationToken.None);
            await listener.WaitUntilListeningAsync(CancellationToken.None);
            Guid leadId;
            await using (var db = shop.Database.Open(Actor.System("bench"))) leadId = await db.Leads.Where(l => l.Status == LeadStatus.New).Select(l => l.Id).FirstAsync();

            var floor = await Clocked.RunAsync(Runs, async () =>
            {
                await using var db = shop.Database.Open(Actor.System("bench"));
                await db.Leads.Where(l => l.Id == leadId).ExecuteUpdateAsync(set => set.SetProperty(l => l.NextStep, "bench"));
            });
            var (moved, heard) = await MovesAsync(shop, leadId);
            Clocked.Say($"{kind} move: saved after median {moved:0.0} ms, told to another circuit of this process after {heard:0.0} ms, {heard / floor.Median:0.0} x one committed update ({floor.Median:0.0} ms)");
            await listener.StopAsync(CancellationToken.None);
        }
        return 0;
    }

    private static async Task<(double Moved, double Heard)> MovesAsync(BenchShop shop, Guid leadId)
    {
        var (saved, told) = (new List<double>(), new List<double>());
        TaskCompletionSource? waiting = null;
        using var subscription = shop.Get<ChangeFeed>().Subscribe([ChangeKinds.Lead], _ =>
        {
            waiting?.TrySetResult();
            return Task.CompletedTask;
        });
        for (var i = 0; i < Runs; i++)
        {
            waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            using var scope = shop.AsOwner(DemoPeople.Owner.Id);
            var start = Stopwatch.GetTimestamp();
            _ = (await scope.ServiceProvider.GetRequiredService<LeadMoves>()
                .MoveAsync(leadId, i % 2 == 0 ? LeadStatus.Contacted : LeadStatus.New, LeadPlace.Top, CancellationToken.None)).Value;
            saved.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            await waiting.Task;
            told.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        saved.Sort();
        told.Sort();
        return (saved[Runs / 2], told[Runs / 2]);
    }
}
