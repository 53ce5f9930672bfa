using Crm.Data.Orders;
using Crm.Data.Storage;
using Microsoft.EntityFrameworkCore;

namespace Crm.Data.Seed;

/// <summary>
/// Fills an empty shop with two years of believable trade up to the clock's today; the same clock gives the same rows. All of it
/// is one transaction, so that a killed start leaves nothing behind.
/// </summary>
public static class DemoSeed
{
    public const int Customers = 400;

    private const string What = "Demo data";
    private const int RowsAtOnce = 8000;

    // Two nodes that start together on one PostgreSQL take turns by this lock; the second then finds the shop filled.
    private const long Turn = 0x6261_6F62_6162;

    /// <summary>Writes the demo data, and the people of <see cref="DemoPeople"/> without passwords where they are missing.</summary>
    /// <returns>False, and nothing written, when the database has customers, products or orders already.</returns>
    public static async Task<bool> RunAsync(CrmDatabase database, CancellationToken ct)
    {
        await using var db = database.Open(Actor.System(What));
        await using var write = await db.BeginWriteAsync(ct);
        if (db.Kind is DatabaseKind.Postgres) await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({Turn})", ct);
        if (!await IsEmptyAsync(db, ct)) return false;

        var now = database.Clock.GetUtcNow().UtcDateTime;
        now = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond));
        var shop = SeedShop.Play(now, await NumbersAsync(db, NumberKind.Customer, Customers, ct));
        var desk = SeedDesk.Play(shop, await NumbersAsync(db, NumberKind.Lead, SeedDesk.Leads, ct));
        var deals = SeedDeals.Play(shop, desk, await db.OpportunityStages.AsNoTracking().OrderBy(s => s.Position).ThenBy(s => s.Id).ToListAsync(ct));
        db.MassWrite = What;
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        await SeedPeople.AddMissingAsync(db, now, ct);
        await SaveAsync(db, [.. shop.Tiers, .. shop.Categories, .. shop.Products.Select(p => p.Row)], ct);
        await SaveAsync(db, [.. shop.Customers.Select(c => c.Row), .. shop.Consents, .. shop.Notes], ct);
        db.AddInBulk(TakeOut(shop.Orders, o => o.Lines));
        db.AddInBulk(TakeOut(shop.Orders, o => o.History));
        db.AddInBulk(shop.Movements);
        db.AddInBulk(shop.Payments);
        db.AddInBulk(shop.Points);
        await SaveAsync(db, shop.Orders, ct);
        await SaveAsync(db, [.. shop.Returns, .. desk, .. deals], ct);
        await write.CommitAsync(ct);
        return true;
    }

    private static async Task<bool> IsEmptyAsync(CrmDbContext db, CancellationToken ct) =>
        !await db.Customers.AnyAsync(ct) && !await db.Products.AnyAsync(ct) && !await db.Orders.AnyAsync(ct);

    private static async Task<List<long>> NumbersAsync(CrmDbContext db, NumberKind kind, int count, CancellationToken ct)
    {
        var numbers = new List<long>(count);
        while (numbers.Count < count) numbers.Add(await db.NextNumberAsync(kind, ct));
        return numbers;
    }

    // What goes in bulk must not be found again through its order.
    private static List<T> TakeOut<T>(IEnumerable<Order> orders, Func<Order, List<T>> parts)
    {
        var all = new List<T>();
        foreach (var some in orders.Select(parts))
        {
            all.AddRange(some);
            some.Clear();
        }
        return all;
    }

    private static async Task SaveAsync(CrmDbContext db, IReadOnlyCollection<object> rows, CancellationToken ct)
    {
        foreach (var some in rows.Chunk(RowsAtOnce))
        {
            db.AddRange(some);
            await db.SaveChangesAsync(ct);
            db.ChangeTracker.Clear();
        }
    }
}
