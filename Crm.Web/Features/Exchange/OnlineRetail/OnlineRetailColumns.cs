using CsvHelper;

namespace Crm.Web.Features.Exchange.OnlineRetail;

/// <summary>Where the file has its eight columns.</summary>
public static class OnlineRetailColumns
{
    public static readonly IReadOnlyList<string> Names = ["InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID", "Country"];

    /// <summary>The place of each column, whatever their order.</summary>
    /// <exception cref="BadFileException">One is missing.</exception>
    public static int[] Find(CsvReader csv)
    {
        csv.ReadHeader();
        if (csv.Headers.Count == 0) throw new BadFileException("the file is empty.");
        var found = csv.Headers.Select(h => h.Trim().TrimStart('\uFEFF')).ToList();
        var places = Names.Select(name => found.FindIndex(h => h.Equals(name, StringComparison.OrdinalIgnoreCase))).ToArray();
        var missing = Names.Where((_, at) => places[at] < 0).ToList();
        if (missing.Count == 0) return places;
        throw new BadFileException(missing.Count == Names.Count
            ? $"this is not an Online Retail file: its first line must name the columns {string.Join(", ", Names)}."
            : $"the file has no column {string.Join(", ", missing)}.");
    }
}

/// <summary>The file as a whole cannot be taken; the message is the one line that the person reads.</summary>
public sealed class BadFileException(string message, Exception? inner = null) : Exception(message, inner);
