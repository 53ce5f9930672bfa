using Crm.Data;
using Crm.Data.Orders;
using Crm.Web.Features.Customers;
using Crm.Web.Features.Loyalty;
using Crm.Web.Features.Payments;
using Crm.Web.Features.Settings;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Orders;

/// <summary>
/// Brings in trade that happened elsewhere: completed, paid, its points earned, the customer's counters in step. Nothing is
/// sent to anybody and no stock moves.
/// </summary>
public sealed class PastOrders(LoyaltyLedger loyalty, Shop shop)
{
    private const string Why = "Imported";

    /// <summary>Which of these numbers of the origin are here already, as orders or as returns.</summary>
    public static async Task<HashSet<string>> KnownAsync(CrmDbContext db, string origin, IReadOnlyCollection<string> externalIds, CancellationToken ct)
    {
        var orders = db.Orders.Where(o => o.Origin == origin && externalIds.Contains(o.ExternalId!)).Select(o => o.ExternalId!);
        var returns = db.Returns.Where(r => r.Origin == origin && externalIds.Contains(r.ExternalId!)).Select(r => r.ExternalId!);
        return [.. await orders.ToListAsync(ct), .. await returns.ToListAsync(ct)];
    }

    /// <summary>Adds what is not known yet into the caller's context, which saves it all or nothing.</summary>
    public async Task AddAsync(CrmDbContext db, string origin, IReadOnlyCollection<PastOrder> orders, IReadOnlyCollection<PastReturn> returns, CancellationToken ct)
    {
        var points = new List<LoyaltyPosting>();
        var lines = new List<OrderLine>();
        foreach (var past in orders)
        {
            var order = OrderOf(past, origin);
            lines.AddRange(order.Lines);
            order.Lines.Clear(); // they follow in bulk
            db.Orders.Add(order);
            PastPayments.Settle(db, order.Id, new Money(order.TotalMinor), order.PlacedAt);
            if (past.Customer is not { } customer) continue;
            CustomerMetrics.CountOrder(customer, new Money(order.TotalMinor), order.PlacedAt);
            points.Add(loyalty.Earning(customer, order.Id, new Money(order.TotalMinor), order.PlacedAt, order.Number));
        }
        foreach (var past in returns)
        {
            var back = ReturnOf(past, origin);
            db.Returns.Add(back);
            if (past.Customer is not { } customer) continue;
            CustomerMetrics.CountReturn(customer, new Money(back.TotalMinor));
            points.Add(loyalty.Reversal(customer, back.Id, new Money(back.TotalMinor), back.ReturnedAt, back.Number));
        }
        db.AddInBulk(lines);
        await loyalty.PostAsync(db, points, ct);
    }

    private Order OrderOf(PastOrder past, string origin)
    {
        var order = new Order
        {
            Number = past.Number,
            CustomerId = past.Customer?.Id,
            Channel = OrderChannel.Imported,
            PlacedAt = shop.ToUtc(past.LocalTime),
            PlacedOn = DateOnly.FromDateTime(past.LocalTime),
            Country = past.Country,
            Origin = origin,
            ExternalId = past.ExternalId,
        };
        foreach (var line in past.Lines)
        {
            order.Lines.Add(new OrderLine
            {
                OrderId = order.Id,
                ProductId = line.ProductId,
                Name = line.Name,
                Quantity = line.Quantity,
                UnitPriceMinor = Money.FromMajor(line.UnitPrice).Minor,
                TotalMinor = line.Total.Minor,
                Position = order.Lines.Count + 1,
            });
        }
        order.Sum(Money.Zero, Money.Zero, Money.Zero);
        order.ArriveAs(OrderStatus.Completed, Why);
        if (past.Customer is not null) order.EarnPoints(loyalty.PointsFor(new Money(order.TotalMinor)));
        return order;
    }

    private OrderReturn ReturnOf(PastReturn past, string origin)
    {
        var back = new OrderReturn
        {
            Number = past.Number,
            CustomerId = past.Customer?.Id,
            ReturnedAt = shop.ToUtc(past.LocalTime),
            ReturnedOn = DateOnly.FromDateTime(past.LocalTime),
            Reason = Why,
            Origin = origin,
            ExternalId = past.ExternalId,
        };
        foreach (var line in past.Lines)
        {
            back.Lines.Add(new ReturnLine
            {
                ReturnId = back.Id,
                ProductId = line.ProductId,
                Name = line.Name,
                Quantity = line.Quantity,
                UnitPriceMinor = Money.FromMajor(line.UnitPrice).Minor,
                TotalMinor = line.Total.Minor,
                Position = back.Lines.Count + 1,
            });
        }
        back.Sum();
        return back;
    }
}
