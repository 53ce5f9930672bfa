namespace Crm.Web.Features.Exchange.OnlineRetail;

/// <summary>Country names as everybody writes them, where the file has its own.</summary>
public static class OnlineRetailCountries
{
    private const int NameLength = 60;

    private static readonly Dictionary<string, string?> OwnNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["EIRE"] = "Ireland",
        ["RSA"] = "South Africa",
        ["USA"] = "United States",
        ["European Community"] = "European Union",
        ["Unspecified"] = null,
        [""] = null,
    };

    /// <summary>The name, or null when the file does not know.</summary>
    public static string? Name(string country) =>
        OwnNames.TryGetValue(country, out var name) ? name : country.Length <= NameLength ? country : country[..NameLength];
}
