using Crm.Data.Customers;
using Crm.Data.Loyalty;
using Crm.Data.Orders;
using Crm.Data.Payments;
using Crm.Data.Storage;
using Crm.Web.Features.Customers;
using Crm.Web.Features.Customers.Statement;
using Crm.Web.Platform.Results;
using Crm.Web.Tests.Ground;
using Crm.Web.Tests.Platform.Pdf;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Customers.Statement;

public sealed class CustomerStatementTests
{
    private static readonly Guid Olayinka = TestPeople.CustomerB.CustomerId!.Value;
    private static readonly StatementPeriod November = new(new(2026, 11, 1), new(2026, 11, 30));

    [Theory, BothDatabases]
    public async Task The_period_is_the_shops_days_and_the_sums_are_of_what_counts(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await TradeAsync(shop);

        var content = (await shop.As(TestPeople.Agent).Get<StatementQueries>().ReadAsync(Olayinka, November, CancellationToken.None)).Value;

        Assert.Equal([2_000L, 500L, 9_999L], content.Orders.Select(o => o.TotalMinor));
        Assert.Equal((2_500L, 2_500L, 500L), (content.OrderedMinor, content.PaidMinor, content.ReturnedMinor));
        Assert.Equal((40L, 40L + 20 - 15), (content.PointsBefore, content.PointsAfter));
        Assert.Equal([20, -15], content.Points.Select(p => p.Points));
        Assert.Equal(["12 Danforth Ave", "Toronto M4K 1N2"], content.Address);
    }

    [Theory, BothDatabases]
    public async Task The_paper_is_sound_and_names_and_sums_stand_on_it(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await TradeAsync(shop);

        var pdf = (await shop.As(TestPeople.Agent).Get<CustomerStatement>().OfAsync(Olayinka, November, CancellationToken.None)).Value;
        using var stream = new MemoryStream();
        await pdf.SaveAsync(stream, CancellationToken.None);
        var text = PdfTools.Flowing(stream.ToArray());

        PdfTools.Check(stream.ToArray());
        foreach (var expected in new[] { "Ọláyínká", "1 Nov 2026 to 30 Nov 2026", "$25.00", "without cancelled", "Card, paid", "Brought forward", "soft", "−15", "45" })
            Assert.Contains(expected, text, StringComparison.Ordinal);
    }

    [Theory, BothDatabases]
    public async Task An_empty_period_says_so(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);

        var pdf = (await shop.As(TestPeople.Agent).Get<CustomerStatement>().OfAsync(Olayinka, November, CancellationToken.None)).Value;
        using var stream = new MemoryStream();
        await pdf.SaveAsync(stream, CancellationToken.None);

        Assert.Contains("Nothing was ordered in this period.", PdfTools.Flowing(stream.ToArray()), StringComparison.Ordinal);
    }

    [Theory, BothDatabases, Trait("contract", "M-044")]
    public async Task A_customer_has_their_own_statement_and_nobody_elses(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await TradeAsync(shop);

        Assert.Null((await shop.As(TestPeople.CustomerB).Get<StatementQueries>().ReadAsync(Olayinka, November, CancellationToken.None)).Error);
        foreach (var desk in new[] { shop.As(TestPeople.CustomerA), shop.AsStranger() })
        {
            Assert.IsType<CustomerNotFound>((await desk.Get<StatementQueries>().ReadAsync(Olayinka, November, CancellationToken.None)).Error);
            Assert.IsType<CustomerNotFound>((await desk.Get<CustomerStatement>().OfAsync(Olayinka, November, CancellationToken.None)).Error);
        }
        var walkIn = await shop.CustomerAsync("Walk", "In");
        Assert.IsType<CustomerNotFound>((await shop.AsStranger().Get<StatementQueries>().ReadAsync(walkIn.Id, November, CancellationToken.None)).Error);
        Assert.IsType<CustomerNotFound>((await shop.As(TestPeople.Agent).Get<StatementQueries>().ReadAsync(Guid.CreateVersion7(), November, CancellationToken.None)).Error);
    }

    [Theory]
    [InlineData(null, null, "2025-11-21", "2026-11-20")]
    [InlineData("2026-01-31", "2026-02-28", "2026-01-31", "2026-02-28")]
    [InlineData("2026-02-28", "2026-01-31", null, null)]
    [InlineData("2026-02-28", null, null, null)]
    [InlineData("28.2.2026", "1.3.2026", null, null)]
    [InlineData("2020-01-01", "2026-01-01", null, null)]
    public void A_period_is_two_days_in_order_and_not_endless(string? from, string? to, string? first, string? last)
    {
        var read = StatementPeriod.Read(from, to, new DateOnly(2026, 11, 20));

        if (first is null) Assert.IsType<InvalidError>(read.Error);
        else Assert.Equal((first, last), (read.Value.From.ToString("yyyy-MM-dd"), read.Value.To.ToString("yyyy-MM-dd")));
    }

    [Fact]
    public void The_offered_periods_end_today_at_the_latest()
    {
        var today = new DateOnly(2026, 11, 20);

        Assert.Equal(new StatementPeriod(new(2026, 11, 1), today), StatementPeriod.MonthOf(today, today));
        Assert.Equal(new StatementPeriod(new(2026, 10, 1), new(2026, 10, 31)), StatementPeriod.MonthOf(today.AddMonths(-1), today));
        Assert.Equal(new StatementPeriod(new(2025, 1, 1), new(2025, 12, 31)), StatementPeriod.YearOf(today.AddYears(-1), today));
    }

    // The last minute of October in the shop is the first of November in UTC.
    private static async Task TradeAsync(TestShop shop)
    {
        await shop.PointsAsync(Olayinka, LoyaltyKind.Earn, 40, new DateTime(2026, 11, 1, 3, 59, 0, DateTimeKind.Utc));
        var paid = await SellAsync(shop, new DateTime(2026, 11, 2, 15, 0, 0, DateTimeKind.Utc), 2_000);
        var small = await SellAsync(shop, new DateTime(2026, 11, 3, 15, 0, 0, DateTimeKind.Utc), 500);
        var cancelled = await SellAsync(shop, new DateTime(2026, 11, 4, 15, 0, 0, DateTimeKind.Utc), 9_999, OrderStatus.Cancelled);
        await SellAsync(shop, new DateTime(2026, 10, 31, 15, 0, 0, DateTimeKind.Utc), 7_777);
        await shop.PointsAsync(Olayinka, LoyaltyKind.Earn, 20, new DateTime(2026, 11, 2, 15, 0, 0, DateTimeKind.Utc), paid.Id);
        await shop.PointsAsync(Olayinka, LoyaltyKind.Redeem, -15, new DateTime(2026, 11, 30, 23, 0, 0, DateTimeKind.Utc));
        await shop.PointsAsync(Olayinka, LoyaltyKind.Earn, 99, new DateTime(2026, 12, 1, 5, 0, 0, DateTimeKind.Utc));
        await using var db = shop.Open();
        foreach (var (order, settled) in new[] { (paid, true), (small, true), (cancelled, false) })
        {
            var payment = new Payment { OrderId = order.Id, Method = PaymentMethod.Card, AmountMinor = order.TotalMinor, CreatedAt = order.PlacedAt };
            if (settled) payment.Settle(order.PlacedAt);
            else payment.Fail();
            db.Payments.Add(payment);
        }
        var back = new OrderReturn { Number = "R-1", OrderId = small.Id, CustomerId = Olayinka, ReturnedAt = TestClock.Start, ReturnedOn = new(2026, 11, 20), Reason = "soft" };
        back.Lines.Add(new ReturnLine { ReturnId = back.Id, Name = "Okra", Quantity = 1, UnitPriceMinor = 500, TotalMinor = 500, Position = 1 });
        back.Sum();
        db.Returns.Add(back);
        db.CustomerAddresses.Add(new CustomerAddress { CustomerId = Olayinka, Street = "12 Danforth Ave", City = "Toronto", PostalCode = "M4K 1N2", Country = "CA", IsDefault = true });
        await db.SaveChangesAsync();
    }

    private static async Task<Order> SellAsync(TestShop shop, DateTime at, long price, OrderStatus status = OrderStatus.Completed)
    {
        var order = await shop.OrderAsync(Olayinka, at, price);
        if (status is OrderStatus.Completed) return order;
        await using var db = shop.Open();
        await db.Orders.Where(o => o.Id == order.Id).ExecuteUpdateAsync(set => set.SetProperty(o => o.Status, status));
        return order;
    }
}
