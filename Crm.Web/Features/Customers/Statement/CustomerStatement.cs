using System.Globalization;
using Crm.Data.Orders;
using Crm.Web.Features.Customers.Profile;
using Crm.Web.Features.Settings;
using Crm.Web.Platform.Pdf;
using Crm.Web.Platform.Phones;
using Crm.Web.Platform.Results;

namespace Crm.Web.Features.Customers.Statement;

/// <summary>A customer's statement on the shop's paper: what was ordered, paid, brought back, and what happened to the points.</summary>
public sealed class CustomerStatement(StatementQueries queries, ShopPaper paper, Shop shop)
{
    /// <summary>Reads the period and lays it out; for staff and for the customer whose record it is.</summary>
    /// <returns>The document, or <see cref="CustomerNotFound"/>.</returns>
    public async Task<Result<PdfDocument>> OfAsync(Guid customerId, StatementPeriod period, CancellationToken ct)
    {
        if ((await queries.ReadAsync(customerId, period, ct)).Failed(out var refusal, out var content)) return refusal;
        var pdf = paper.Begin("Statement", period.ToString()).Details([.. Person(content)]).Facts(
            new PdfFact("Ordered", Money(content, content.OrderedMinor), CustomerWords.Count(content.Orders.Count(o => o.Status is not OrderStatus.Cancelled), "order")),
            new PdfFact("Paid", Money(content, content.PaidMinor), ""),
            new PdfFact("Came back", Money(content, content.ReturnedMinor), ""),
            new PdfFact("Points", Number(content.PointsAfter), $"on {Day(period.To)}"));
        Orders(pdf, content);
        Payments(pdf, content);
        if (content.Returns.Count > 0) Returns(pdf, content);
        Points(pdf, content);
        return pdf;
    }

    private IEnumerable<(string, string)> Person(StatementContent content)
    {
        yield return ("Customer", content.Name);
        yield return ("Number", CustomerName.Number(content.Number));
        if (content.Phone is { } phone) yield return ("Phone", PhoneNumber.Format(phone, shop.Settings.Country));
        if (content.Email is { } email) yield return ("E-mail", email);
        if (content.Address.Count > 0) yield return ("Address", string.Join(", ", content.Address));
    }

    private void Orders(PdfDocument pdf, StatementContent content) => pdf.Heading("Orders").Table(
        [new("Day", 1.2), new("Order", 2.2), new("State", 1.4), PdfColumn.Number("Products", 0.8), PdfColumn.Number("Total")],
        content.Orders.Select(o => Row(Day(o.On), o.Number, HistoryWords.Of(o.Status), Number(o.Lines), Money(content, o.TotalMinor))),
        content.Orders.Count == 0 ? null : Row("Total", "", content.Orders.Any(o => o.Status is OrderStatus.Cancelled) ? "without cancelled" : "", "", Money(content, content.OrderedMinor)),
        "Nothing was ordered in this period.");

    private void Payments(PdfDocument pdf, StatementContent content) => pdf.Heading("Payments").Table(
        [new("Day", 1.2), new("For order", 2.2), new("How", 2.2), PdfColumn.Number("Amount")],
        content.Payments.Select(p => Row(Day(shop.DayOf(p.At)), p.OrderNumber, $"{HistoryWords.Of(p.Method)}, {HistoryWords.Of(p.Status)}", Money(content, p.AmountMinor))),
        content.Payments.Count == 0 ? null : Row("Paid", "", "", Money(content, content.PaidMinor)),
        "No payment came in this period.");

    private void Returns(PdfDocument pdf, StatementContent content) => pdf.Heading("Came back").Table(
        [new("Day", 1.2), new("Return", 2.2), new("Why", 2.2), PdfColumn.Number("Worth")],
        content.Returns.Select(r => Row(Day(r.On), r.Number, r.Reason ?? "", Money(content, r.TotalMinor))), Row("Total", "", "", Money(content, content.ReturnedMinor)));

    private void Points(PdfDocument pdf, StatementContent content)
    {
        var balance = content.PointsBefore;
        pdf.Heading("Points").Table(
            [new("Day", 1.2), new("What", 1.4), new("For", 2.6), PdfColumn.Number("Points"), PdfColumn.Number("Balance")],
            content.Points.Select(p => Row(Day(shop.DayOf(p.At)), HistoryWords.Of(p.Kind), p.OrderNumber ?? p.Note ?? "", HistoryWords.Signed(p.Points), Number(balance += p.Points)))
                .Prepend(Row(Day(content.Period.From), "Brought forward", "", "", Number(content.PointsBefore))),
            Row(Day(content.Period.To), "Balance", "", "", Number(content.PointsAfter)));
    }

    private string Money(StatementContent content, long minor) => shop.CurrencyOf(content.Origin).Format(minor, culture: CultureInfo.InvariantCulture);

    private static string Day(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    private static string Number(long value) => value < 0 ? $"−{(-value).ToString("N0", CultureInfo.InvariantCulture)}" : value.ToString("N0", CultureInfo.InvariantCulture);

    private static PdfCell[] Row(params ReadOnlySpan<string> cells) => [.. cells.ToArray().Select(text => (PdfCell)text)];
}
