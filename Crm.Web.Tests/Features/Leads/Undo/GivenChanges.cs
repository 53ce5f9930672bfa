using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Leads.Undo;

/// <summary>Changes of the trail as tests need them.</summary>
static class GivenChanges
{
    /// <summary>The one change that a person makes by this; a minute passes before it.</summary>
    public static async Task<Guid> ChangeOfAsync(this TestShop shop, Func<Task> deed)
    {
        shop.Clock.Advance(TimeSpan.FromMinutes(1));
        var known = await ReadAsync(shop);
        await deed();
        return (await ReadAsync(shop)).Except(known).Single();
    }

    /// <summary>Waits until somebody waits for a lock; on SQLite whoever was started stands at the gate already.</summary>
    public static async Task UntilSomebodyWaitsAsync(this TestShop shop, int people = 1)
    {
        if (shop.Kind is Crm.Data.Storage.DatabaseKind.Sqlite) return;
        await using var db = shop.Open();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await db.Database.SqlQuery<int>($"SELECT count(*)::int AS \"Value\" FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'").SingleAsync(patience.Token) < people)
            await Task.Yield();
    }

    private static async Task<List<Guid>> ReadAsync(TestShop shop)
    {
        await using var db = shop.Open();
        return await db.AuditEntries.Where(a => a.ActorId != null).Select(a => a.ChangeId).Distinct().ToListAsync();
    }
}
