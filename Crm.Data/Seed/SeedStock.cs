using Crm.Data.Catalogue;

namespace Crm.Data.Seed;

/// <summary>Keeps the stock ledger: what came on the truck, what was sold, what spoiled; what is on hand is always its sum.</summary>
sealed class SeedStock(SeedShop shop)
{
    private const int TruckArrives = 8 * 60;

    /// <summary>What runs out today, by stock keeping unit; a guinep season is over.</summary>
    private static readonly Dictionary<string, int> NearlyGone = new()
    {
        ["RT-002"] = 4, ["GV-006"] = 6, ["TJ-001"] = 18, ["BB-001"] = 9, ["FM-006"] = 3, ["FL-010"] = 2, ["SP-013"] = 4, ["FR-004"] = 0,
    };

    private readonly SeedDice dice = new(17);
    private readonly string[] suppliers = SeedTexts.Of("supplier");

    public void Open()
    {
        var at = SeedCalendar.At(shop.Calendar.Start.AddDays(-1), TruckArrives);
        foreach (var product in shop.Products) Move(product, StockMovementKind.Received, product.Row.LowStockThreshold + product.Case * 2, "Counted at the opening of the books", null, at);
    }

    public void Sell(SeedProduct product, int quantity, Guid lineId, DateTime at)
    {
        if (product.Row.OnHand - quantity <= product.Row.LowStockThreshold) Receive(product, quantity, LastTruck(at));
        Move(product, StockMovementKind.Sold, -quantity, null, lineId, at);
    }

    /// <summary>Goods came back; what is fresh is thrown away.</summary>
    public void TakeBack(SeedProduct product, int quantity, Guid lineId, string reason, DateTime at)
    {
        Move(product, StockMovementKind.Returned, quantity, reason, lineId, at);
        if (product.Marks.Contains(SeedProduct.Fresh)) Move(product, StockMovementKind.Wasted, -quantity, "Came back, not sold again", lineId, at);
    }

    /// <summary>An order was called off before anybody ate: everything goes back on the shelf.</summary>
    public void PutBack(SeedProduct product, int quantity, Guid lineId, DateTime at) =>
        Move(product, StockMovementKind.Returned, quantity, "Order cancelled", lineId, at);

    /// <summary>What did not keep over the weekend.</summary>
    public void ThrowAway(DateOnly sunday)
    {
        foreach (var product in shop.Products.Where(p => p.Marks.Contains(SeedProduct.Fresh) && p.Row.OnHand > p.Row.LowStockThreshold + 3))
            if (dice.Chance(0.2)) Move(product, StockMovementKind.Wasted, -dice.Between(1, 3), "Did not keep", null, SeedCalendar.At(sunday, SeedCalendar.Closes + 10));
    }

    /// <summary>Leaves a handful of foods nearly gone and enough of all others.</summary>
    public void Close()
    {
        var at = LastTruck(shop.Calendar.Now);
        foreach (var product in shop.Products)
        {
            if (NearlyGone.TryGetValue(product.Row.Sku, out var left)) LeaveOnly(product, left, at);
            else if (product.Row.OnHand <= product.Row.LowStockThreshold + 1) Receive(product, 0, at);
        }
    }

    private void Receive(SeedProduct product, int needed, DateTime at)
    {
        var boxes = 1 + (product.Row.LowStockThreshold + needed) / product.Case;
        Move(product, StockMovementKind.Received, boxes * product.Case, dice.Pick(suppliers), null, at);
    }

    // The last delivery was short; what is still too much by the books was missing when somebody counted.
    private void LeaveOnly(SeedProduct product, int left, DateTime at)
    {
        var surplus = product.Row.OnHand - left;
        var last = shop.Movements.FindLastIndex(m => m.ProductId == product.Row.Id && m.Kind is StockMovementKind.Received);
        var shorter = Math.Clamp(Math.Min(surplus, LeastSince(product, shop.Movements[last].At)), 0, shop.Movements[last].Quantity - 1);
        if (shorter > 0)
        {
            var whole = shop.Movements[last];
            shop.Movements[last] = Movement(product, whole.Kind, whole.Quantity - shorter, whole.Reason, null, whole.At);
            product.Row.MoveStock(-shorter);
        }
        if (product.Row.OnHand != left) Move(product, StockMovementKind.Adjusted, left - product.Row.OnHand, "Counted on the shelf", null, at);
    }

    private int LeastSince(SeedProduct product, DateTime at)
    {
        var (onHand, least) = (0, int.MaxValue);
        foreach (var movement in shop.Movements.Where(m => m.ProductId == product.Row.Id).OrderBy(m => m.At).ThenByDescending(m => m.Quantity))
        {
            onHand += movement.Quantity;
            if (movement.At >= at) least = Math.Min(least, onHand);
        }
        return least;
    }

    private void Move(SeedProduct product, StockMovementKind kind, int quantity, string? reason, Guid? sourceId, DateTime at)
    {
        shop.Movements.Add(Movement(product, kind, quantity, reason, sourceId, at));
        product.Row.MoveStock(quantity);
    }

    private StockMovement Movement(SeedProduct product, StockMovementKind kind, int quantity, string? reason, Guid? sourceId, DateTime at) => new()
    {
        Id = shop.Ids.At(at),
        ProductId = product.Row.Id,
        Kind = kind,
        Quantity = quantity,
        Reason = reason,
        SourceId = sourceId,
        ActorId = kind is StockMovementKind.Sold ? null : DemoPeople.Manager.Id,
        At = at,
    };

    private static DateTime LastTruck(DateTime before)
    {
        var day = SeedCalendar.DayOf(before);
        return SeedCalendar.At(day, TruckArrives) is var today && today < before ? today : SeedCalendar.At(day.AddDays(-1), TruckArrives);
    }
}
