using System.Globalization;
using Crm.Data;
using Crm.Data.Customers;
using Crm.Web.Platform.Paging;
using Crm.Web.Platform.Typed;
using Crm.Web.Platform.Web;
using Crm.Web.Ui.Forms;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace Crm.Web.Features.Customers.List;

/// <summary>The columns that the list can be ordered by.</summary>
public enum CustomerColumn { Name, City, LastOrder, Orders, Spent, Points, Tier, Joined }

/// <summary>
/// Which customers, in which order, from where on: the state of the list, and the same in its address, its export and its API.
/// </summary>
public sealed record CustomerListQuery
{
    /// <summary>Words of the name, an e-mail address, a phone number in any style, or a customer number.</summary>
    public string? Search { get; init => field = string.IsNullOrWhiteSpace(value) ? null : CleanText.Cut(value.Trim(), SearchBox.MaxLength).TrimEnd(); }

    public bool? Verified { get; init; }
    public bool? Active { get; init; }
    public bool? HasAccount { get; init; }

    /// <summary>A tier by its name; <see cref="NoTier"/> for customers who have none.</summary>
    public string? Tier { get; init; }
    public string? City { get; init; }
    public Diet? Diet { get; init; }

    /// <summary>First shop day on which somebody may have joined.</summary>
    public DateOnly? JoinedFrom { get; init; }

    /// <summary>Last shop day on which somebody may have joined.</summary>
    public DateOnly? JoinedTo { get; init; }

    public CustomerColumn Sort { get; init; } = CustomerColumn.Spent;
    public bool Descending { get; init; } = true;

    public Cursor? Cursor { get; init; }

    /// <summary>The page ends before the cursor instead of starting behind it.</summary>
    public bool Backwards { get; init; }

    /// <summary>What <see cref="Tier"/> says for "no tier".</summary>
    public const string NoTier = "none";

    // a value that is dropped would widen the list; a value that is cut finds as little as the whole one
    private const int LongestValue = 200;

    /// <summary>Whether anything narrows the list.</summary>
    public bool IsNarrowed => FromStart() != Unfiltered();

    /// <summary>The same list from its beginning.</summary>
    public CustomerListQuery FromStart() => this with { Cursor = null, Backwards = false };

    /// <summary>Everybody, in the order now chosen.</summary>
    public CustomerListQuery Unfiltered() => new() { Sort = Sort, Descending = Descending };

    /// <summary>Reads an address; what it does not understand it leaves out.</summary>
    public static CustomerListQuery Read(string? queryString)
    {
        var values = QueryText.Parse(queryString);
        var sort = Enum.TryParse<CustomerColumn>(Text(values, "sort"), ignoreCase: true, out var column) && Enum.IsDefined(column) ? column : CustomerColumn.Spent;
        var before = Cursor.Read(Text(values, "before"));
        return new CustomerListQuery
        {
            Search = Text(values, "q"),
            Verified = YesNo(values, "verified"),
            Active = YesNo(values, "active"),
            HasAccount = YesNo(values, "account"),
            Tier = Text(values, "tier"),
            City = Text(values, "city"),
            Diet = Enum.TryParse<Diet>(Text(values, "diet"), ignoreCase: true, out var diet) && Enum.IsDefined(diet) ? diet : null,
            JoinedFrom = Day(values, "from"),
            JoinedTo = Day(values, "to"),
            Sort = sort,
            Descending = Text(values, "dir") switch { "asc" => false, "desc" => true, _ => StartsDescending(sort) },
            Cursor = before ?? Cursor.Read(Text(values, "after")),
            Backwards = before is not null,
        };
    }

    /// <summary>The address of this list below a path; what is as always is left out.</summary>
    public string ToAddress(string path)
    {
        var values = new Dictionary<string, string?>
        {
            ["q"] = Search,
            ["verified"] = YesNo(Verified),
            ["active"] = YesNo(Active),
            ["account"] = YesNo(HasAccount),
            ["tier"] = Tier,
            ["city"] = City,
            ["diet"] = Diet?.ToString(),
            ["from"] = JoinedFrom?.ToString("O", CultureInfo.InvariantCulture),
            ["to"] = JoinedTo?.ToString("O", CultureInfo.InvariantCulture),
            ["sort"] = Sort == CustomerColumn.Spent ? null : Sort.ToString().ToLowerInvariant(),
            ["dir"] = Descending == StartsDescending(Sort) ? null : Descending ? "desc" : "asc",
            [Backwards ? "before" : "after"] = Cursor?.ToString(),
        };
        return QueryHelpers.AddQueryString(path, values.Where(v => v.Value is not null));
    }

    /// <summary>Names start at A; amounts and days start with the greatest.</summary>
    public static bool StartsDescending(CustomerColumn column) => column is not (CustomerColumn.Name or CustomerColumn.City);

    private static string? Text(Dictionary<string, StringValues> values, string key) =>
        values.TryGetValue(key, out var value) && value.ToString().Trim() is { Length: > 0 } text ? CleanText.Cut(text, LongestValue) : null;

    private static bool? YesNo(Dictionary<string, StringValues> values, string key) => Text(values, key) switch { "yes" => true, "no" => false, _ => null };

    private static string? YesNo(bool? value) => value switch { true => "yes", false => "no", null => null };

    private static DateOnly? Day(Dictionary<string, StringValues> values, string key) =>
        DayText.TryRead(Text(values, key), out var day) ? day : null;
}
