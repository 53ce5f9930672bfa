using Crm.Data;
using Crm.Data.Orders;

namespace Crm.Web.Features.Customers.Portal;

/// <summary>Orders as lines of the portal: the first page and the orders' own pages read the same.</summary>
public static class OwnOrders
{
    /// <summary>Projects; the caller has narrowed and ordered.</summary>
    public static IQueryable<OwnOrderRow> Rows(CrmDbContext db, IQueryable<Order> orders) => orders.Select(o => new OwnOrderRow(
        o.Id, o.Number, o.PlacedAt, o.Status, o.Channel, o.Lines.Count, o.TotalMinor,
        o.Lines.Join(db.Products, l => l.ProductId, p => (Guid?)p.Id, (l, p) => new { l.Position, p.Art })
            .Where(line => line.Art != null).OrderBy(line => line.Position).Select(line => line.Art).FirstOrDefault()));
}
