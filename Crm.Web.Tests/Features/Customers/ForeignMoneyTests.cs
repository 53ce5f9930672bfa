using System.Globalization;
using Crm.Data;
using Crm.Data.Customers;
using Crm.Data.Storage;
using Crm.Web.Features.Customers.List;
using Crm.Web.Features.Customers.Profile;
using Crm.Web.Platform.Access;
using Crm.Web.Tests.Features.Accounts;
using Crm.Web.Tests.Features.Exchange.OnlineRetail;
using Crm.Web.Tests.Ground;
using Crm.Web.Tests.Platform.Pdf;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Customers;

/// <summary>Trade that was read in keeps its own currency: no pound is ever shown, summed or exported as a dollar.</summary>
public sealed class ForeignMoneyTests
{
    [Theory, BothDatabases, Trait("contract", "M-073")]
    public async Task Totals_of_the_list_leave_other_currencies_out_and_say_so(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var own = await shop.CustomerAsync("Kwame", "Mensah");
        await shop.OrderAsync(own.Id, TestClock.Start, 1_001);
        await shop.ImportAsync(OnlineRetailFiles.Sample);
        await using var db = shop.Open();
        var imported = await db.Customers.CountAsync(c => c.Origin == "online-retail");

        var totals = (await shop.As(TestPeople.Agent).Get<CustomerQueries>().TotalsAsync(new CustomerListQuery(), default)).Value;

        Assert.Equal((1_001L, 1L, imported), (totals.SpentMinor, totals.Orders, totals.Foreign));
        Assert.Equal(await db.Customers.CountAsync(), totals.Customers);
        Assert.Equal(1_001, totals.AverageOrderMinor);
    }

    [Theory, BothDatabases]
    public async Task A_tier_is_not_climbed_by_another_currency(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await using var db = shop.Open();
        db.LoyaltyTiers.AddRange(new() { Name = "Bronze", ThresholdMinor = 0 }, new() { Name = "Gold", ThresholdMinor = 100_000 });
        var customer = Imported();
        db.Add(customer);
        await db.SaveChangesAsync();
        await shop.OrderAsync(customer.Id, TestClock.Start, 90_000);

        var profile = (await shop.As(TestPeople.Agent).Get<ProfileQueries>().ReadAsync(customer.Id, default)).Value;

        Assert.Equal(("Gold", 100_000L), (profile.Tier.NextName, profile.Tier.MissingMinor));
    }

    [Theory, BothDatabases]
    public async Task List_page_file_and_statement_show_pounds_as_pounds(DatabaseKind kind)
    {
        Guid id = default;
        await using var site = await TestSite.OpenAsync(kind, arrange: async db =>
        {
            var customer = Imported();
            var order = new Crm.Data.Orders.Order { Number = "OR-536365", CustomerId = customer.Id, Channel = Crm.Data.Orders.OrderChannel.Imported, PlacedAt = TestClock.Start, PlacedOn = DateOnly.FromDateTime(TestClock.Start), Origin = "online-retail", ExternalId = "536365" };
            order.Lines.Add(new() { OrderId = order.Id, Name = "Lantern", Quantity = 1, UnitPriceMinor = 98_765, TotalMinor = 98_765, Position = 1 });
            order.Sum(Money.Zero, Money.Zero, Money.Zero);
            customer.CountOrder(new Money(order.TotalMinor), order.PlacedAt);
            db.AddRange(customer, order);
            await db.SaveChangesAsync();
            id = customer.Id;
        });
        var account = await Given.AccountAsync(site.Open, Roles.Agent);
        using var browser = site.Browser();
        await browser.SignInAsync(account.UserName);

        await browser.GoAsync("/customers");
        Assert.Contains("£987.65", browser.Text, StringComparison.Ordinal);
        Assert.Contains("without 1 customer imported in another currency", browser.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("$987.65", browser.Text, StringComparison.Ordinal);
        foreach (var tab in new[] { "", "?tab=orders" })
        {
            await browser.GoAsync($"/customers/{id}{tab}");
            Assert.Contains("£987.65", browser.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("$987.65", browser.Text, StringComparison.Ordinal);
        }
        await browser.GoAsync("/customers/export.csv");
        Assert.Contains(",987.65,GBP,", await browser.Answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var day = TestClock.Start.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        await browser.GoAsync($"/customers/{id}/statement.pdf?from={day}&to={day}");
        var paper = PdfTools.Flowing(await browser.Answer.Content.ReadAsByteArrayAsync());
        Assert.Contains("£987.65", paper, StringComparison.Ordinal);
        Assert.DoesNotContain("$987.65", paper, StringComparison.Ordinal);
    }

    private static Customer Imported()
    {
        var customer = new Customer { Number = 7_001, Origin = "online-retail", ExternalId = "17850", JoinedAt = TestClock.Start };
        customer.Rename("Customer", "17850");
        return customer;
    }
}
