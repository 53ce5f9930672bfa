using Crm.Data;
using Crm.Web.Features.Catalogue;

namespace Crm.Web.Features.Exchange.OnlineRetail;

/// <summary>
/// What one first reading of the whole file finds out before anything is written: that it can be read to its end, what its
/// products are called and cost, and when its customers came. Grows with products, customers and invoices, not with lines.
/// </summary>
public sealed class OnlineRetailSurvey
{
    private readonly Dictionary<string, ProductFacts> products = [];
    private readonly Dictionary<string, CustomerFacts> customers = [];
    private readonly Dictionary<string, int> parts = [];

    /// <summary>Lines of the file without the header.</summary>
    public long Lines { get; private set; }

    /// <summary>Invoices whose lines stand apart in the file, with the number of their parts.</summary>
    public IReadOnlyDictionary<string, int> Scattered { get; private set; } = new Dictionary<string, int>();

    /// <summary>Reads the whole file once.</summary>
    /// <param name="onLine">Called now and then with the number of lines read.</param>
    public static OnlineRetailSurvey Of(OnlineRetailReader reader, Action onLine, CancellationToken ct)
    {
        var survey = new OnlineRetailSurvey();
        var last = "";
        foreach (var line in reader.ReadLines(ct))
        {
            survey.Note(line);
            if (line.Invoice.Length > 0 && line.Invoice != last)
            {
                last = line.Invoice;
                survey.parts[last] = survey.parts.GetValueOrDefault(last) + 1;
            }
            onLine();
        }
        survey.Scattered = survey.parts.Where(p => p.Value > 1).ToDictionary();
        survey.parts.Clear();
        return survey;
    }

    /// <summary>A product as it is to be called and priced, by any spelling of its code.</summary>
    public ImportedProduct Product(string stockCode) => products[ImportedProduct.Normalize(stockCode)].Describe();

    /// <summary>When a customer first traded and the country last named.</summary>
    public (DateTime FirstLocalTime, string? Country) Customer(string id) => (customers[id].First, customers[id].Country);

    private void Note(OnlineRetailLine line)
    {
        Lines++;
        if (line.Refusal is not null) return;
        var sku = ImportedProduct.Normalize(line.StockCode);
        if (!products.TryGetValue(sku, out var product)) products[sku] = product = new ProductFacts();
        product.Note(line);
        if (line.CustomerId is not { } id) return;
        if (!customers.TryGetValue(id, out var customer)) customers[id] = customer = new CustomerFacts(line.LocalTime);
        customer.Note(line);
    }

    private sealed class CustomerFacts(DateTime first)
    {
        public DateTime First { get; private set; } = first;
        public string? Country { get; private set; }

        public void Note(OnlineRetailLine line)
        {
            if (line.LocalTime < First) First = line.LocalTime;
            Country = line.Country ?? Country;
        }
    }

    private sealed class ProductFacts
    {
        private readonly Dictionary<string, int> spellings = [];
        private readonly Dictionary<string, int> names = [];
        private readonly Dictionary<string, int> namesOfSales = [];
        private decimal price;

        public void Note(OnlineRetailLine line)
        {
            Count(spellings, line.StockCode);
            if (line.UnitPrice > 0 && (!line.IsCancellation || price == 0)) price = line.UnitPrice;
            if (line.Description.Length == 0) return;
            Count(names, line.Description);
            if (line.UnitPrice > 0 && !line.IsCancellation) Count(namesOfSales, line.Description);
        }

        // What was written on most sales: the rest are remarks such as "damaged", "?" and "found".
        public ImportedProduct Describe()
        {
            var sku = MostFrequent(spellings)!;
            return new ImportedProduct(sku, MostFrequent(namesOfSales) ?? MostFrequent(names) ?? sku, Money.FromMajor(price));
        }

        private static void Count(Dictionary<string, int> counts, string text) => counts[text] = counts.GetValueOrDefault(text) + 1;

        private static string? MostFrequent(Dictionary<string, int> counts) =>
            counts.OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal).Select(c => c.Key).FirstOrDefault();
    }
}
