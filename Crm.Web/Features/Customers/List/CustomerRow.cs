using Crm.Web.Platform.Paging;

namespace Crm.Web.Features.Customers.List;

/// <summary>One line of the customer list.</summary>
/// <param name="Number">Shown as C-1042.</param>
/// <param name="SpentMinor">Minor units of the origin's currency.</param>
/// <param name="Origin">Where an imported record came from.</param>
/// <param name="SortName">What the list sorts names by.</param>
/// <param name="TierRank">Threshold of the tier in minor units; -1 without a tier.</param>
public sealed record CustomerRow(
    Guid Id, long Number, string FirstName, string LastName, string? Email, string? Phone, string? City, DateTime? LastOrderAt, int OrderCount,
    long SpentMinor, int Points, string? TierName, bool IsActive, bool IsVerified, bool HasAccount, DateTime JoinedAt, string SortName, long TierRank, string? Origin)
{
    /// <summary>How people call somebody: the name, else phone, e-mail or number.</summary>
    public string Name => CustomerName.Of(FirstName, LastName, Phone, Email, Number);

    /// <summary>The place right at this row in a list of that order.</summary>
    public Cursor CursorBy(CustomerColumn column) => Cursor.At(column switch
    {
        CustomerColumn.Name => SortName,
        CustomerColumn.City => City,
        CustomerColumn.LastOrder => LastOrderAt,
        CustomerColumn.Orders => OrderCount,
        CustomerColumn.Spent => SpentMinor,
        CustomerColumn.Points => Points,
        CustomerColumn.Tier => TierRank,
        CustomerColumn.Joined => JoinedAt,
    }, Id);
}

/// <summary>Sums over the whole filtered list.</summary>
/// <param name="SpentMinor">Without customers whose trade was in another currency: sums of two currencies mean nothing.</param>
/// <param name="Orders">Of the same customers.</param>
/// <param name="Foreign">How many of the customers are left out of both.</param>
public sealed record CustomerTotals(int Customers, long SpentMinor, long Orders, int Foreign = 0)
{
    /// <summary>Minor units, rounded half away from zero; null without an order.</summary>
    public long? AverageOrderMinor => Orders == 0 ? null : (long)decimal.Round((decimal)SpentMinor / Orders, 0, MidpointRounding.AwayFromZero);
}

/// <summary>What the filters offer.</summary>
/// <param name="Cities">With the number of customers, most first.</param>
/// <param name="Tiers">Lowest first.</param>
public sealed record CustomerListChoices(IReadOnlyList<CityChoice> Cities, IReadOnlyList<string> Tiers);

/// <summary>A city that customers live in.</summary>
public sealed record CityChoice(string City, int Customers);
