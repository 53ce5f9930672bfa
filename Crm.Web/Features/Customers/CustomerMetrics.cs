using Crm.Data;
using Crm.Data.Customers;

namespace Crm.Web.Features.Customers;

/// <summary>
/// The one door through which other rooms keep a customer's counters in step: orders, spend and points. The rows they copy
/// (orders, returns, the points ledger) stay the truth.
/// </summary>
public static class CustomerMetrics
{
    /// <summary>An order was placed.</summary>
    public static void CountOrder(Customer customer, Money total, DateTime placedAt) => customer.CountOrder(total, placedAt);

    /// <summary>Goods came back, worth this positive amount.</summary>
    public static void CountReturn(Customer customer, Money worth) => customer.CountRefund(worth);

    /// <summary>A line of the points ledger was written; only the ledger calls this.</summary>
    public static void AddPoints(Customer customer, int points) => customer.AddPoints(points);
}
