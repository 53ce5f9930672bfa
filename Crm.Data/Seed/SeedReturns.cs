using Crm.Data.Orders;

namespace Crm.Data.Seed;

/// <summary>Takes goods back: money, points and stock go the same way as they came.</summary>
sealed class SeedReturns(SeedShop shop, SeedStock stock, SeedPoints points)
{
    private readonly SeedDice dice = new(41);
    private readonly string[] reasons = SeedTexts.Of("return");
    private int count;

    /// <summary>One line, seldom all; only of orders whose price is simple: no offer, no tax, no points in the payment.</summary>
    public void TakeBack(SeedSale sale, DateTime at)
    {
        var (order, customer) = (sale.Order, sale.Customer!);
        var payment = shop.Payments.Last(p => p.OrderId == order.Id);
        if (order.Status is not OrderStatus.Completed || order.DiscountMinor > 0 || order.TaxMinor > 0 || payment.AmountMinor != order.TotalMinor) return;

        var isWhole = order.DeliveryMinor == 0 && dice.Chance(0.12);
        var picked = isWhole ? [.. Enumerable.Range(0, order.Lines.Count)] : new[] { dice.Below(order.Lines.Count) };
        var back = Return(order, customer, picked, dice.Pick(reasons), at);
        var lost = order.PointsEarned - (int)((sale.GoodsMinor - back.TotalMinor) / 100);
        if (!points.TryReverse(customer, back.Id, lost, at)) return;

        shop.Returns.Add(back);
        for (var i = 0; i < picked.Length; i++) stock.TakeBack(sale.Products[picked[i]], back.Lines[i].Quantity, back.Lines[i].Id, back.Reason!, at);
        payment.Refund(new Money(back.TotalMinor));
        customer.Row.CountRefund(new Money(back.TotalMinor));
        customer.Spending.Add((at, -back.TotalMinor));
        var isAll = back.TotalMinor == order.TotalMinor;
        SeedHistory.Move(order, shop.Ids, isAll ? OrderStatus.Refunded : OrderStatus.PartlyRefunded, DemoPeople.Manager.Id, back.Reason, at);
    }

    private OrderReturn Return(Order order, SeedCustomer customer, int[] picked, string reason, DateTime at)
    {
        var back = new OrderReturn
        {
            Id = shop.Ids.At(at),
            Number = $"RET-{SeedCalendar.DayOf(at):yyyyMMdd}-{++count:0000}",
            OrderId = order.Id,
            CustomerId = customer.Row.Id,
            ReturnedAt = at,
            ReturnedOn = SeedCalendar.DayOf(at),
            Reason = reason,
        };
        foreach (var line in picked.Select(i => order.Lines[i]))
            back.Lines.Add(new ReturnLine
            {
                Id = shop.Ids.At(at),
                ReturnId = back.Id,
                OrderLineId = line.Id,
                ProductId = line.ProductId,
                Name = line.Name,
                Quantity = line.Quantity,
                UnitPriceMinor = line.UnitPriceMinor,
                TotalMinor = line.TotalMinor,
                Position = back.Lines.Count + 1,
            });
        back.Sum();
        return back;
    }
}
