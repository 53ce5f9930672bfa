using System.Globalization;
using Crm.Data.Catalogue;

namespace Crm.Data.Seed;

/// <summary>A food of the demo shop, with what decides who buys it and how it is restocked.</summary>
/// <param name="Case">Units in one box of the supplier.</param>
/// <param name="Weight">How often it is asked for beside the others.</param>
/// <param name="Roots">Countries whose people cook with it.</param>
/// <param name="Marks">fresh, tax, the season it belongs to, and what some people do not eat.</param>
sealed record SeedProduct(Product Row, int Case, double Weight, HashSet<string> Roots, HashSet<string> Marks)
{
    public const string Fresh = "fresh";

    /// <summary>Sacks and crates are for kitchens.</summary>
    public bool IsBulk => Row.PriceMinor >= 3000;

    public bool IsTaxed => Marks.Contains("tax");

    public bool IsOf(SeedSeason season) => season is not SeedSeason.Ordinary && Marks.Contains(season.ToString().ToLowerInvariant());

    /// <summary>Prices went up a year ago; older sales keep what was paid then.</summary>
    public long PriceBefore(bool lastYear) => lastYear ? Row.PriceMinor * 96 / 1000 * 10 + 9 : Row.PriceMinor;
}

/// <summary>Lays the shelves: twelve categories and 150 products with their local names.</summary>
static class SeedProducts
{
    private const int DaysBeforeOpening = 10;

    public static void Fill(SeedShop shop)
    {
        var at = SeedCalendar.At(shop.Calendar.Start.AddDays(-DaysBeforeOpening), SeedCalendar.Opens);
        var shelves = new Dictionary<string, Category>();
        foreach (var row in SeedRows.Read("categories.csv"))
            shelves[row[0]] = new Category { Id = shop.Ids.At(at), Name = row[1], Slug = row[2], Position = shelves.Count + 1 };
        shop.Categories.AddRange(shelves.Values);
        shop.Products.AddRange(SeedRows.Read("products.csv").Select(row => Product(shop, row, shelves[row[0][..2]].Id, at)));
    }

    private static SeedProduct Product(SeedShop shop, string[] row, Guid shelf, DateTime at)
    {
        var marks = SeedRows.Words(row[10]).ToHashSet();
        var product = new Product { Id = shop.Ids.At(at), Sku = row[0], CreatedAt = at };
        product.Describe(row[1], row[12], shelf, row[8].Length == 0 ? null : row[8]);
        product.Price(new Money(Number(row[4])), Enum.Parse<SaleUnit>(row[2]), Number(row[3]));
        product.Show(active: true, featured: marks.Contains("featured"));
        product.WarnBelow(Number(row[5]));
        product.Touch(at);
        foreach (var name in row[11].Split(',', StringSplitOptions.RemoveEmptyEntries).Select(n => n.Split('@')))
            product.LocalNames.Add(new ProductLocalName { Id = shop.Ids.At(at), ProductId = product.Id, Name = name[0], Region = name[1] });
        return new SeedProduct(product, Number(row[6]), Number(row[7]), SeedRows.Words(row[9]).ToHashSet(), marks);
    }

    private static int Number(string cell) => int.Parse(cell, CultureInfo.InvariantCulture);
}
