using Crm.Data.Orders;
using Crm.Data.Payments;
using Crm.Web.Features.Customers.Portal;
using Crm.Web.Platform.Paging;

namespace Crm.Web.Features.Orders;

/// <summary>A page of somebody's own orders, and whose they are, for live updates.</summary>
public sealed record OwnOrderList(Guid CustomerId, KeyPage<OwnOrderRow> Page);

/// <summary>One order as the person who ordered sees it.</summary>
/// <param name="Order">As in the list.</param>
/// <param name="SubtotalMinor">Minor units, as are the other sums: lines - discount + tax + delivery = total.</param>
/// <param name="Steps">Oldest first.</param>
public sealed record OrderView(
    OwnOrderRow Order, long SubtotalMinor, long DiscountMinor, long TaxMinor, long DeliveryMinor, int PointsEarned, IReadOnlyList<OrderLineView> Lines,
    IReadOnlyList<OrderStep> Steps, IReadOnlyList<OrderPayment> Payments, IReadOnlyList<ReturnedGoods> Returns);

/// <summary>A line as it was sold.</summary>
public sealed record OrderLineView(Guid Id, string Name, int Quantity, long UnitPriceMinor, long TotalMinor, string? Art);

/// <summary>A step in the order's life; who made it is the shop's own matter.</summary>
public sealed record OrderStep(OrderStatus To, DateTime At);

/// <summary>What an order was paid with.</summary>
public sealed record OrderPayment(Guid Id, PaymentMethod Method, PaymentStatus Status, long AmountMinor, long RefundedMinor, DateTime? SettledAt);

/// <summary>Goods of the order that came back.</summary>
public sealed record ReturnedGoods(Guid Id, DateOnly On, long TotalMinor, IReadOnlyList<string> Names);
