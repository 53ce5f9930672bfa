using Crm.Data;
using Crm.Data.Customers;
using Crm.Data.Search;

namespace Crm.Web.Features.Customers.List;

/// <summary>
/// Finds customers by what people type, by the search index alone: words as words; digits as a part of a phone number in any style,
/// as a customer number, or as a name that is a number.
/// </summary>
static class CustomerSearch
{
    public static async Task<IQueryable<Customer>> NarrowAsync(CrmDbContext db, IQueryable<Customer> customers, string text, CancellationToken ct)
    {
        var found = Digits(text) is { } digits ? SearchIndex.AnyIds(db, ChangeKinds.Customer, Words(digits)) : await SearchIndex.IdsAsync(db, ChangeKinds.Customer, text, ct);
        return customers.Where(c => found.Contains(c.Id));
    }

    // The index has every end of a phone number after a zero. Zeros in front may be a part of it, or be dialled before a national or
    // an international number, which is the end of ours without them.
    private static string[] Words(string digits)
    {
        var end = digits.TrimStart('0');
        return [.. new[] { digits, end, $"0{digits}", end.Length < Customer.ShortestPhoneEnd ? end : $"0{end}" }.Distinct()];
    }

    /// <summary>The digits of a text that is written like a phone number; else null.</summary>
    internal static string? Digits(string text)
    {
        if (!text.All(ch => char.IsAsciiDigit(ch) || ch is '+' or '-' or '(' or ')' or '.' or '/' || char.IsWhiteSpace(ch))) return null;
        var digits = string.Concat(text.Where(char.IsAsciiDigit));
        return digits.Length >= Customer.ShortestPhoneEnd && digits.Any(d => d != '0') ? digits : null;
    }
}
