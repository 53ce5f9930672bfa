using System.Globalization;
using Crm.Data;
using Crm.Data.Customers;
using Crm.Data.Search;

namespace Crm.Web.Features.Customers.List;

/// <summary>Finds customers by what people type: words by the search index, digits as a phone number in any style or as a customer number.</summary>
static class CustomerSearch
{
    private const int FewestDigits = 4;

    public static async Task<IQueryable<Customer>> NarrowAsync(CrmDbContext db, IQueryable<Customer> customers, string text, CancellationToken ct)
    {
        if (Digits(text) is { } digits) return ByDigits(customers, digits);
        var found = await SearchIndex.IdsAsync(db, ChangeKinds.Customer, text, ct);
        return customers.Where(c => found.Contains(c.Id));
    }

    // Without the zeros in front a national number is the end of an international one, whatever the country.
    private static IQueryable<Customer> ByDigits(IQueryable<Customer> customers, string digits)
    {
        var end = digits.TrimStart('0');
        return long.TryParse(digits, CultureInfo.InvariantCulture, out var number)
            ? customers.Where(c => c.Phone!.Contains(end) || c.Number == number)
            : customers.Where(c => c.Phone!.Contains(end));
    }

    /// <summary>The digits of a text that is written like a phone number; else null.</summary>
    internal static string? Digits(string text)
    {
        if (!text.All(ch => char.IsAsciiDigit(ch) || ch is '+' or '-' or '(' or ')' or '.' or '/' || char.IsWhiteSpace(ch))) return null;
        var digits = string.Concat(text.Where(char.IsAsciiDigit));
        return digits.Length >= FewestDigits && digits.Any(d => d != '0') ? digits : null;
    }
}
