using System.Text.Json;
using Crm.Data.Orders;
using Crm.Data.Payments;
using Crm.Data.Storage;
using Crm.Web.Features.Customers.Portal;
using Crm.Web.Features.Orders;
using Crm.Web.Tests.Features.Customers.Portal;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Orders;

public sealed class OrderQueriesTests
{
    [Theory, BothDatabases, Trait("contract", "M-187")]
    public async Task My_orders_come_newest_first_page_by_page_and_nobody_elses(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        for (var i = 0; i < OrderQueries.PageSize + 2; i++) await shop.SellAsync(TestPeople.CustomerA, 10_00 + i, shop.Clock.Now.AddHours(-(i / 2)));
        await shop.SellAsync(TestPeople.CustomerB, 5_00);
        var orders = shop.As(TestPeople.CustomerA).Get<OrderQueries>();

        var first = (await orders.OwnPageAsync(null, default)).Value.Page;
        var second = (await orders.OwnPageAsync(first.Rows[^1].Cursor, default)).Value.Page;

        Assert.Equal((OrderQueries.PageSize, true, 2, false), (first.Rows.Count, first.HasLater, second.Rows.Count, second.HasLater));
        var all = first.Rows.Concat(second.Rows).ToList();
        Assert.Equal(OrderQueries.PageSize + 2, all.Select(o => o.Id).Distinct().Count());
        Assert.Equal(all.OrderByDescending(o => o.PlacedAt).ThenByDescending(o => o.Id), all);
        Assert.DoesNotContain("ZZ-B-SECRET", JsonSerializer.Serialize(all));
    }

    [Theory, BothDatabases, Trait("contract", "M-189"), Trait("contract", "M-191"), Trait("contract", "M-192")]
    public async Task An_order_of_mine_opens_with_lines_sums_payment_and_every_step(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var yam = await shop.AddProductAsync("Yam", "yam");
        var order = await shop.SellAsync(TestPeople.CustomerA, 9_98, shop.Clock.Now.AddHours(-5), OrderStatus.Paid, yam);
        await using (var db = shop.Open())
        {
            var stored = await db.Orders.Include(o => o.History).SingleAsync(o => o.Id == order.Id);
            Assert.True(stored.TryMoveTo(OrderStatus.Picking, TestPeople.Agent.UserId, "staff talk", shop.Clock.Now.AddHours(-3)));
            Assert.True(stored.TryMoveTo(OrderStatus.Ready, TestPeople.Agent.UserId, null, shop.Clock.Now.AddHours(-1)));
            db.OrderStatusChanges.AddRange(stored.History.Where(h => h.From is not null));
            var payment = new Payment { OrderId = order.Id, Method = PaymentMethod.Card, AmountMinor = 9_98, CreatedAt = shop.Clock.Now };
            payment.Settle(shop.Clock.Now);
            db.Payments.Add(payment);
            await db.SaveChangesAsync();
        }

        var view = (await shop.As(TestPeople.CustomerA).Get<OrderQueries>().OwnAsync(order.Id, default)).Value;

        Assert.Equal((OrderStatus.Ready, 9_98L, 9_98L), (view.Order.Status, view.SubtotalMinor, view.Order.TotalMinor));
        Assert.Equal([("Yam", 1, 9_98L, "yam")], view.Lines.Select(l => (l.Name, l.Quantity, l.TotalMinor, l.Art!)));
        Assert.Equal([OrderStatus.Paid, OrderStatus.Picking, OrderStatus.Ready], view.Steps.Select(s => s.To));
        Assert.Equal([(PaymentMethod.Card, PaymentStatus.Settled, 9_98L)], view.Payments.Select(p => (p.Method, p.Status, p.AmountMinor)));
        Assert.DoesNotContain("staff talk", JsonSerializer.Serialize(view));
    }

    [Theory, BothDatabases]
    public async Task Goods_that_came_back_stand_beside_the_order(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var order = await shop.SellAsync(TestPeople.CustomerA, 9_98);
        await using (var db = shop.Open())
        {
            var back = new OrderReturn { Number = "RET-1", OrderId = order.Id, CustomerId = TestPeople.CustomerA.CustomerId, ReturnedAt = shop.Clock.Now, ReturnedOn = new DateOnly(2026, 11, 20) };
            back.Lines.Add(new ReturnLine { ReturnId = back.Id, Name = "Okra", Quantity = 1, UnitPriceMinor = 3_00, TotalMinor = 3_00, Position = 1 });
            back.Sum();
            db.Returns.Add(back);
            await db.SaveChangesAsync();
        }

        var returned = Assert.Single((await shop.As(TestPeople.CustomerA).Get<OrderQueries>().OwnAsync(order.Id, default)).Value.Returns);

        Assert.Equal((3_00L, "Okra"), (returned.TotalMinor, returned.Names.Single()));
    }

    [Theory, BothDatabases]
    public async Task An_order_of_somebody_else_is_as_good_as_none(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var theirs = await shop.SellAsync(TestPeople.CustomerB, 61_15);
        var orders = shop.As(TestPeople.CustomerA).Get<OrderQueries>();

        var refusal = (await orders.OwnAsync(theirs.Id, default)).Error;

        Assert.Equal((await orders.OwnAsync(Guid.CreateVersion7(), default)).Error, refusal);
        Assert.IsType<OrderNotFound>(refusal);
        Assert.DoesNotContain("ZZ-B-SECRET", JsonSerializer.Serialize<object>(refusal));
    }

    [Theory, BothDatabases]
    public async Task Nobody_without_a_customer_record_reads_orders_here(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var order = await shop.SellAsync(TestPeople.CustomerA, 61_15);
        foreach (var desk in new[] { shop.As(TestPeople.Owner), shop.AsStranger() })
        {
            Assert.IsType<NotACustomer>((await desk.Get<OrderQueries>().OwnPageAsync(null, default)).Error);
            Assert.IsType<NotACustomer>((await desk.Get<OrderQueries>().OwnAsync(order.Id, default)).Error);
        }
    }
}
