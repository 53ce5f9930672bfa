using Crm.Data;
using Crm.Data.Customers;

namespace Crm.Web.Features.Orders;

/// <summary>A sale that happened elsewhere.</summary>
/// <param name="ExternalId">Its number there; with the origin unique.</param>
/// <param name="Number">What people see here.</param>
/// <param name="Customer">Tracked by the caller's context; nobody known is null.</param>
/// <param name="LocalTime">By the shop's own clock.</param>
/// <param name="Country">Of delivery, as the shop writes it.</param>
public sealed record PastOrder(string ExternalId, string Number, Customer? Customer, DateTime LocalTime, string? Country, IReadOnlyList<PastLine> Lines);

/// <summary>Goods that came back elsewhere, without a word on the order they came from.</summary>
/// <param name="ExternalId">Its number there; with the origin unique.</param>
/// <param name="Number">What people see here.</param>
/// <param name="Customer">Tracked by the caller's context; nobody known is null.</param>
/// <param name="LocalTime">By the shop's own clock.</param>
public sealed record PastReturn(string ExternalId, string Number, Customer? Customer, DateTime LocalTime, IReadOnlyList<PastLine> Lines);

/// <summary>A line of either.</summary>
/// <param name="Quantity">Units, positive.</param>
/// <param name="UnitPrice">Major units, exact; it may be finer than a cent.</param>
public sealed record PastLine(Guid ProductId, string Name, int Quantity, decimal UnitPrice)
{
    /// <summary>Rounded once, here, half away from zero.</summary>
    public Money Total => Money.FromMajor(Quantity * UnitPrice);
}
