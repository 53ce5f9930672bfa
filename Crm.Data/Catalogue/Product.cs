using Crm.Data.Search;

namespace Crm.Data.Catalogue;

/// <summary>How a product is sold.</summary>
public enum SaleUnit { Piece, Kilogram, Litre, Pack, Crate }

/// <summary>Something the shop sells, with its price and its stock.</summary>
public sealed class Product : Entity, IVersioned, ILive, ISearchable
{
    public const int NameLength = 200;
    public const int SkuLength = 50;

    public required string Sku { get; init; }

    /// <summary>Stock keeping units are one and the same whatever their case.</summary>
    public string NormalizedSku { get; private set; } = "";

    public string Name { get; private set; } = "";

    /// <summary>The name, folded: what lists sort by, alike on both databases.</summary>
    public string SortName { get; private set; } = "";

    public string? Description { get; private set; }
    public Guid? CategoryId { get; private set; }
    public SaleUnit Unit { get; private set; }

    /// <summary>Grams of one unit; 0 is not known.</summary>
    public int WeightGrams { get; private set; }

    public long PriceMinor { get; private set; }
    public bool IsActive { get; private set; } = true;
    public bool IsFeatured { get; private set; }

    /// <summary>The drawing in food-art.svg that stands in for a photo.</summary>
    public string? Art { get; private set; }

    /// <summary>False for what is never counted: services, postage, products of an import of past trade.</summary>
    public bool TracksStock { get; init; } = true;

    [NotInAudit]
    public int OnHand { get; private set; }

    [NotInAudit]
    public int Reserved { get; private set; }

    /// <summary>Staff are told when fewer are left.</summary>
    public int LowStockThreshold { get; private set; }

    public string? Origin { get; init; }
    public DateTime CreatedAt { get; init; }
    public DateTime UpdatedAt { get; private set; }
    public int Version { get; set; }
    public List<ProductLocalName> LocalNames { get; } = [];

    public ChangeTopic Topic => new(ChangeKinds.Product, Id);

    public void Describe(string name, string? description, Guid? categoryId, string? art)
    {
        (Name, Description, CategoryId, Art) = (name.Trim(), description?.Trim(), categoryId, art);
        (SortName, NormalizedSku) = (Folding.SortKey(Name, NameLength * 2), Sku.ToUpperInvariant());
    }

    public void Price(Money price, SaleUnit unit, int weightGrams) => (PriceMinor, Unit, WeightGrams) = (price.Minor, unit, weightGrams);
    public void Show(bool active, bool featured) => (IsActive, IsFeatured) = (active, featured);
    public void WarnBelow(int threshold) => LowStockThreshold = threshold;

    /// <summary>Counts stock in or out; the movement that says why is written beside it.</summary>
    public void MoveStock(int quantity) => OnHand = checked(OnHand + quantity);
    public void Touch(DateTime now) => UpdatedAt = now;

    bool ISearchable.IsFoundBy(string collection) => collection == nameof(LocalNames);

    SearchDocument ISearchable.Describe() => new(ChangeKinds.Product, Id, Sku, Name, Sku, [Name, Sku, .. LocalNames.Select(n => n.Name)]);
}

/// <summary>What a product is called elsewhere: okro, gombo, lady's finger.</summary>
public sealed class ProductLocalName : Entity, ILive
{
    public required Guid ProductId { get; init; }
    public required string Name { get; init; }

    /// <summary>Where or in which language, for example "Yoruba" or "Jamaica".</summary>
    public required string Region { get; init; }
    public ChangeTopic Topic => new(ChangeKinds.Product, ProductId);
}

/// <summary>A shelf of the shop; categories form a tree.</summary>
public sealed class Category : Entity, IVersioned
{
    public required string Name { get; set; }

    /// <summary>The part of the address: "roots-and-tubers".</summary>
    public required string Slug { get; set; }
    public Guid? ParentId { get; set; }
    public int Position { get; set; }
    public int Version { get; set; }
}
