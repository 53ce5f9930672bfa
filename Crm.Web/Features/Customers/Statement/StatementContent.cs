using Crm.Data.Loyalty;
using Crm.Data.Orders;
using Crm.Data.Payments;

namespace Crm.Web.Features.Customers.Statement;

/// <summary>What a statement says. Amounts are minor units of the origin's currency.</summary>
/// <param name="Origin">Where an imported record came from.</param>
/// <param name="Address">Lines of the default delivery address, if there is one.</param>
/// <param name="PointsBefore">Balance of the ledger when the period begins.</param>
public sealed record StatementContent(
    string Name, long Number, string? Phone, string? Email, IReadOnlyList<string> Address, StatementPeriod Period,
    IReadOnlyList<StatementOrder> Orders, IReadOnlyList<StatementPayment> Payments, IReadOnlyList<StatementReturn> Returns,
    long PointsBefore, IReadOnlyList<StatementPoints> Points, string? Origin = null)
{
    /// <summary>Sum of the orders that count: cancelled ones are listed, but not summed.</summary>
    public long OrderedMinor => Orders.Where(o => o.Status is not OrderStatus.Cancelled).Sum(o => o.TotalMinor);

    /// <summary>What was really paid in the period.</summary>
    public long PaidMinor => Payments.Where(p => p.Status is PaymentStatus.Settled or PaymentStatus.Refunded).Sum(p => p.AmountMinor);

    /// <summary>What came back in the period.</summary>
    public long ReturnedMinor => Returns.Sum(r => r.TotalMinor);

    /// <summary>Balance of the ledger when the period ends.</summary>
    public long PointsAfter => PointsBefore + Points.Sum(p => p.Points);
}

/// <summary>An order placed in the period.</summary>
public sealed record StatementOrder(string Number, DateOnly On, OrderStatus Status, int Lines, long TotalMinor);

/// <summary>Money that came in the period for an order of this customer.</summary>
public sealed record StatementPayment(string OrderNumber, DateTime At, PaymentMethod Method, PaymentStatus Status, long AmountMinor);

/// <summary>Goods that came back in the period.</summary>
public sealed record StatementReturn(string Number, DateOnly On, string? Reason, long TotalMinor);

/// <summary>A line of the points ledger in the period.</summary>
public sealed record StatementPoints(DateTime At, LoyaltyKind Kind, int Points, string? OrderNumber, string? Note);
