using Crm.Data.Storage;
using Crm.Web.Features.Customers.Portal;
using Crm.Web.Features.Customers.Portal.Profile;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Customers.Portal.Profile;

public sealed class FavouriteServiceTests
{
    [Theory, BothDatabases, Trait("contract", "M-065")]
    public async Task Favourites_are_found_marked_and_taken_out(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var (okra, oil, old) = (await shop.AddProductAsync("Okra", "okra"), await shop.AddProductAsync("Okra soup mix"), await shop.AddProductAsync("Okra, dried", active: false));
        var favourites = shop.As(TestPeople.CustomerA).Get<FavouriteService>();

        Assert.Equal(["Okra", "Okra soup mix"], (await favourites.FindAsync("okr", default)).Value.Select(f => f.Name));
        Assert.Equal([new(okra.Id, "Okra", "okra")], (await favourites.AddAsync(okra.Id, default)).Value);
        Assert.Single((await favourites.AddAsync(okra.Id, default)).Value);
        Assert.Equal([oil.Id], (await favourites.FindAsync("okr", default)).Value.Select(f => f.ProductId));
        Assert.IsType<FavouriteNotFound>((await favourites.AddAsync(old.Id, default)).Error);
        Assert.Empty((await favourites.RemoveAsync(okra.Id, default)).Value);
        Assert.Empty((await favourites.RemoveAsync(okra.Id, default)).Value);
    }

    [Theory, BothDatabases]
    public async Task Nobody_reads_or_changes_the_favourites_of_another(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var okra = await shop.AddProductAsync("Okra");
        await shop.As(TestPeople.CustomerB).Get<FavouriteService>().AddAsync(okra.Id, default);

        Assert.Empty((await shop.As(TestPeople.CustomerA).Get<FavouriteService>().RemoveAsync(okra.Id, default)).Value);
        foreach (var desk in new[] { shop.As(TestPeople.Owner), shop.AsStranger() })
        {
            Assert.IsType<NotACustomer>((await desk.Get<FavouriteService>().FindAsync("okra", default)).Error);
            Assert.IsType<NotACustomer>((await desk.Get<FavouriteService>().AddAsync(okra.Id, default)).Error);
            Assert.IsType<NotACustomer>((await desk.Get<FavouriteService>().RemoveAsync(okra.Id, default)).Error);
        }

        await using var db = shop.Open();
        Assert.Equal(TestPeople.CustomerB.CustomerId, (await db.CustomerFavourites.SingleAsync()).CustomerId);
    }
}
