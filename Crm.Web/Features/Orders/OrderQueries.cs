using Crm.Data;
using Crm.Data.Orders;
using Crm.Web.Features.Customers.Portal;
using Crm.Web.Platform.Paging;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Orders;

/// <summary>A customer's own orders. Whose they are is asked in the query itself, so that another's order is as good as none.</summary>
public sealed class OrderQueries(IDbContextFactory<CrmDbContext> contexts, OwnCustomer own)
{
    /// <summary>Rows of one page.</summary>
    public const int PageSize = 20;
    private static readonly Keyset<Order> NewestFirst = Keyset<Order>.By(o => o.PlacedAt);

    /// <summary>A page of the signed-in person's orders, newest first, behind the cursor, or <see cref="NotACustomer"/>.</summary>
    public async Task<Result<OwnOrderList>> OwnPageAsync(Cursor? after, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        if ((await own.IdAsync(db, ct)).Failed(out var refusal, out var id)) return refusal;
        return new OwnOrderList(id, await KeyPages.ReadAsync(
            (cursor, backwards) => NewestFirst.Parts(Of(db, id), descending: true, cursor, backwards).Select(part => OwnOrders.Rows(db, part)), after, backwards: false, PageSize, ct));
    }

    /// <summary>One of the signed-in person's orders with all that belongs to it, or <see cref="OrderNotFound"/>, <see cref="NotACustomer"/>.</summary>
    public async Task<Result<OrderView>> OwnAsync(Guid orderId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        if ((await own.IdAsync(db, ct)).Failed(out var refusal, out var id)) return refusal;
        var mine = Of(db, id).Where(o => o.Id == orderId);
        if (await OwnOrders.Rows(db, mine).SingleOrDefaultAsync(ct) is not { } row) return new OrderNotFound();
        var sums = await mine.Select(o => new { o.SubtotalMinor, o.DiscountMinor, o.TaxMinor, o.DeliveryMinor, o.PointsEarned }).SingleAsync(ct);
        return new OrderView(row, sums.SubtotalMinor, sums.DiscountMinor, sums.TaxMinor, sums.DeliveryMinor, sums.PointsEarned,
            await Lines(db, mine).ToListAsync(ct),
            await mine.SelectMany(o => o.History).OrderBy(h => h.At).ThenBy(h => h.Id).Select(h => new OrderStep(h.To, h.At)).ToListAsync(ct),
            await db.Payments.AsNoTracking().Where(p => mine.Any(o => o.Id == p.OrderId)).OrderBy(p => p.CreatedAt).ThenBy(p => p.Id)
                .Select(p => new OrderPayment(p.Id, p.Method, p.Status, p.AmountMinor, p.RefundedMinor, p.SettledAt)).ToListAsync(ct),
            await db.Returns.AsNoTracking().Where(r => mine.Any(o => o.Id == r.OrderId)).OrderBy(r => r.ReturnedAt).ThenBy(r => r.Id)
                .Select(r => new ReturnedGoods(r.Id, r.ReturnedOn, r.TotalMinor, r.Lines.OrderBy(l => l.Position).Select(l => l.Name).ToList())).ToListAsync(ct));
    }

    private static IQueryable<Order> Of(CrmDbContext db, Guid customerId) => db.Orders.AsNoTracking().Where(o => o.CustomerId == customerId);

    private static IQueryable<OrderLineView> Lines(CrmDbContext db, IQueryable<Order> mine) =>
        from line in mine.SelectMany(o => o.Lines)
        join product in db.Products on line.ProductId equals (Guid?)product.Id into known
        from product in known.DefaultIfEmpty()
        orderby line.Position
        select new OrderLineView(line.Id, line.Name, line.Quantity, line.UnitPriceMinor, line.TotalMinor, product == null ? null : product.Art);
}
