using Crm.Data;
using Crm.Data.Customers;
using Crm.Data.Loyalty;
using Crm.Data.Orders;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Customers;

/// <summary>Customers and their trade as the tests of this room need them.</summary>
static class CustomerSamples
{
    /// <summary>Stores a customer that <paramref name="shape"/> completes.</summary>
    public static async Task<Customer> CustomerAsync(this TestShop shop, string first, string last, Action<Customer>? shape = null, DateTime? joinedAt = null)
    {
        await using var db = shop.Open();
        var customer = new Customer { Number = await db.NextNumberAsync(NumberKind.Customer, CancellationToken.None), JoinedAt = joinedAt ?? shop.Clock.Now };
        customer.Rename(first, last);
        shape?.Invoke(customer);
        db.Customers.Add(customer);
        await db.SaveChangesAsync();
        return customer;
    }

    /// <summary>Stores an order of the customer: one line of each name, each for the given price.</summary>
    public static async Task<Order> OrderAsync(this TestShop shop, Guid customerId, DateTime at, long price, params string[] names)
    {
        await using var db = shop.Open();
        var order = new Order { Number = $"ORD-{Guid.CreateVersion7():N}", CustomerId = customerId, Channel = OrderChannel.Counter, PlacedAt = at, PlacedOn = DateOnly.FromDateTime(at) };
        foreach (var (name, index) in (names.Length == 0 ? ["Garri"] : names).Select((n, i) => (n, i)))
            order.Lines.Add(new OrderLine { OrderId = order.Id, Name = name, Quantity = 1, UnitPriceMinor = price, TotalMinor = price, Position = index + 1 });
        order.Sum(Money.Zero, Money.Zero, Money.Zero);
        order.ArriveAs(OrderStatus.Completed, "sold");
        db.Orders.Add(order);
        (await db.Customers.SingleAsync(c => c.Id == customerId)).CountOrder(new Money(order.TotalMinor), at);
        await db.SaveChangesAsync();
        return order;
    }

    /// <summary>Stores a line of the points ledger and its effect on the balance.</summary>
    public static async Task<LoyaltyEntry> PointsAsync(this TestShop shop, Guid customerId, LoyaltyKind kind, int points, DateTime at, Guid? source = null)
    {
        await using var db = shop.Open();
        var entry = new LoyaltyEntry { CustomerId = customerId, Kind = kind, Points = points, SourceKind = "order", SourceId = source ?? Guid.CreateVersion7(), At = at };
        db.LoyaltyEntries.Add(entry);
        (await db.Customers.SingleAsync(c => c.Id == customerId)).AddPoints(points);
        await db.SaveChangesAsync();
        return entry;
    }

    /// <summary>What is stored in all tables; equal texts mean that nothing changed.</summary>
    public static async Task<string> StoredAsync(this TestShop shop)
    {
        await using var db = shop.Open();
        return string.Join('\n', await TableContents.ReadAsync(db));
    }

    /// <summary>The people who may not see the room of the customers.</summary>
    public static IEnumerable<TestDesk> Outsiders(this TestShop shop) => [shop.As(TestPeople.CustomerA), shop.As(TestPeople.CustomerB), shop.AsStranger()];
}
