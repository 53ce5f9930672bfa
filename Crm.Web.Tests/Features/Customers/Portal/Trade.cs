using Crm.Data;
using Crm.Data.Catalogue;
using Crm.Data.Loyalty;
using Crm.Data.Orders;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Customers.Portal;

/// <summary>Trade of the two customers whom every test database knows.</summary>
static class Trade
{
    public static async Task<Product> AddProductAsync(this TestShop shop, string name, string? art = null, bool active = true)
    {
        await using var db = shop.Open();
        var product = new Product { Sku = name.ToUpperInvariant(), CreatedAt = shop.Clock.Now };
        product.Describe(name, null, null, art);
        product.Price(new Money(500), SaleUnit.Piece, 0);
        product.Show(active, featured: false);
        db.Products.Add(product);
        await db.SaveChangesAsync();
        return product;
    }

    /// <summary>An order as the till would write it; a customer's counters are the till's matter and stay as they are.</summary>
    public static Task<Order> SellAsync(
        this TestShop shop, TestPerson to, long minor, DateTime? at = null, OrderStatus status = OrderStatus.Completed, params Product[] products) =>
        SellAsync(shop.Open, to, minor, at ?? shop.Clock.Now, status, products);

    public static async Task<Order> SellAsync(
        Func<CrmDbContext> open, TestPerson to, long minor, DateTime placed, OrderStatus status = OrderStatus.Completed, params Product[] products)
    {
        await using var db = open();
        var order = new Order
        {
            Number = $"ORD-{to.LastName}-{await db.Orders.CountAsync() + 1}",
            CustomerId = to.CustomerId,
            Channel = OrderChannel.Counter,
            PlacedAt = placed,
            PlacedOn = DateOnly.FromDateTime(placed),
        };
        var share = minor / Math.Max(1, products.Length);
        foreach (var product in products.DefaultIfEmpty())
            order.Lines.Add(new OrderLine
            {
                OrderId = order.Id,
                ProductId = product?.Id,
                Name = product?.Name ?? $"Food of {to.LastName}",
                Quantity = 1,
                UnitPriceMinor = share,
                TotalMinor = share,
                Position = order.Lines.Count + 1,
            });
        order.Sum(Money.Zero, Money.Zero, Money.Zero);
        order.ArriveAs(status, "test");
        db.Orders.Add(order);
        await db.SaveChangesAsync();
        return order;
    }

    public static Task GivePointsAsync(
        this TestShop shop, TestPerson to, int points, DateTime? at = null, Guid? orderId = null, LoyaltyKind kind = LoyaltyKind.Earn, DateTime? endsAt = null, string? note = null) =>
        GivePointsAsync(shop.Open, to, points, at ?? shop.Clock.Now, orderId, kind, endsAt, note);

    public static async Task GivePointsAsync(
        Func<CrmDbContext> open, TestPerson to, int points, DateTime at, Guid? orderId = null, LoyaltyKind kind = LoyaltyKind.Earn, DateTime? endsAt = null, string? note = null)
    {
        await using var db = open();
        var entry = new LoyaltyEntry
        {
            CustomerId = to.CustomerId!.Value,
            Kind = kind,
            Points = points,
            SourceKind = orderId is null ? "adjustment" : "order",
            SourceId = orderId ?? Guid.CreateVersion7(),
            ExpiresAt = endsAt,
            Note = note,
            At = at,
        }.AsLot();
        db.LoyaltyEntries.Add(entry);
        (await db.Customers.SingleAsync(c => c.Id == to.CustomerId)).AddPoints(points);
        await db.SaveChangesAsync();
    }

    public static async Task AddTiersAsync(this TestShop shop)
    {
        await using var db = shop.Open();
        db.LoyaltyTiers.Add(new LoyaltyTier { Name = "Bronze", ThresholdMinor = 0 });
        db.LoyaltyTiers.Add(new LoyaltyTier { Name = "Gold", ThresholdMinor = 1_500_00 });
        db.LoyaltyTiers.Add(new LoyaltyTier { Name = "Platinum", ThresholdMinor = 3_000_00, Perk = "free delivery" });
        await db.SaveChangesAsync();
    }
}
