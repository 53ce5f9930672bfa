using Crm.Data;

namespace Crm.Web.Features.Insights;

/// <summary>What was sold in a period.</summary>
/// <param name="Customers">Different known customers who bought.</param>
public sealed record TradeTotals(int Orders, Money Revenue, int Customers)
{
    /// <summary>Revenue per order, rounded half away from zero; zero without orders.</summary>
    public Money AverageOrder => Orders == 0 ? Money.Zero : Money.FromMajor(Revenue.Major / Orders);
}

/// <summary>One calendar month of trade.</summary>
/// <param name="Customers">Different known customers who bought in it.</param>
/// <param name="NewCustomers">Those of them who had never bought before.</param>
public sealed record MonthOfTrade(int Year, int Month, Money Revenue, int Orders, int Customers, int NewCustomers);

/// <summary>One day of trade, by the shop's calendar.</summary>
/// <param name="Customers">Different known customers who bought on it.</param>
public sealed record DayOfTrade(DateOnly Day, Money Revenue, int Orders, int Customers);

/// <summary>Customers by the month of their first order, and how many of them bought in each month after it.</summary>
/// <param name="Active">By months since the first order; index 0 is everybody of the cohort.</param>
public sealed record Cohort(int Year, int Month, IReadOnlyList<int> Active);

/// <summary>A customer, product or country among the best.</summary>
/// <param name="Id">Empty for a country.</param>
/// <param name="Code">The customer's or product's number or code.</param>
/// <param name="Count">Orders of a customer or country; units of a product.</param>
public sealed record TopRow(Guid Id, string Code, string Name, Money Revenue, long Count);
