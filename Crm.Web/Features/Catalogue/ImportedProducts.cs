using Crm.Data;
using Crm.Data.Catalogue;
using Crm.Web.Features.Settings;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Catalogue;

/// <summary>What a file of past trade says about a product.</summary>
/// <param name="Sku">The product's code there; one and the same whatever its case.</param>
/// <param name="Price">The price last seen.</param>
public sealed record ImportedProduct(string Sku, string Name, Money Price)
{
    /// <summary>What the code is compared by.</summary>
    public static string Normalize(string sku) => sku.ToUpperInvariant();
}

/// <summary>Ids of the products asked for, by normalised code, and how many of them are new.</summary>
public sealed record FoundProducts(IReadOnlyDictionary<string, Guid> BySku, int Added);

/// <summary>
/// Lands past trade on products. New ones are not counted in stock and not on sale until somebody decides so; a product that
/// the shop already has under that code stays as it is.
/// </summary>
public sealed class ImportedProducts(Shop shop)
{
    /// <summary>Finds the products by their codes and adds the missing ones; the caller saves.</summary>
    public async Task<FoundProducts> FindOrAddAsync(CrmDbContext db, string origin, IReadOnlyCollection<ImportedProduct> wanted, CancellationToken ct)
    {
        var skus = wanted.Select(w => ImportedProduct.Normalize(w.Sku)).ToList();
        var found = await db.Products.Where(p => skus.Contains(p.NormalizedSku)).Select(p => new { p.NormalizedSku, p.Id }).ToDictionaryAsync(p => p.NormalizedSku, p => p.Id, ct);
        var added = 0;
        foreach (var missing in wanted.Where(w => !found.ContainsKey(ImportedProduct.Normalize(w.Sku))))
        {
            var product = New(origin, missing);
            db.Products.Add(product);
            found.Add(product.NormalizedSku, product.Id);
            added++;
        }
        return new FoundProducts(found, added);
    }

    private Product New(string origin, ImportedProduct wanted)
    {
        var product = new Product { Sku = wanted.Sku, TracksStock = false, Origin = origin, CreatedAt = shop.Now };
        product.Describe(wanted.Name, null, null, null);
        product.Price(wanted.Price, SaleUnit.Piece, 0);
        product.Show(active: false, featured: false);
        product.Touch(shop.Now);
        return product;
    }
}
