using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Crm.Web.Platform.Results;

namespace Crm.Web.Features.Insights;

/// <summary>The figures that published work on such data prints, so that anybody can compare.</summary>
/// <param name="Source">Whose trade: "shop" or "online-retail".</param>
/// <param name="Rule">Which sales count, in words.</param>
/// <param name="Customers">Different customers who bought.</param>
/// <param name="Revenue">Major units, exact to the cent.</param>
public sealed record Figures(
    string Source,
    string Rule,
    int Customers,
    int Orders,
    decimal Revenue,
    decimal AverageOrder,
    IReadOnlyList<FigureMonth> Months,
    IReadOnlyList<FigureCohort> Cohorts,
    IReadOnlyList<FigureRow> TopCustomers,
    IReadOnlyList<FigureRow> TopProducts,
    IReadOnlyList<FigureRow> TopCountries)
{
    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public string ToJson() => JsonSerializer.Serialize(this, Format);
}

/// <param name="Month">yyyy-MM.</param>
public sealed record FigureMonth(string Month, decimal Revenue, int Orders, int ActiveCustomers, int NewCustomers);

/// <param name="Month">yyyy-MM of the first order.</param>
/// <param name="Active">Customers who bought, by months since; index 0 is the whole cohort.</param>
public sealed record FigureCohort(string Month, IReadOnlyList<int> Active);

/// <param name="Orders">Of a customer or country; null of a product.</param>
/// <param name="Units">Of a product; null otherwise.</param>
public sealed record FigureRow(string Code, string Name, decimal Revenue, long? Orders, long? Units);

/// <summary>Puts the figures of a source together.</summary>
public sealed class FiguresReport(TradeQueries trade)
{
    private const int Most = 10;

    public async Task<Result<Figures>> OfAsync(TradeScope scope, CancellationToken ct)
    {
        if ((await trade.TotalsAsync(scope, Period.Ever, ct)).Failed(out var refusal, out var totals)) return refusal;
        if ((await trade.MonthsAsync(scope, Period.Ever, ct)).Failed(out refusal, out var months)) return refusal;
        if ((await trade.CohortsAsync(scope, ct)).Failed(out refusal, out var cohorts)) return refusal;
        if ((await trade.TopCustomersAsync(scope, Period.Ever, Most, ct)).Failed(out refusal, out var customers)) return refusal;
        if ((await trade.TopProductsAsync(scope, Period.Ever, Most, ct)).Failed(out refusal, out var products)) return refusal;
        if ((await trade.TopCountriesAsync(scope, Period.Ever, Most, ct)).Failed(out refusal, out var countries)) return refusal;
        return new Figures(
            scope.Source.Key, Rule(scope), totals.Customers, totals.Orders, totals.Revenue.Major, totals.AverageOrder.Major,
            [.. months.Select(m => new FigureMonth(Name(m.Year, m.Month), m.Revenue.Major, m.Orders, m.Customers, m.NewCustomers))],
            [.. cohorts.Select(c => new FigureCohort(Name(c.Year, c.Month), c.Active))],
            [.. customers.Select(r => new FigureRow(r.Code, r.Name, r.Revenue.Major, r.Count, null))],
            [.. products.Select(r => new FigureRow(r.Code, r.Name, r.Revenue.Major, null, r.Count))],
            [.. countries.Select(r => new FigureRow(r.Code, r.Name, r.Revenue.Major, r.Count, null))]);
    }

    private static string Rule(TradeScope scope) => scope.KnownCustomersOnly
        ? "customer known, quantity > 0, price > 0, not a cancellation"
        : "quantity > 0, price > 0, not a cancellation";

    private static string Name(int year, int month) => string.Create(CultureInfo.InvariantCulture, $"{year:0000}-{month:00}");
}
