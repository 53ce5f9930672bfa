using Crm.Data;
using Crm.Data.Loyalty;
using Crm.Data.Orders;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Paging;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Customers.Profile;

/// <summary>A customer's orders and points, newest first and page by page. Staff only.</summary>
public sealed class HistoryQueries(IDbContextFactory<CrmDbContext> contexts, CurrentActor actor)
{
    /// <summary>Rows of one page.</summary>
    public const int PageSize = 20;
    private static readonly Keyset<Order> OrdersByTime = Keyset<Order>.By(o => o.PlacedAt);
    private static readonly Keyset<LoyaltyEntry> PointsByTime = Keyset<LoyaltyEntry>.By(e => e.At);

    /// <summary>One page of orders.</summary>
    /// <param name="after">The last order of the page before.</param>
    /// <param name="count">How many; at most <see cref="ShownRows.Most"/>.</param>
    public async Task<Result<KeyPage<OrderRow>>> OrdersAsync(Guid customerId, Cursor? after, int count, CancellationToken ct)
    {
        if (actor.UnlessMay(Permission.SeeCustomers) is { } refusal) return refusal;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var orders = db.Orders.AsNoTracking().Where(o => o.CustomerId == customerId);
        return await KeyPages.ReadAsync((cursor, backwards) => OrdersByTime.Parts(orders, true, cursor, backwards)
            .Select(part => part.Select(o => new OrderRow(o.Id, o.Number, o.PlacedAt, o.Status, o.Channel, o.TotalMinor, o.Lines.Count, o.PointsEarned))), after, false, Math.Clamp(count, 1, ShownRows.Most), ct);
    }

    /// <summary>What one order of this customer consists of; another customer's order does not exist here.</summary>
    public async Task<Result<OrderDetail>> OrderAsync(Guid customerId, Guid orderId, CancellationToken ct)
    {
        if (actor.UnlessMay(Permission.SeeCustomers) is { } refusal) return refusal;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var order = await db.Orders.AsNoTracking().Where(o => o.Id == orderId && o.CustomerId == customerId)
            .Select(o => new { o.SubtotalMinor, o.DiscountMinor, o.TaxMinor, o.DeliveryMinor, o.TotalMinor, o.Notes }).SingleOrDefaultAsync(ct);
        if (order is null) return new NotFoundError("This order does not exist.");
        var lines = await db.OrderLines.AsNoTracking().Where(l => l.OrderId == orderId).OrderBy(l => l.Position)
            .Select(l => new OrderLineRow(l.Id, l.Name, l.Quantity, l.UnitPriceMinor, l.TotalMinor)).ToListAsync(ct);
        var payments = await db.Payments.AsNoTracking().Where(p => p.OrderId == orderId).OrderBy(p => p.CreatedAt)
            .Select(p => new PaymentRow(p.Id, p.Method, p.Status, p.AmountMinor, p.RefundedMinor, p.SettledAt ?? p.CreatedAt)).ToListAsync(ct);
        var returns = await db.Returns.AsNoTracking().Where(r => r.OrderId == orderId).OrderBy(r => r.ReturnedAt)
            .Select(r => new ReturnRow(r.Id, r.Number, r.ReturnedAt, r.TotalMinor, r.Reason)).ToListAsync(ct);
        return new OrderDetail(orderId, lines, order.SubtotalMinor, order.DiscountMinor, order.TaxMinor, order.DeliveryMinor, order.TotalMinor, payments, returns, order.Notes);
    }

    /// <summary>One page of the points ledger with the balance after each line.</summary>
    /// <param name="after">The last line of the page before.</param>
    /// <param name="count">How many; at most <see cref="ShownRows.Most"/>.</param>
    public async Task<Result<KeyPage<PointsRow>>> PointsAsync(Guid customerId, Cursor? after, int count, CancellationToken ct)
    {
        if (actor.UnlessMay(Permission.SeeCustomers) is { } refusal) return refusal;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var ledger = db.LoyaltyEntries.AsNoTracking().Where(e => e.CustomerId == customerId);
        var page = await KeyPages.ReadAsync((cursor, backwards) => PointsByTime.Parts(ledger, true, cursor, backwards)
            .Select(part => part.Select(e => new PointsRow(e.Id, e.Kind, e.Points, 0, e.SourceKind,
                db.Orders.Where(o => o.Id == e.SourceId).Select(o => o.Number).FirstOrDefault(), e.Note, e.At, e.ExpiresAt))), after, false, Math.Clamp(count, 1, ShownRows.Most), ct);
        return page with { Rows = await BalancedAsync(ledger, page.Rows, ct) };
    }

    // The balance after the newest line of the page comes from the database, each older one by taking a line away.
    private static async Task<IReadOnlyList<PointsRow>> BalancedAsync(IQueryable<LoyaltyEntry> ledger, IReadOnlyList<PointsRow> rows, CancellationToken ct)
    {
        if (rows.Count == 0) return rows;
        var (at, id) = (rows[0].At, rows[0].Id);
        var balance = await ledger.Where(e => e.At < at || (e.At == at && e.Id <= id)).SumAsync(e => (long)e.Points, ct);
        var balanced = new List<PointsRow>(rows.Count);
        foreach (var row in rows)
        {
            balanced.Add(row with { Balance = balance });
            balance -= row.Points;
        }
        return balanced;
    }
}
