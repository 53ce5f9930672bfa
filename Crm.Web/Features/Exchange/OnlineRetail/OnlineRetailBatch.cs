using Crm.Data;
using Crm.Web.Features.Catalogue;
using Crm.Web.Features.Customers;
using Crm.Web.Features.Orders;
using Crm.Web.Features.Settings;

namespace Crm.Web.Features.Exchange.OnlineRetail;

/// <summary>Writes some whole invoices into one transaction of the caller: their customers, products, orders and returns.</summary>
public sealed class OnlineRetailBatch(ImportedCustomers customers, ImportedProducts products, PastOrders orders, Shop shop)
{
    /// <summary>What imported records call their origin.</summary>
    public const string Origin = "online-retail";

    /// <summary>Adds what is not here yet; the caller saves.</summary>
    /// <returns>The tally, moved on.</returns>
    public async Task<ImportTally> AddAsync(CrmDbContext db, IReadOnlyCollection<OnlineRetailInvoice> invoices, OnlineRetailSurvey survey, ImportTally tally, CancellationToken ct)
    {
        var trade = invoices.Where(i => i.Lines.Count > 0).ToList();
        var known = await PastOrders.KnownAsync(db, Origin, [.. trade.Select(i => i.Number)], ct);
        var fresh = trade.Where(i => !known.Contains(i.Number)).ToList();

        var buyers = await customers.FindOrAddAsync(db, Origin, [.. fresh.Select(i => i.CustomerId).OfType<string>().Distinct().Select(id => CustomerOf(id, survey))], ct);
        var codes = fresh.SelectMany(i => i.Lines).Select(l => ImportedProduct.Normalize(l.StockCode)).Distinct();
        var goods = await products.FindOrAddAsync(db, Origin, [.. codes.Select(survey.Product)], ct);

        var sales = fresh.Where(i => !i.IsReturn).Select(i => new PastOrder(
            i.Number, $"OR-{i.Number}", BuyerOf(i, buyers), i.LocalTime, i.Country, LinesOf(i, goods, survey))).ToList();
        var returns = fresh.Where(i => i.IsReturn).Select(i => new PastReturn(
            i.Number, $"OR-{i.Number}", BuyerOf(i, buyers), i.LocalTime, LinesOf(i, goods, survey))).ToList();
        await orders.AddAsync(db, Origin, sales, returns, ct);

        return new ImportTally(
            tally.LinesRead + invoices.Sum(i => i.LineCount),
            tally.LinesKnown + trade.Where(i => known.Contains(i.Number)).Sum(i => i.Lines.Count),
            tally.LinesRefused + invoices.Sum(i => i.LineCount - i.Lines.Count),
            tally.Customers + buyers.Added, tally.Products + goods.Added, tally.Orders + sales.Count, tally.Returns + returns.Count);
    }

    private ImportedCustomer CustomerOf(string id, OnlineRetailSurvey survey)
    {
        var (first, country) = survey.Customer(id);
        return new ImportedCustomer(id, "Customer", id, country, shop.ToUtc(first));
    }

    private static Crm.Data.Customers.Customer? BuyerOf(OnlineRetailInvoice invoice, FoundCustomers buyers) =>
        invoice.CustomerId is { } id ? buyers.ByExternalId[id] : null;

    private static List<PastLine> LinesOf(OnlineRetailInvoice invoice, FoundProducts goods, OnlineRetailSurvey survey) =>
        [.. invoice.Lines.Select(l => new PastLine(
            goods.BySku[ImportedProduct.Normalize(l.StockCode)],
            l.Description.Length > 0 ? l.Description : survey.Product(l.StockCode).Name,
            Math.Abs(l.Quantity),
            l.UnitPrice))];
}
