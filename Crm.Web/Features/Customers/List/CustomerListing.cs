using Crm.Data.Customers;
using Crm.Web.Platform.Paging;

namespace Crm.Web.Features.Customers.List;

/// <summary>The customer list as queries: its order and its lines; shared by the page, the export and tests that pin the SQL.</summary>
static class CustomerListing
{
    private static readonly IReadOnlyDictionary<CustomerColumn, Keyset<Customer>> Orders = new Dictionary<CustomerColumn, Keyset<Customer>>
    {
        [CustomerColumn.Name] = Keyset<Customer>.By(c => c.SortName),
        [CustomerColumn.City] = Keyset<Customer>.By(c => c.City),
        [CustomerColumn.LastOrder] = Keyset<Customer>.By(c => c.LastOrderAt),
        [CustomerColumn.Orders] = Keyset<Customer>.By(c => c.OrderCount),
        [CustomerColumn.Spent] = Keyset<Customer>.By(c => c.SpentMinor),
        [CustomerColumn.Points] = Keyset<Customer>.By(c => c.PointsBalance),
        [CustomerColumn.Tier] = Keyset<Customer>.By(c => c.Tier == null ? -1L : c.Tier.ThresholdMinor),
        [CustomerColumn.Joined] = Keyset<Customer>.By(c => c.JoinedAt),
    };

    public static IEnumerable<IQueryable<CustomerRow>> Parts(IQueryable<Customer> customers, CustomerColumn sort, bool descending, Cursor? cursor, bool backwards) =>
        Orders[sort].Parts(customers, descending, cursor, backwards).Select(Rows);

    public static IQueryable<CustomerRow> Rows(IQueryable<Customer> customers) => customers.Select(c => new CustomerRow(
        c.Id, c.Number, c.FirstName, c.LastName, c.Email, c.Phone, c.City, c.LastOrderAt, c.OrderCount, c.SpentMinor, c.PointsBalance,
        c.Tier == null ? null : c.Tier.Name, c.IsActive, c.IsVerified, c.UserId != null, c.JoinedAt, c.SortName, c.Tier == null ? -1L : c.Tier.ThresholdMinor, c.Origin));
}
