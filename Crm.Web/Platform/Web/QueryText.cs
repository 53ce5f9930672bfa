using Crm.Data;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace Crm.Web.Platform.Web;

/// <summary>Reads the query part of an address, which anybody can write.</summary>
public static class QueryText
{
    /// <summary>The values by name; one that no database could keep or compare is left out.</summary>
    public static Dictionary<string, StringValues> Parse(string? query) =>
        QueryHelpers.ParseQuery(query).ToDictionary(
            pair => pair.Key, pair => new StringValues([.. pair.Value.Where(v => v is not null && CleanText.IsClean(v))]), StringComparer.OrdinalIgnoreCase);
}
