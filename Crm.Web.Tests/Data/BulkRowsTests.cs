using Crm.Data.Audit;
using Crm.Data.Orders;
using Crm.Data.Storage;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Data;

public sealed class BulkRowsTests
{
    [Theory, BothDatabases]
    public async Task Rows_written_in_bulk_read_back_as_if_they_had_been_tracked(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var order = await AddOrderAsync(shop);
        var lines = Enumerable.Range(1, 500).Select(n => Line(order, n, n % 2 == 0 ? "Ọláyínká's yam, “big”" : "Garri")).ToList();
        await using (var db = shop.Open())
        {
            db.MassWrite = "lines read in";
            db.AddInBulk(lines);
            await db.SaveChangesAsync();
        }

        await using var read = shop.Open();
        var stored = await read.OrderLines.OrderBy(l => l.Position).ToListAsync();
        Assert.Equal(lines.Select(Text), stored.Select(Text));
        var trail = await read.AuditEntries.SingleAsync(e => e.EntityType == "lines read in");
        Assert.Equal((AuditAction.Mass, "{\"OrderLine Added\":500}"), (trail.Action, trail.After));
    }

    [Theory, BothDatabases]
    public async Task They_are_gone_with_the_transaction_that_is_not_committed(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var order = await AddOrderAsync(shop);
        await using (var db = shop.Open())
        await using (await db.BeginWriteAsync(CancellationToken.None))
        {
            db.MassWrite = "lines read in";
            db.AddInBulk([Line(order, 1, "Garri")]);
            await db.SaveChangesAsync();
        }

        await using var read = shop.Open();
        Assert.False(await read.OrderLines.AnyAsync());
    }

    [Theory, BothDatabases]
    public async Task The_database_still_refuses_what_breaks_its_rules(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var order = await AddOrderAsync(shop);
        await using var db = shop.Open();
        db.MassWrite = "lines read in";
        db.AddInBulk([Line(order, 1, "Garri"), Line(order, 1, "Garri again")]);

        await Assert.ThrowsAnyAsync<Exception>(() => db.SaveChangesAsync());

        await using var read = shop.Open();
        Assert.False(await read.OrderLines.AnyAsync());
    }

    [Fact]
    public async Task Only_rows_of_a_mass_write_that_search_does_not_find_go_in_bulk()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        await using var db = shop.Open();

        Assert.Throws<InvalidOperationException>(() => db.AddInBulk([Line(Guid.Empty, 1, "Garri")]));
        db.MassWrite = "orders read in";
        Assert.Throws<InvalidOperationException>(() => db.AddInBulk([NewOrder()]));
    }

    private static async Task<Guid> AddOrderAsync(TestShop shop)
    {
        await using var db = shop.Open();
        var order = NewOrder();
        db.Orders.Add(order);
        await db.SaveChangesAsync();
        return order.Id;
    }

    private static Order NewOrder() => new() { Number = "T-1", Channel = OrderChannel.Counter, PlacedAt = TestClock.Start, PlacedOn = DateOnly.FromDateTime(TestClock.Start) };

    private static OrderLine Line(Guid order, int position, string name) =>
        new() { OrderId = order, Name = name, Quantity = position, UnitPriceMinor = 5_000_000_000 + position, TotalMinor = 7, Position = position };

    private static string Text(OrderLine line) => $"{line.Id} {line.OrderId} {line.ProductId} {line.Name} {line.Quantity} {line.UnitPriceMinor} {line.TotalMinor} {line.Position}";
}
