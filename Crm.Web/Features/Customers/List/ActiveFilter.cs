using System.Globalization;

namespace Crm.Web.Features.Customers.List;

/// <summary>A filter in force: what its chip says, and the list without it.</summary>
public sealed record ActiveFilter(string Label, CustomerListQuery Without)
{
    /// <summary>The filters of a list in the order of the form; the search field is not one of them.</summary>
    public static IReadOnlyList<ActiveFilter> Of(CustomerListQuery list)
    {
        var start = list.FromStart();
        var filters = new List<ActiveFilter>();
        if (list.Tier is { } tier) filters.Add(new(tier == CustomerListQuery.NoTier ? "No tier" : tier, start with { Tier = null }));
        if (list.City is { } city) filters.Add(new(city, start with { City = null }));
        if (list.Diet is { } diet) filters.Add(new(DietName.Of(diet), start with { Diet = null }));
        if (list.Verified is { } verified) filters.Add(new(verified ? "Verified" : "Not verified", start with { Verified = null }));
        if (list.HasAccount is { } account) filters.Add(new(account ? "Has an account" : "No account", start with { HasAccount = null }));
        if (list.Active is { } active) filters.Add(new(active ? "Active" : "Inactive", start with { Active = null }));
        if (Joined(list) is { } joined) filters.Add(new(joined, start with { JoinedFrom = null, JoinedTo = null }));
        return filters;
    }

    private static string? Joined(CustomerListQuery list) => (list.JoinedFrom, list.JoinedTo) switch
    {
        (null, null) => null,
        ({ } from, null) => $"Joined from {Day(from)}",
        (null, { } to) => $"Joined until {Day(to)}",
        ({ } from, { } to) => from == to ? $"Joined {Day(from)}" : $"Joined {Day(from)} to {Day(to)}",
    };

    private static string Day(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);
}
