using Crm.Data;
using Crm.Data.Audit;
using Crm.Data.Catalogue;
using Crm.Data.Loyalty;
using Crm.Data.Orders;
using Crm.Data.Payments;
using Crm.Data.Search;
using Crm.Data.Storage;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Exchange.OnlineRetail;

/// <summary>One test for each trap that the file sets, on small files of its kind.</summary>
public sealed class OnlineRetailTrapTests
{
    [Theory, BothDatabases]
    public async Task An_invoice_becomes_a_completed_order_with_its_payment_and_points(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await ImportAsync(shop,
            "536365,85123A,WHITE HANGING HEART T-LIGHT HOLDER ,6,2010-12-01 23:26:00,2.55,17850.0,United Kingdom",
            "536365,71053,WHITE METAL LANTERN,6,2010-12-01 23:27:00,3.39,17850.0,United Kingdom");

        await using var db = shop.Open();
        var order = await db.Orders.Include(o => o.Lines.OrderBy(l => l.Position)).Include(o => o.History).SingleAsync();
        var customer = await db.Customers.SingleAsync(c => c.Origin == "online-retail");
        var payment = await db.Payments.SingleAsync();
        var entry = await db.LoyaltyEntries.SingleAsync();

        Assert.Equal(("OR-536365", "536365", OrderChannel.Imported, OrderStatus.Completed, "United Kingdom"), (order.Number, order.ExternalId, order.Channel, order.Status, order.Country));
        Assert.Equal(new DateTime(2010, 12, 2, 4, 26, 0, DateTimeKind.Utc), order.PlacedAt);
        Assert.Equal(new DateOnly(2010, 12, 1), order.PlacedOn);
        Assert.Equal((3564, 3564, 35), (order.SubtotalMinor, order.TotalMinor, order.PointsEarned));
        Assert.Equal(["WHITE HANGING HEART T-LIGHT HOLDER 6 255 1530", "WHITE METAL LANTERN 6 339 2034"], order.Lines.Select(l => $"{l.Name} {l.Quantity} {l.UnitPriceMinor} {l.TotalMinor}"));
        Assert.Equal((null, OrderStatus.Completed), (Assert.Single(order.History).From, order.History[0].To));
        Assert.Equal(("Customer 17850", "17850", "United Kingdom", order.PlacedAt), (customer.Name, customer.ExternalId, customer.Country, customer.JoinedAt));
        Assert.Equal((1, 3564, 35, order.PlacedAt), (customer.OrderCount, customer.SpentMinor, customer.PointsBalance, customer.LastOrderAt));
        Assert.Equal((order.Id, PaymentMethod.Imported, PaymentStatus.Settled, 3564), (payment.OrderId, payment.Method, payment.Status, payment.AmountMinor));
        Assert.Equal((customer.Id, LoyaltyKind.Earn, 35, 35, "order", order.Id), (entry.CustomerId, entry.Kind, entry.Points, entry.Remaining, entry.SourceKind, entry.SourceId));
    }

    [Theory, BothDatabases]
    public async Task A_cancellation_becomes_a_return_with_positive_quantities_and_takes_its_points_back(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await ImportAsync(shop,
            "541431,23166,MEDIUM CERAMIC TOP STORAGE JAR,74215,2011-01-18 10:01:00,1.04,12346.0,United Kingdom",
            "C541433,23166,MEDIUM CERAMIC TOP STORAGE JAR,-74215,2011-01-18 10:17:00,1.04,12346.0,United Kingdom",
            "C536379,D,Discount,-1,2010-12-01 09:41:00,27.50,14527.0,United Kingdom");

        await using var db = shop.Open();
        var back = await db.Returns.Include(r => r.Lines).SingleAsync(r => r.ExternalId == "C541433");
        var balances = await db.Customers.Where(c => c.Origin != null).ToDictionaryAsync(c => c.ExternalId!, c => (c.PointsBalance, c.SpentMinor, c.OrderCount));

        Assert.Equal((7_718_360, 74_215, 104), (back.TotalMinor, back.Lines[0].Quantity, back.Lines[0].UnitPriceMinor));
        Assert.Equal((0, 0, 1), balances["12346"]);
        Assert.Equal((-27, -2750, 0), balances["14527"]);
        Assert.Equal([LoyaltyKind.Earn, LoyaltyKind.Reverse, LoyaltyKind.Reverse], await db.LoyaltyEntries.OrderBy(e => e.Kind).Select(e => e.Kind).ToListAsync());
    }

    [Theory, BothDatabases]
    public async Task Codes_equal_but_for_case_are_one_product_named_as_on_most_sales_at_its_last_price(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await ImportAsync(shop,
            "1,85123A,?,1,2011-01-01 10:00:00,0,7,France",
            "1,85123A,?,1,2011-01-01 10:00:00,0,7,France",
            "1,85123A,?,1,2011-01-01 10:00:00,0,7,France",
            "2,85123a,CREAM HANGING HEART,1,2011-01-02 10:00:00,2.55,7,France",
            "3,85123A,WHITE HANGING HEART,1,2011-01-03 10:00:00,2.95,7,France",
            "4,85123A,WHITE HANGING HEART,1,2011-01-04 10:00:00,3.25,8,France",
            "C5,85123A,WHITE HANGING HEART,-1,2011-01-05 10:00:00,9.99,8,France",
            "6,85123A,,1,2011-01-06 10:00:00,0,8,France");

        await using var db = shop.Open();
        var product = await db.Products.SingleAsync();
        Assert.Equal(("85123A", "WHITE HANGING HEART", 325L, false, false, "online-retail"), (product.Sku, product.Name, product.PriceMinor, product.TracksStock, product.IsActive, product.Origin));
        Assert.Equal(["", "?", "CREAM HANGING HEART", "WHITE HANGING HEART"], (await db.OrderLines.Select(l => l.Name).Distinct().ToListAsync()).Append("").Order(StringComparer.Ordinal));
        Assert.Equal("WHITE HANGING HEART", (await db.Orders.Where(o => o.ExternalId == "6").SelectMany(o => o.Lines).SingleAsync()).Name);
    }

    [Theory, BothDatabases]
    public async Task Prices_finer_than_a_penny_are_rounded_once_at_the_line_and_free_lines_stay(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await ImportAsync(shop,
            "550193,PADS,PADS TO MATCH ALL CUSHIONS,1,2011-04-15 09:27:00,0.001,13952.0,United Kingdom",
            "550193,A,a,5,2011-04-15 09:27:00,0.001,13952.0,United Kingdom",
            "550193,B,b,3,2011-04-15 09:27:00,0.335,13952.0,United Kingdom",
            "550193,C,c,2,2011-04-15 09:27:00,0,13952.0,United Kingdom");

        await using var db = shop.Open();
        Assert.Equal([0L, 1L, 101L, 0L], await db.OrderLines.OrderBy(l => l.Position).Select(l => l.TotalMinor).ToListAsync());
        Assert.Equal(102, (await db.Orders.SingleAsync()).TotalMinor);
    }

    [Theory, BothDatabases]
    public async Task Exact_duplicates_are_lines_of_their_own(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await ImportAsync(shop, "1,A,a,1,2011-01-01 10:00:00,2,7,France", "1,A,a,1,2011-01-01 10:00:00,2,7,France");

        await using var db = shop.Open();
        Assert.Equal((2, 400), (await db.OrderLines.CountAsync(), (await db.Orders.SingleAsync()).TotalMinor));
    }

    [Theory, BothDatabases]
    public async Task A_sale_to_nobody_known_is_an_order_without_customer_and_points(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await ImportAsync(shop, "536544,21773,DECORATIVE ROSE BATHROOM BOTTLE,1,2010-12-01 14:32:00,2.51,,Unspecified");

        await using var db = shop.Open();
        var order = await db.Orders.SingleAsync();
        Assert.Equal((null, null, 251, 0), (order.CustomerId, order.Country, order.TotalMinor, order.PointsEarned));
        Assert.False(await db.Customers.AnyAsync(c => c.Origin != null));
        Assert.False(await db.LoyaltyEntries.AnyAsync());
    }

    [Theory, BothDatabases]
    public async Task A_customer_of_two_countries_lives_in_the_last_and_joined_with_the_first_invoice(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await ImportAsync(shop,
            "2,A,a,1,2011-03-01 10:00:00,2,12431.0,Australia",
            "1,A,a,1,2011-02-01 10:00:00,2,12431.0,Belgium",
            "3,A,a,1,2011-04-01 10:00:00,2,12431.0,Unspecified");

        await using var db = shop.Open();
        var customer = await db.Customers.SingleAsync(c => c.Origin != null);
        Assert.Equal(("Belgium", new DateTime(2011, 2, 1, 15, 0, 0, DateTimeKind.Utc)), (customer.Country, customer.JoinedAt));
        Assert.Equal(["Australia", "Belgium", null], await db.Orders.OrderBy(o => o.ExternalId == "2" ? 0 : o.ExternalId == "1" ? 1 : 2).Select(o => o.Country).ToListAsync());
    }

    [Theory, BothDatabases]
    public async Task What_is_no_trade_is_left_out_and_listed_with_its_reason(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var outcome = await ImportAsync(shop,
            "536365,85123A,HEART,6,2010-12-01 08:26:00,2.55,17850.0,United Kingdom",
            "536414,22139,,56,2010-12-01 11:52:00,0.0,,United Kingdom",
            "536589,21777,\"damaged, =SUM(A1)\",-10,2010-12-01 16:50:00,0.0,,United Kingdom",
            "537000,21777,=HYPERLINK(1),0,2010-12-01 16:50:00,1.0,,United Kingdom",
            "A563186,B,Adjust bad debt,1,2011-08-12 14:51:00,-11062.06,,United Kingdom",
            "537001,21777,half a line");

        await using var db = shop.Open();
        Assert.Equal("536365", (await db.Orders.SingleAsync()).ExternalId);
        Assert.Equal("85123A", (await db.Products.SingleAsync()).Sku);
        Assert.Equal((6, 5), (outcome.Tally.LinesRead, outcome.Tally.LinesRefused));
        Assert.Equal(
        [
            "Line,Reason,InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country",
            "3,nothing charged and nobody known,536414,22139,,56,2010-12-01 11:52:00,0.0,,United Kingdom",
            "4,stock adjustment,536589,21777,\"damaged, =SUM(A1)\",-10,2010-12-01 16:50:00,0.0,,United Kingdom",
            "5,quantity is zero,537000,21777,'=HYPERLINK(1),0,2010-12-01 16:50:00,1.0,,United Kingdom",
            "6,bad debt adjustment,A563186,B,Adjust bad debt,1,2011-08-12 14:51:00,-11062.06,,United Kingdom",
            "7,wrong number of fields,537001,21777,half a line,,,,,",
        ], await File.ReadAllLinesAsync(outcome.RefusedPath!));
    }

    [Theory, BothDatabases]
    public async Task A_product_that_the_shop_already_sells_under_that_code_stays_as_it_is(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await using (var db = shop.Open())
        {
            var own = new Product { Sku = "yam-1" };
            own.Describe("Puna yam", null, null, null);
            own.Price(new Money(799), SaleUnit.Kilogram, 1000);
            db.Products.Add(own);
            await db.SaveChangesAsync();
        }

        await ImportAsync(shop, "1,YAM-1,SOMETHING ELSE,1,2011-01-01 10:00:00,2,7,France");

        await using var read = shop.Open();
        var product = await read.Products.SingleAsync();
        Assert.Equal(("Puna yam", 799, null), (product.Name, product.PriceMinor, product.Origin));
        Assert.Equal(product.Id, (await read.OrderLines.SingleAsync()).ProductId);
    }

    [Theory, BothDatabases]
    public async Task Everything_is_found_by_search_and_the_trail_holds_one_row_a_batch(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await using var db = shop.Open();
        var trail = await db.AuditEntries.CountAsync();
        await ImportAsync(shop, "536365,85123A,WHITE HANGING HEART,6,2010-12-01 08:26:00,2.55,17850.0,United Kingdom");

        foreach (var (text, found) in new[] { ("17850", ChangeKinds.Customer), ("hanging hea", ChangeKinds.Product), ("OR-536365", ChangeKinds.Order) })
            Assert.Contains(await SearchIndex.FindAsync(db, text, [found], 5, default), hit => hit.Kind == found);
        var entry = Assert.Single(await db.AuditEntries.OrderBy(e => e.Id).Skip(trail).ToListAsync());
        Assert.Equal((AuditAction.Mass, "Online Retail import", TestPeople.Owner.UserId), (entry.Action, entry.EntityType, entry.ActorId));
        Assert.Contains("\"OrderLine Added\":1", entry.After);
    }

    private static Task<Crm.Web.Features.Exchange.ImportOutcome> ImportAsync(TestShop shop, params string[] lines) =>
        shop.ImportAsync(OnlineRetailFiles.Write(shop.Folder, lines));
}
