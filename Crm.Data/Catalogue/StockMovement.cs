namespace Crm.Data.Catalogue;

/// <summary>Why stock moved.</summary>
public enum StockMovementKind { Received, Sold, Returned, Adjusted, Wasted }

/// <summary>One line of the stock ledger: stock on hand is the sum of these. Append only.</summary>
public sealed class StockMovement : Entity, ILive
{
    public required Guid ProductId { get; init; }
    public required StockMovementKind Kind { get; init; }

    /// <summary>Units in (positive) or out (negative); never 0.</summary>
    public required int Quantity { get; init; }
    public string? Reason { get; init; }

    /// <summary>The order line or return line that caused it; with the kind unique, so that nothing moves stock twice.</summary>
    public Guid? SourceId { get; init; }
    public Guid? ActorId { get; init; }
    public required DateTime At { get; init; }
    public ChangeTopic Topic => new(ChangeKinds.Product, ProductId);
}
