using Crm.Data.Loyalty;
using Crm.Data.Orders;
using Crm.Data.Payments;
using Crm.Data.Storage;
using Crm.Web.Features.Customers.Profile;
using Crm.Web.Platform.Results;
using Crm.Web.Tests.Ground;

namespace Crm.Web.Tests.Features.Customers.Profile;

public sealed class HistoryQueriesTests
{
    private static readonly Guid Achieng = TestPeople.CustomerA.CustomerId!.Value;

    [Theory, BothDatabases, Trait("contract", "M-087"), Trait("contract", "M-165")]
    public async Task Orders_come_newest_first_page_by_page_and_only_this_customers(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        for (var i = 0; i < 2 * HistoryQueries.PageSize + 3; i++) await shop.OrderAsync(Achieng, TestClock.Start.AddHours(-(i / 3)), 1_000 + i, "Okra", "Garri");
        await shop.OrderAsync(TestPeople.CustomerB.CustomerId!.Value, TestClock.Start, 99);
        var history = shop.As(TestPeople.Agent).Get<HistoryQueries>();

        var rows = new List<OrderRow>();
        bool more;
        do
        {
            var page = (await history.OrdersAsync(Achieng, rows.LastOrDefault()?.Cursor, HistoryQueries.PageSize, CancellationToken.None)).Value;
            rows.AddRange(page.Rows);
            more = page.HasLater;
        }
        while (more);

        Assert.Equal(2 * HistoryQueries.PageSize + 3, rows.DistinctBy(r => r.Id).Count());
        Assert.Equal(rows.OrderByDescending(r => r.PlacedAt).ThenByDescending(r => r.Id), rows);
        Assert.All(rows, r => Assert.Equal(2, r.Lines));
    }

    [Theory, BothDatabases]
    public async Task An_order_opens_to_its_lines_payments_and_returns(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var order = await shop.OrderAsync(Achieng, TestClock.Start, 1_250, "Okra", "Garri");
        await using (var db = shop.Open())
        {
            var payment = new Payment { OrderId = order.Id, Method = PaymentMethod.Cash, AmountMinor = 2_500, CreatedAt = TestClock.Start };
            payment.Settle(TestClock.Start.AddMinutes(1));
            db.Payments.Add(payment);
            var back = new OrderReturn { Number = "R-1", OrderId = order.Id, CustomerId = Achieng, ReturnedAt = TestClock.Start, ReturnedOn = new(2026, 11, 20), Reason = "soft" };
            back.Lines.Add(new ReturnLine { ReturnId = back.Id, Name = "Okra", Quantity = 1, UnitPriceMinor = 1_250, TotalMinor = 1_250, Position = 1 });
            back.Sum();
            db.Returns.Add(back);
            await db.SaveChangesAsync();
        }

        var detail = (await shop.As(TestPeople.Agent).Get<HistoryQueries>().OrderAsync(Achieng, order.Id, CancellationToken.None)).Value;

        Assert.Equal(["Okra", "Garri"], detail.Lines.Select(l => l.Name));
        Assert.Equal((2_500L, TestClock.Start.AddMinutes(1)), (Assert.Single(detail.Payments).AmountMinor, detail.Payments[0].At));
        Assert.Equal(("R-1", 1_250L, "soft"), (Assert.Single(detail.Returns).Number, detail.Returns[0].TotalMinor, detail.Returns[0].Reason));
    }

    [Theory, BothDatabases, Trait("contract", "M-088")]
    public async Task Every_line_of_the_ledger_says_the_balance_after_it(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var order = await shop.OrderAsync(Achieng, TestClock.Start, 1_000);
        await shop.PointsAsync(Achieng, LoyaltyKind.Earn, 5, TestClock.Start.AddDays(-9), order.Id);
        for (var i = 0; i < 30; i++) await shop.PointsAsync(Achieng, i % 3 == 0 ? LoyaltyKind.Redeem : LoyaltyKind.Earn, i % 3 == 0 ? -7 : 10 + i, TestClock.Start.AddHours(i / 2));
        var history = shop.As(TestPeople.Agent).Get<HistoryQueries>();

        var first = (await history.PointsAsync(Achieng, null, HistoryQueries.PageSize, CancellationToken.None)).Value;
        var second = (await history.PointsAsync(Achieng, first.Rows[^1].Cursor, HistoryQueries.PageSize, CancellationToken.None)).Value;

        var rows = first.Rows.Concat(second.Rows).Reverse().ToList();
        Assert.Equal(31, rows.Count);
        Assert.False(second.HasLater);
        Assert.Equal(order.Number, rows[0].SourceNumber);
        long balance = 0;
        foreach (var row in rows) Assert.Equal(balance += row.Points, row.Balance);
    }

    [Theory, BothDatabases, Trait("contract", "M-044")]
    public async Task Nobody_but_staff_reads_a_history_and_an_order_opens_only_under_its_own_customer(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var order = await shop.OrderAsync(Achieng, TestClock.Start, 1_000);

        foreach (var desk in shop.Outsiders())
        {
            var history = desk.Get<HistoryQueries>();
            Assert.IsType<ForbiddenError>((await history.OrdersAsync(Achieng, null, HistoryQueries.PageSize, CancellationToken.None)).Error);
            Assert.IsType<ForbiddenError>((await history.OrderAsync(Achieng, order.Id, CancellationToken.None)).Error);
            Assert.IsType<ForbiddenError>((await history.PointsAsync(Achieng, null, HistoryQueries.PageSize, CancellationToken.None)).Error);
        }
        var other = TestPeople.CustomerB.CustomerId!.Value;
        Assert.IsType<NotFoundError>((await shop.As(TestPeople.Agent).Get<HistoryQueries>().OrderAsync(other, order.Id, CancellationToken.None)).Error);
    }
}
