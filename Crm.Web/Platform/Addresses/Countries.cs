using System.Globalization;
using Crm.Data;
using Crm.Web.Platform.Phones;

namespace Crm.Web.Platform.Addresses;

/// <summary>The countries that a form offers, by their names; the same as those whose phone numbers are known.</summary>
public static class Countries
{
    /// <summary>Codes with names, in the order of the names.</summary>
    public static IReadOnlyList<(string Code, string Name)> All { get; } =
        [.. PhoneCountries.All.Select(c => (c.Code, Name: Name(c.Code))).OrderBy(c => Folding.Fold(c.Name), StringComparer.Ordinal)];

    /// <summary>Whether a form offers this ISO 3166 alpha-2 code.</summary>
    public static bool Has(string code) => PhoneCountries.Find(code) is not null;

    /// <summary>The English name of an ISO 3166 alpha-2 code; what is no such code comes back as it is.</summary>
    public static string Name(string code)
    {
        if (PhoneCountries.Find(code) is null) return code;
        return new RegionInfo(code).EnglishName.Replace(" & ", " and ", StringComparison.Ordinal);
    }
}
