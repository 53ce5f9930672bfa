namespace Crm.Data.Orders;

/// <summary>Goods that came back; a refund may stand beside it. An imported return may not know its order.</summary>
public sealed class OrderReturn : Entity, ILive
{
    public required string Number { get; init; }
    public Guid? OrderId { get; init; }
    public Guid? CustomerId { get; init; }
    public required DateTime ReturnedAt { get; init; }

    /// <summary>The shop's calendar day of <see cref="ReturnedAt"/>.</summary>
    public required DateOnly ReturnedOn { get; init; }

    /// <summary>What the goods were worth, as a positive amount.</summary>
    public long TotalMinor { get; private set; }
    public string? Reason { get; init; }
    public string? Origin { get; init; }
    public string? ExternalId { get; init; }
    public List<ReturnLine> Lines { get; } = [];
    public ChangeTopic Topic => new(ChangeKinds.Order, OrderId ?? Id);

    /// <summary>Sums the lines; call once, after the last line.</summary>
    public void Sum() => TotalMinor = Lines.Sum(l => l.TotalMinor);
}

/// <summary>One product that came back.</summary>
public sealed class ReturnLine : Entity
{
    public required Guid ReturnId { get; init; }
    public Guid? OrderLineId { get; init; }
    public Guid? ProductId { get; init; }
    public required string Name { get; init; }

    /// <summary>Units that came back, positive.</summary>
    public required int Quantity { get; init; }
    public required long UnitPriceMinor { get; init; }
    public required long TotalMinor { get; init; }
    public required int Position { get; init; }
}
