using Crm.Data;
using Crm.Data.Customers;
using Crm.Data.Search;
using Crm.Data.Storage;
using Crm.Web.Features.Settings;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Customers.Portal.Profile;

/// <summary>The foods that somebody loves, picked from the shelves. Only ever the signed-in person's own.</summary>
public sealed class FavouriteService(IDbContextFactory<CrmDbContext> contexts, OwnCustomer own, Shop shop)
{
    /// <summary>As many as a list holds.</summary>
    public const int Most = 50;
    private const int MostFound = 6;
    private const int MostTries = 3;

    /// <summary>Products on the shelves that match, by any of their names; those marked already are left out.</summary>
    public async Task<Result<IReadOnlyList<FavouriteRow>>> FindAsync(string text, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        if ((await own.IdAsync(db, ct)).Failed(out var refusal, out var id)) return refusal;
        var found = await SearchIndex.IdsAsync(db, ChangeKinds.Product, text, ct);
        return await db.Products.AsNoTracking()
            .Where(p => p.IsActive && found.Contains(p.Id) && !db.CustomerFavourites.Any(f => f.CustomerId == id && f.ProductId == p.Id))
            .OrderByDescending(p => p.IsFeatured).ThenBy(p => p.SortName).Take(MostFound)
            .Select(p => new FavouriteRow(p.Id, p.Name, p.Art)).ToListAsync(ct);
    }

    /// <summary>Marks a product; marking twice is marking once.</summary>
    /// <returns>All favourites, or <see cref="FavouriteNotFound"/>, <see cref="TooManyFavourites"/>, <see cref="NotACustomer"/>.</returns>
    public Task<Result<IReadOnlyList<FavouriteRow>>> AddAsync(Guid productId, CancellationToken ct) => ChangeAsync(async (db, customer) =>
    {
        if (!await db.Products.AnyAsync(p => p.Id == productId && p.IsActive, ct)) return new FavouriteNotFound();
        var marked = await db.CustomerFavourites.AsNoTracking().Where(f => f.CustomerId == customer.Id).Select(f => f.ProductId).ToListAsync(ct);
        if (marked.Contains(productId)) return null;
        if (marked.Count >= Most) return new TooManyFavourites(Most);
        db.CustomerFavourites.Add(new CustomerFavourite { CustomerId = customer.Id, ProductId = productId });
        customer.Touch(shop.Now);
        return null;
    }, ct);

    /// <summary>Takes the mark away; without one nothing happens.</summary>
    /// <returns>All favourites, or <see cref="NotACustomer"/>.</returns>
    public Task<Result<IReadOnlyList<FavouriteRow>>> RemoveAsync(Guid productId, CancellationToken ct) => ChangeAsync(async (db, customer) =>
    {
        var favourite = await db.CustomerFavourites.SingleOrDefaultAsync(f => f.CustomerId == customer.Id && f.ProductId == productId, ct);
        if (favourite is null) return null;
        db.CustomerFavourites.Remove(favourite);
        customer.Touch(shop.Now);
        return null;
    }, ct);

    internal static Task<List<FavouriteRow>> ReadAsync(CrmDbContext db, Guid customerId, CancellationToken ct) =>
        (from favourite in db.CustomerFavourites.AsNoTracking()
         where favourite.CustomerId == customerId
         join product in db.Products on favourite.ProductId equals product.Id
         orderby product.SortName
         select new FavouriteRow(product.Id, product.Name, product.Art)).ToListAsync(ct);

    private async Task<Result<IReadOnlyList<FavouriteRow>>> ChangeAsync(Func<CrmDbContext, Customer, Task<Error?>> change, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var db = await contexts.CreateDbContextAsync(ct);
            if ((await own.IdAsync(db, ct)).Failed(out var refusal, out var id)) return refusal;
            var customer = await db.Customers.SingleAsync(c => c.Id == id, ct);
            if (await change(db, customer) is { } refused) return refused;
            try
            {
                await db.SaveChangesAsync(ct);
                return await ReadAsync(db, id, ct);
            }
            catch (DbUpdateConcurrencyException) when (attempt < MostTries)
            {
                // The record was saved in between: mark it on the newer one.
            }
            catch (DbUpdateException lost) when (CrmDatabase.IsUniqueViolation(lost) && attempt < MostTries)
            {
                // Another window marked the same: the next look finds it.
            }
        }
    }
}
