using Crm.Data;
using Crm.Data.Loyalty;
using Crm.Web.Features.Customers.Portal;
using Crm.Web.Features.Settings;
using Crm.Web.Platform.Paging;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Loyalty;

/// <summary>A customer's points and where they came from. Only ever the signed-in person's own.</summary>
public sealed class LoyaltyQueries(IDbContextFactory<CrmDbContext> contexts, OwnCustomer own, Shop shop)
{
    /// <summary>Lines of one page.</summary>
    public const int PageSize = 25;

    /// <summary>How far ahead the end of points is told.</summary>
    private const int SoonDays = 60;
    private const string OfOrder = "order";
    private const string OfReturn = "return";
    private static readonly Keyset<LoyaltyEntry> NewestFirst = Keyset<LoyaltyEntry>.By(e => e.At);

    /// <summary>The balance and what of it ends soon, or <see cref="NotACustomer"/>.</summary>
    public async Task<Result<PointsBalance>> BalanceAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        if ((await own.IdAsync(db, ct)).Failed(out var refusal, out var id)) return refusal;
        var points = await db.Customers.Where(c => c.Id == id).Select(c => c.PointsBalance).SingleAsync(ct);
        var (now, soon) = (shop.Now, shop.Now.AddDays(SoonDays));
        var lots = await db.LoyaltyEntries.AsNoTracking()
            .Where(e => e.CustomerId == id && e.Remaining > 0 && e.ExpiresAt > now && e.ExpiresAt <= soon)
            .Select(e => new { At = e.ExpiresAt!.Value, e.Remaining }).ToListAsync(ct);
        return new PointsBalance(id, points, Math.Max(0L, points) * shop.Settings.PointValueMinor,
            [.. lots.GroupBy(l => shop.DayOf(l.At)).OrderBy(g => g.Key).Select(g => new PointsEnding(g.Key, g.Sum(l => l.Remaining)))]);
    }

    /// <summary>A page of the ledger, newest first, behind the cursor, or <see cref="NotACustomer"/>.</summary>
    public async Task<Result<KeyPage<LedgerLine>>> LedgerAsync(Cursor? after, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        if ((await own.IdAsync(db, ct)).Failed(out var refusal, out var id)) return refusal;
        var entries = db.LoyaltyEntries.AsNoTracking().Where(e => e.CustomerId == id);
        return await KeyPages.ReadAsync(
            (cursor, backwards) => NewestFirst.Parts(entries, descending: true, cursor, backwards).Select(part => Lines(db, part)), after, backwards: false, PageSize, ct);
    }

    // The order is looked up among the customer's own: a line never names anybody else's.
    internal static IQueryable<LedgerLine> Lines(CrmDbContext db, IQueryable<LoyaltyEntry> entries) =>
        from entry in entries
        let returned = db.Returns.Where(r => entry.SourceKind == OfReturn && r.Id == entry.SourceId).Select(r => r.OrderId).FirstOrDefault()
        let order = db.Orders.Where(o => o.CustomerId == entry.CustomerId && (entry.SourceKind == OfOrder && o.Id == entry.SourceId || o.Id == returned))
            .Select(o => new { o.Id, o.Number }).FirstOrDefault()
        select new LedgerLine(entry.Id, entry.Kind, entry.Points, entry.At, entry.ActivatesAt, order == null ? null : order.Id, order == null ? null : order.Number, entry.Note);
}
