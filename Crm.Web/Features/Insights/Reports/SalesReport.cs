using System.Globalization;
using Crm.Data;
using Crm.Web.Features.Settings;
using Crm.Web.Platform.Pdf;
using Crm.Web.Platform.Results;
using Crm.Web.Ui;

namespace Crm.Web.Features.Insights.Reports;

/// <summary>The sales of one month on paper: totals, the year beside the last, every day, the best products and customers.</summary>
public sealed class SalesReport(TradeQueries trade, ShopPaper paper, Shop shop)
{
    private const int Best = 10;

    /// <summary>Reads the month and lays it out, for whoever sees the figures.</summary>
    /// <param name="month">Any day of the month.</param>
    public async Task<Result<PdfDocument>> OfAsync(TradeSource source, DateOnly month, CancellationToken ct)
    {
        var scope = TradeScope.Of(source);
        var period = new Period(new DateOnly(month.Year, month.Month, 1), new DateOnly(month.Year, month.Month, DateTime.DaysInMonth(month.Year, month.Month)));
        var years = new Period(new DateOnly(month.Year - 1, 1, 1), period.To);

        if ((await trade.TotalsAsync(scope, period, ct)).Failed(out var refusal, out var now)) return refusal;
        if ((await trade.TotalsAsync(scope, period.YearBefore, ct)).Failed(out refusal, out var before)) return refusal;
        if ((await trade.MonthsAsync(scope, years, ct)).Failed(out refusal, out var months)) return refusal;
        if ((await trade.DaysAsync(scope, period, ct)).Failed(out refusal, out var days)) return refusal;
        if ((await trade.TopProductsAsync(scope, period, Best, ct)).Failed(out refusal, out var products)) return refusal;
        if ((await trade.TopCustomersAsync(scope, period, Best, ct)).Failed(out refusal, out var customers)) return refusal;

        var money = source.CurrencyIn(shop);
        var name = month.ToString("MMMM yyyy", CultureInfo.InvariantCulture);
        var pdf = paper.Begin($"Sales in {name}", $"{period.From:d MMMM} to {period.To:d MMMM yyyy} · {source.Label}");
        pdf.Facts(
            Fact("Revenue", Write(money, now.Revenue), now.Revenue.Minor, before.Revenue.Minor),
            Fact("Orders", Number(now.Orders), now.Orders, before.Orders),
            Fact("Customers who bought", Number(now.Customers), now.Customers, before.Customers),
            new PdfFact("Average order", Write(money, now.AverageOrder), "", PdfTone.Plain));
        Year(pdf, months, month, money);
        Days(pdf, days, money);
        pdf.Heading("Best products").Table(
            [new("Product", 3), PdfColumn.Number("Units"), PdfColumn.Number("Revenue")],
            products.Select(p => Row(p.Name, Number(p.Count), Write(money, p.Revenue))), whenEmpty: "Nothing was sold in this month.");
        pdf.Heading("Best customers").Table(
            [new("Customer", 3), PdfColumn.Number("Orders"), PdfColumn.Number("Revenue")],
            customers.Select(c => Row(c.Name, Number(c.Count), Write(money, c.Revenue))), whenEmpty: "No known customer bought in this month.");
        return pdf;
    }

    private static void Year(PdfDocument pdf, IReadOnlyList<MonthOfTrade> months, DateOnly month, CurrencyFormat money)
    {
        var names = CultureInfo.InvariantCulture.DateTimeFormat.AbbreviatedMonthNames[..12];
        var thisYear = Line(months, month.Year, month.Month);
        var lastYear = Line(months, month.Year - 1, 12);
        var total = months.Where(m => m.Year == month.Year).Sum(m => m.Revenue.Minor);
        pdf.Heading("The year so far").LineChart(names,
            [new(Number(month.Year, "0"), thisYear), new(Number(month.Year - 1, "0"), lastYear, Before: true)],
            value => money.Short((long)value), $"Revenue by month: {Write(money, new Money(total))} from January to {names[month.Month - 1]} {month.Year}.");
    }

    private static void Days(PdfDocument pdf, IReadOnlyList<DayOfTrade> days, CurrencyFormat money) =>
        pdf.Heading("Day by day").Table(
            [new("Day", 2), PdfColumn.Number("Orders"), PdfColumn.Number("Customers"), PdfColumn.Number("Revenue")],
            days.Select(d => Row(d.Day.ToString("ddd d MMMM", CultureInfo.InvariantCulture), Number(d.Orders), Number(d.Customers), Write(money, d.Revenue))),
            Row("Total", Number(days.Sum(d => d.Orders)), "", Write(money, new Money(days.Sum(d => d.Revenue.Minor)))),
            "There was no trade in this month.");

    private static decimal?[] Line(IReadOnlyList<MonthOfTrade> months, int year, int upTo)
    {
        var known = months.Where(m => m.Year == year).ToDictionary(m => m.Month, m => m.Revenue.Minor);
        return [.. Enumerable.Range(1, 12).Select(m => known.TryGetValue(m, out var minor) ? minor : m <= upTo && known.Count > 0 && m > known.Keys.Min() ? 0 : (decimal?)null)];
    }

    private static PdfFact Fact(string label, string value, long now, long before)
    {
        if (before == 0) return new PdfFact(label, value, "", PdfTone.Plain);
        var change = decimal.Round((now - before) * 100m / before, 1, MidpointRounding.AwayFromZero);
        var sign = change < 0 ? "−" : "+";
        return new PdfFact(label, value, $"{sign}{Math.Abs(change).ToString("0.0", CultureInfo.InvariantCulture)} % on last year", change >= 0 ? PdfTone.Good : PdfTone.Bad);
    }

    private static string Write(CurrencyFormat money, Money amount) => money.Format(amount.Minor, culture: CultureInfo.InvariantCulture);
    private static string Number(long value, string format = "N0") => value.ToString(format, CultureInfo.InvariantCulture);
    private static PdfCell[] Row(params ReadOnlySpan<string> cells) => [.. cells.ToArray().Select(text => (PdfCell)text)];
}
