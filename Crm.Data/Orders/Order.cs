using Crm.Data.Search;

namespace Crm.Data.Orders;

/// <summary>Where an order stands. Only the moves of <see cref="Order.CanMoveTo"/> exist.</summary>
public enum OrderStatus { Placed, Paid, Picking, Ready, OutForDelivery, Completed, Cancelled, PartlyRefunded, Refunded }

/// <summary>Where it was sold.</summary>
public enum OrderChannel { Counter, Online, Imported }

/// <summary>A sale. Its lines and sums never change after placing; returns and refunds stand beside it.</summary>
public sealed class Order : Entity, IVersioned, ILive, ISearchable
{
    /// <summary>The short number that people see: ORD-20261120-7K2QXW.</summary>
    public required string Number { get; init; }

    /// <summary>Nobody known, for a walk-in.</summary>
    public Guid? CustomerId { get; init; }
    public required OrderChannel Channel { get; init; }
    public OrderStatus Status { get; private set; } = OrderStatus.Placed;
    public required DateTime PlacedAt { get; init; }

    /// <summary>The shop's calendar day of <see cref="PlacedAt"/>; months and days are counted by it.</summary>
    public required DateOnly PlacedOn { get; init; }

    public long SubtotalMinor { get; private set; }
    public long DiscountMinor { get; private set; }
    public long TaxMinor { get; private set; }
    public long DeliveryMinor { get; private set; }

    /// <summary>Lines - discount + tax + delivery.</summary>
    public long TotalMinor { get; private set; }

    public int PointsEarned { get; private set; }

    /// <summary>Country of delivery, as the shop writes it.</summary>
    public string? Country { get; init; }
    public string? Notes { get; init; }

    /// <summary>Set by the client, so that a second post finds the first order.</summary>
    public Guid? ClientKey { get; init; }

    /// <summary>Where an imported order came from and its number there; together unique.</summary>
    public string? Origin { get; init; }
    public string? ExternalId { get; init; }
    public int Version { get; set; }

    public List<OrderLine> Lines { get; } = [];
    public List<OrderStatusChange> History { get; } = [];

    public ChangeTopic Topic => new(ChangeKinds.Order, Id);

    /// <summary>Sums the lines; call once, after the last line.</summary>
    public void Sum(Money discount, Money tax, Money delivery)
    {
        SubtotalMinor = Lines.Sum(l => l.TotalMinor);
        (DiscountMinor, TaxMinor, DeliveryMinor) = (discount.Minor, tax.Minor, delivery.Minor);
        TotalMinor = checked(SubtotalMinor - DiscountMinor + TaxMinor + DeliveryMinor);
    }

    public void EarnPoints(int points) => PointsEarned = points;

    /// <summary>The moves that exist.</summary>
    public static bool CanMoveTo(OrderStatus from, OrderStatus to) => (from, to) switch
    {
        (OrderStatus.Placed, OrderStatus.Paid or OrderStatus.Cancelled) => true,
        (OrderStatus.Paid, OrderStatus.Picking or OrderStatus.Completed or OrderStatus.Cancelled) => true,
        (OrderStatus.Picking, OrderStatus.Ready or OrderStatus.OutForDelivery or OrderStatus.Cancelled) => true,
        (OrderStatus.Ready or OrderStatus.OutForDelivery, OrderStatus.Completed or OrderStatus.Cancelled) => true,
        (OrderStatus.Completed, OrderStatus.PartlyRefunded or OrderStatus.Refunded) => true,
        (OrderStatus.PartlyRefunded, OrderStatus.Refunded) => true,
        _ => false,
    };

    /// <summary>Moves on and writes the history; false and unchanged when there is no such move.</summary>
    public bool TryMoveTo(OrderStatus to, Guid? actorId, string? why, DateTime now)
    {
        if (!CanMoveTo(Status, to)) return false;
        History.Add(new OrderStatusChange { OrderId = Id, From = Status, To = to, ActorId = actorId, Reason = why, At = now });
        Status = to;
        return true;
    }

    /// <summary>A past order arrives as it ended; its history says so in one line.</summary>
    public void ArriveAs(OrderStatus status, string why)
    {
        History.Add(new OrderStatusChange { OrderId = Id, From = null, To = status, Reason = why, At = PlacedAt });
        Status = status;
    }

    SearchDocument ISearchable.Describe() => new(ChangeKinds.Order, Id, Number, Number, PlacedOn.ToString("yyyy-MM-dd"), [Number, ExternalId]);
}

/// <summary>One product of an order, as it was sold: name and price are kept, whatever becomes of the product.</summary>
public sealed class OrderLine : Entity, ILive
{
    public required Guid OrderId { get; init; }
    public Guid? ProductId { get; init; }
    public required string Name { get; init; }
    public required int Quantity { get; init; }
    public required long UnitPriceMinor { get; init; }

    /// <summary>Quantity x exact unit price, rounded once, half away from zero.</summary>
    public required long TotalMinor { get; init; }
    public required int Position { get; init; }
    public ChangeTopic Topic => new(ChangeKinds.Order, OrderId);
}

/// <summary>A step in an order's life: from, to, who, why.</summary>
public sealed class OrderStatusChange : Entity, ILive
{
    public required Guid OrderId { get; init; }
    public OrderStatus? From { get; init; }
    public required OrderStatus To { get; init; }
    public Guid? ActorId { get; init; }
    public string? Reason { get; init; }
    public required DateTime At { get; init; }
    public ChangeTopic Topic => new(ChangeKinds.Order, OrderId);
}
