using Crm.Data.Loyalty;
using Crm.Data.Orders;
using Crm.Data.Payments;
using Crm.Web.Platform.Paging;

namespace Crm.Web.Features.Customers.Profile;

/// <summary>One order in a customer's history.</summary>
/// <param name="TotalMinor">Minor units.</param>
public sealed record OrderRow(Guid Id, string Number, DateTime PlacedAt, OrderStatus Status, OrderChannel Channel, long TotalMinor, int Lines, int PointsEarned)
{
    /// <summary>The place right at this order in the history.</summary>
    public Cursor Cursor => Cursor.At(PlacedAt, Id);
}

/// <summary>What an order opens to.</summary>
public sealed record OrderDetail(
    Guid Id, IReadOnlyList<OrderLineRow> Lines, long SubtotalMinor, long DiscountMinor, long TaxMinor, long DeliveryMinor, long TotalMinor,
    IReadOnlyList<PaymentRow> Payments, IReadOnlyList<ReturnRow> Returns, string? Notes);

/// <summary>One product of an order, as it was sold.</summary>
public sealed record OrderLineRow(Guid Id, string Name, int Quantity, long UnitPriceMinor, long TotalMinor);

/// <summary>Money for an order.</summary>
public sealed record PaymentRow(Guid Id, PaymentMethod Method, PaymentStatus Status, long AmountMinor, long RefundedMinor, DateTime At);

/// <summary>Goods that came back.</summary>
public sealed record ReturnRow(Guid Id, string Number, DateTime At, long TotalMinor, string? Reason);

/// <summary>One line of the points ledger.</summary>
/// <param name="Points">Positive in, negative out.</param>
/// <param name="Balance">After this line, by the ledger.</param>
/// <param name="Source">What caused it, as the ledger says: order, return, adjustment.</param>
/// <param name="SourceNumber">Number of the order, where an order caused it.</param>
public sealed record PointsRow(Guid Id, LoyaltyKind Kind, int Points, long Balance, string Source, string? SourceNumber, string? Note, DateTime At, DateTime? ExpiresAt)
{
    /// <summary>The place right at this line in the ledger.</summary>
    public Cursor Cursor => Cursor.At(At, Id);
}
