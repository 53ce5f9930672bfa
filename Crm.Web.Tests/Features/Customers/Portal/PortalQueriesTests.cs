using Crm.Data.Customers;
using Crm.Data.Orders;
using Crm.Data.Storage;
using Crm.Web.Features.Customers.Portal;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Customers.Portal;

public sealed class PortalQueriesTests
{
    [Theory, BothDatabases, Trait("contract", "M-075"), Trait("contract", "M-076"), Trait("contract", "M-077"), Trait("contract", "M-079")]
    public async Task Home_shows_who_I_am_my_points_and_what_I_bought(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await shop.AddTiersAsync();
        await shop.SellAsync(TestPeople.CustomerA, 480_00, shop.Clock.Now.AddDays(-500));
        await shop.SellAsync(TestPeople.CustomerA, 2_450_00, shop.Clock.Now.AddDays(-200));
        await shop.SellAsync(TestPeople.CustomerA, 30_00, shop.Clock.Now.AddDays(-2), OrderStatus.Ready);
        await shop.SellAsync(TestPeople.CustomerA, 99_00, shop.Clock.Now.AddDays(-1), OrderStatus.Cancelled);
        await shop.SellAsync(TestPeople.CustomerB, 5_000_00);
        await shop.GivePointsAsync(TestPeople.CustomerA, 2480);
        await shop.GivePointsAsync(TestPeople.CustomerB, 77);

        var home = (await shop.As(TestPeople.CustomerA).Get<PortalQueries>().HomeAsync(default)).Value;

        Assert.Equal(("Achieng", 2480, 24_80L), (home.FirstName, home.Points, home.WorthMinor));
        Assert.Equal(("Gold", "Platinum", 520_00L), (home.Tier.Name, home.Tier.NextName, home.Tier.MissingMinor));
        Assert.Equal(new PurchaseFigures(3, 2_960_00, 2, 2_480_00), home.Purchases);
        Assert.Equal(986_67, home.Purchases.AverageMinor);
        Assert.Equal([OrderStatus.Cancelled, OrderStatus.Ready, OrderStatus.Completed], home.Orders.Select(o => o.Status));
        Assert.Equal(new DateOnly(2025, 11, 20), home.JoinedOn);
        Assert.Equal(("achieng@example.com", true, false, false, false),
            (home.Profile.Email, home.Profile.IsVerified, home.Profile.NotifyByEmail, home.Profile.NotifyBySms, home.Profile.NotifyByPush));
        Assert.DoesNotContain("ZZ-B-SECRET", System.Text.Json.JsonSerializer.Serialize(home));
    }

    [Theory, BothDatabases]
    public async Task What_came_back_is_taken_off_what_was_spent(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var order = await shop.SellAsync(TestPeople.CustomerA, 80_00, shop.Clock.Now.AddDays(-9), OrderStatus.PartlyRefunded);
        await using (var db = shop.Open())
        {
            var back = new OrderReturn { Number = "RET-1", OrderId = order.Id, CustomerId = TestPeople.CustomerA.CustomerId, ReturnedAt = shop.Clock.Now, ReturnedOn = DateOnly.FromDateTime(shop.Clock.Now) };
            back.Lines.Add(new ReturnLine { ReturnId = back.Id, Name = "Okra", Quantity = 1, UnitPriceMinor = 20_00, TotalMinor = 20_00, Position = 1 });
            back.Sum();
            db.Returns.Add(back);
            await db.SaveChangesAsync();
        }

        var home = (await shop.As(TestPeople.CustomerA).Get<PortalQueries>().HomeAsync(default)).Value;

        Assert.Equal(new PurchaseFigures(1, 60_00, 1, 60_00), home.Purchases);
    }

    [Theory, BothDatabases]
    public async Task Foods_that_I_keep_buying_come_first_by_how_often(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var (ackee, okra, yam, gone) = (await shop.AddProductAsync("Ackee", "ackee"), await shop.AddProductAsync("Okra"), await shop.AddProductAsync("Yam"), await shop.AddProductAsync("Gone", active: false));
        for (var week = 1; week <= 3; week++) await shop.SellAsync(TestPeople.CustomerA, 20_00, shop.Clock.Now.AddDays(-7 * week), products: week < 3 ? [okra, ackee, gone] : [ackee, yam, gone]);
        await shop.SellAsync(TestPeople.CustomerA, 20_00, shop.Clock.Now.AddDays(-400), products: [yam]);
        for (var i = 0; i < 4; i++) await shop.SellAsync(TestPeople.CustomerB, 20_00, products: [yam]);

        var home = (await shop.As(TestPeople.CustomerA).Get<PortalQueries>().HomeAsync(default)).Value;

        Assert.Equal([new(ackee.Id, "Ackee", "ackee", 3), new(okra.Id, "Okra", null, 2)], home.Often);
        Assert.Equal(["ackee", "ackee", "ackee"], home.Orders.Select(o => o.Art));
        Assert.Equal(3, home.Orders[0].Things);
    }

    [Theory, BothDatabases]
    public async Task A_customer_who_never_bought_has_a_page_too(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await using (var db = shop.Open())
        {
            var customer = await db.Customers.SingleAsync(c => c.Id == TestPeople.CustomerA.CustomerId);
            customer.AddPoints(-40);
            customer.Diets.Add(new CustomerDiet { CustomerId = customer.Id, Diet = Diet.NutAllergy });
            await db.SaveChangesAsync();
        }

        var home = (await shop.As(TestPeople.CustomerA).Get<PortalQueries>().HomeAsync(default)).Value;

        Assert.Equal((-40, 0L), (home.Points, home.WorthMinor));
        Assert.Equal(new PurchaseFigures(0, 0, 0, 0), home.Purchases);
        Assert.Null(home.Purchases.AverageMinor);
        Assert.Empty(home.Orders);
        Assert.Equal(["Nut allergy"], home.Profile.Diets);
    }

    [Theory, BothDatabases]
    public async Task Staff_without_a_customer_record_and_strangers_are_told_whom_the_page_is_for(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);

        foreach (var desk in new[] { shop.As(TestPeople.Owner), shop.As(TestPeople.Agent), shop.AsStranger() })
            Assert.IsType<NotACustomer>((await desk.Get<PortalQueries>().HomeAsync(default)).Error);
    }
}
