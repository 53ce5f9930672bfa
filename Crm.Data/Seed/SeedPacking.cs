using Crm.Data.Orders;
using Crm.Data.Payments;

namespace Crm.Data.Seed;

/// <summary>An order on its way from the basket to the door.</summary>
/// <param name="Products">Of the lines, in their order.</param>
sealed record SeedSale(Order Order, SeedVisit Visit, IReadOnlyList<SeedProduct> Products, bool IsDelivery)
{
    public SeedCustomer? Customer => Visit.Customer;
    public long GoodsMinor => Order.SubtotalMinor - Order.DiscountMinor;
}

/// <summary>Pays, packs and hands over orders, calls some off and takes some goods back, each step when its time has come.</summary>
sealed class SeedPacking(SeedShop shop, SeedStock stock, SeedPoints points)
{
    private static readonly Guid[] Hands = [DemoPeople.Agent.Id, DemoPeople.Agent2.Id, DemoPeople.Manager.Id];

    private readonly SeedDice dice = new(29);
    private readonly SeedReturns returns = new(shop, stock, points);
    private readonly PriorityQueue<Action, DateTime> later = new();
    private readonly string[] regrets = SeedTexts.Of("cancel");
    private int receipts;

    /// <summary>Does everything that was to happen before the instant.</summary>
    public void Until(DateTime at)
    {
        while (later.TryPeek(out _, out var due) && due < at) later.Dequeue()();
    }

    public void Take(SeedSale sale)
    {
        var isCalledOff = sale.Visit is { IsOnline: true, IsNow: false } && sale.Order.PlacedAt < shop.Calendar.Now.AddDays(-1) && dice.Chance(0.03);
        if (sale.Customer is { } customer && !isCalledOff) Count(customer, sale.Order);
        if (sale.Visit.IsOnline) TakeOnline(sale, isCalledOff);
        else Serve(sale);
    }

    private void Count(SeedCustomer customer, Order order)
    {
        points.Greet(customer, order.PlacedAt);
        customer.Row.CountOrder(new Money(order.TotalMinor), order.PlacedAt);
        customer.Row.Touch(order.PlacedAt);
        customer.Spending.Add((order.PlacedAt, order.TotalMinor));
    }

    private void Serve(SeedSale sale)
    {
        var at = sale.Order.PlacedAt;
        sale.Order.ArriveAs(OrderStatus.Completed, "Sold at the counter");
        SeedHistory.Stamp(sale.Order, shop.Ids, dice.Pick(Hands));
        Pay(sale, dice.Chance(0.66) ? PaymentMethod.Card : dice.Chance(0.9) ? PaymentMethod.Cash : PaymentMethod.MobileMoney, at, at);
        MayComeBack(sale, at);
    }

    private void TakeOnline(SeedSale sale, bool isCalledOff)
    {
        var placed = sale.Order.PlacedAt;
        sale.Order.ArriveAs(OrderStatus.Placed, "Ordered on the web shop");
        SeedHistory.Stamp(sale.Order, shop.Ids, sale.Customer?.Row.UserId);
        var isTransfer = dice.Chance(0.14);
        var paid = placed.AddMinutes(isTransfer ? dice.Between(40, 200) : 2);
        if (isCalledOff)
        {
            CallOff(sale, isTransfer, placed.AddMinutes(dice.Between(5, 35)));
            return;
        }
        Pay(sale, isTransfer ? PaymentMethod.BankTransfer : PaymentMethod.Card, placed, paid);
        var picking = WhileOpen(paid.AddMinutes(dice.Between(15, 40)));
        var ready = picking.AddMinutes(dice.Between(25, 70));
        var done = sale.Visit.IsNow ? DateTime.MaxValue : WhileOpen(ready.AddMinutes(dice.Between(50, 900)));
        var hand = dice.Pick(Hands);
        Plan(sale, OrderStatus.Paid, null, paid);
        Plan(sale, OrderStatus.Picking, hand, picking);
        Plan(sale, sale.IsDelivery ? OrderStatus.OutForDelivery : OrderStatus.Ready, hand, ready);
        Plan(sale, OrderStatus.Completed, hand, done);
        MayComeBack(sale, done);
    }

    private void Plan(SeedSale sale, OrderStatus status, Guid? actorId, DateTime at)
    {
        if (at < shop.Calendar.Now) later.Enqueue(() => SeedHistory.Move(sale.Order, shop.Ids, status, actorId, null, at), at);
    }

    private void Pay(SeedSale sale, PaymentMethod method, DateTime at, DateTime settles)
    {
        var withPoints = sale.Customer is { } c ? points.Use(c, sale.Order.Id, sale.Order.TotalMinor, at) : 0;
        if (withPoints > 0) Payment(sale, PaymentMethod.Points, withPoints, at).Settle(at);
        var payment = Payment(sale, method, sale.Order.TotalMinor - withPoints, at);
        if (settles >= shop.Calendar.Now) return;
        payment.Settle(settles);
        if (sale.Customer is { } customer) sale.Order.EarnPoints(points.Earn(customer, sale.Order.Id, sale.GoodsMinor - withPoints, settles));
    }

    private Payment Payment(SeedSale sale, PaymentMethod method, long amountMinor, DateTime at)
    {
        var reference = method switch
        {
            PaymentMethod.Card => $"T4417-{++receipts:000000}",
            PaymentMethod.BankTransfer => $"ET-{++receipts:000000}",
            PaymentMethod.MobileMoney => $"MP-{++receipts:000000}",
            PaymentMethod.Cash or PaymentMethod.CashOnDelivery or PaymentMethod.Points or PaymentMethod.Imported => null,
        };
        var payment = new Payment { Id = shop.Ids.At(at), OrderId = sale.Order.Id, Method = method, AmountMinor = amountMinor, Reference = reference, CreatedAt = at };
        shop.Payments.Add(payment);
        return payment;
    }

    private void CallOff(SeedSale sale, bool isUnpaid, DateTime at)
    {
        var (order, why) = (sale.Order, dice.Pick(regrets));
        var payment = Payment(sale, isUnpaid ? PaymentMethod.BankTransfer : PaymentMethod.Card, order.TotalMinor, order.PlacedAt);
        if (!isUnpaid)
        {
            payment.Settle(order.PlacedAt.AddMinutes(2));
            Plan(sale, OrderStatus.Paid, null, order.PlacedAt.AddMinutes(2));
        }
        later.Enqueue(() =>
        {
            SeedHistory.Move(order, shop.Ids, OrderStatus.Cancelled, DemoPeople.Agent.Id, why, at);
            if (isUnpaid) payment.Fail();
            else payment.Refund(new Money(order.TotalMinor));
            for (var i = 0; i < order.Lines.Count; i++) stock.PutBack(sale.Products[i], order.Lines[i].Quantity, order.Lines[i].Id, at);
        }, at);
    }

    private void MayComeBack(SeedSale sale, DateTime done)
    {
        if (sale.Customer is null || done > shop.Calendar.Now.AddDays(-6) || !dice.Chance(0.026)) return;
        var at = WhileOpen(done.AddHours(dice.Between(20, 100)));
        later.Enqueue(() => returns.TakeBack(sale, at), at);
    }

    private DateTime WhileOpen(DateTime at)
    {
        var (day, minute) = (SeedCalendar.DayOf(at), SeedCalendar.MinuteOf(at));
        if (minute is >= SeedCalendar.Opens - 30 and <= SeedCalendar.Closes - 30 && !SeedCalendar.IsClosed(day)) return at;
        if (minute > SeedCalendar.Closes - 30) day = day.AddDays(1);
        while (SeedCalendar.IsClosed(day)) day = day.AddDays(1);
        return SeedCalendar.At(day, SeedCalendar.Opens - 30 + dice.Between(1, 45));
    }
}

/// <summary>Writes the steps of orders with ids of their own time.</summary>
static class SeedHistory
{
    public static void Move(Order order, SeedIds ids, OrderStatus to, Guid? actorId, string? why, DateTime at)
    {
        if (!order.TryMoveTo(to, actorId, why, at)) throw new InvalidOperationException($"{order.Number} cannot go from {order.Status} to {to}.");
        Stamp(order, ids, actorId);
    }

    // The order writes its steps itself, with random ids; the demo needs the same ones for the same clock.
    public static void Stamp(Order order, SeedIds ids, Guid? actorId)
    {
        var step = order.History[^1];
        order.History[^1] = new OrderStatusChange { Id = ids.At(step.At), OrderId = step.OrderId, From = step.From, To = step.To, ActorId = actorId, Reason = step.Reason, At = step.At };
    }
}
