using Crm.Data.Seed;

namespace Crm.Web.Tests.Data.Seed;

public sealed class SeedShopTests
{
    [Theory]
    [InlineData("2026-01-01T05:01:00Z")] // the first minute of a year in the shop
    [InlineData("2026-03-08T12:00:00Z")] // a day without its third hour
    [InlineData("2026-08-31T10:16:00Z")] // night, before the truck
    [InlineData("2026-12-25T23:00:00Z")] // closed
    [InlineData("2028-02-29T10:24:00Z")]
    public void The_shop_is_sound_at_whatever_hour_it_is_laid_out(string clock)
    {
        var now = DateTimeOffset.Parse(clock, System.Globalization.CultureInfo.InvariantCulture).UtcDateTime;

        var shop = Play(now);

        var demo = shop.Customers.Single(c => c.Row.UserId is not null).Row;
        Assert.Equal((2480, "Gold"), (demo.PointsBalance, shop.Tiers.Single(t => t.Id == demo.TierId).Name));
        Assert.DoesNotContain(shop.Orders, o => o.PlacedAt > now || o.History.Any(step => step.At > now));
        Assert.DoesNotContain(shop.Movements, m => m.At > now);
        Assert.DoesNotContain(shop.Points, p => p.At > now || p.ExpiresAt <= now);
        Assert.InRange(shop.Orders.Count(o => now - o.PlacedAt < TimeSpan.FromHours(5)), 5, 20);
        Assert.All(shop.Products, p => Assert.True(NeverBelowZero(shop, p), p.Row.Name));
        Assert.NotEmpty(SeedDesk.Play(shop, Numbers(SeedDesk.Leads)));
    }

    [Fact]
    public void The_same_clock_gives_the_same_shop_and_another_clock_another()
    {
        var now = new DateTime(2026, 11, 20, 15, 0, 0, DateTimeKind.Utc);

        var (one, again, later) = (Play(now), Play(now), Play(now.AddDays(1)));

        Assert.Equal(one.Orders.Select(o => (o.Id, o.Number, o.TotalMinor)), again.Orders.Select(o => (o.Id, o.Number, o.TotalMinor)));
        Assert.NotEqual(one.Orders.Select(o => o.Id), later.Orders.Select(o => o.Id));
    }

    [Fact]
    public void Nobody_buys_what_their_diet_forbids()
    {
        var shop = Play(new DateTime(2026, 11, 20, 15, 0, 0, DateTimeKind.Utc));
        var products = shop.Products.ToDictionary(p => p.Row.Id);
        var tastes = shop.Customers.Where(c => c.Taste.Refuses.Count > 0).ToDictionary(c => c.Row.Id, c => c.Taste);

        Assert.True(tastes.Count > 20);
        Assert.All(shop.Orders.Where(o => o.CustomerId is { } id && tastes.ContainsKey(id)),
            o => Assert.All(o.Lines, l => Assert.True(tastes[o.CustomerId!.Value].Eats(products[l.ProductId!.Value]), l.Name)));
    }

    private static SeedShop Play(DateTime now) => SeedShop.Play(now, Numbers(DemoSeed.Customers));

    private static List<long> Numbers(int count) => [.. Enumerable.Range(1001, count).Select(n => (long)n)];

    private static bool NeverBelowZero(SeedShop shop, SeedProduct product)
    {
        var onHand = 0;
        return shop.Movements.Where(m => m.ProductId == product.Row.Id).OrderBy(m => m.At).ThenByDescending(m => m.Quantity).All(m => (onHand += m.Quantity) >= 0);
    }
}
