using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Crm.Data.Catalogue;

sealed class ProductConfiguration : IEntityTypeConfiguration<Product>
{
    public void Configure(EntityTypeBuilder<Product> product)
    {
        product.Ignore(p => p.Topic);
        product.Property(p => p.Sku).HasMaxLength(Product.SkuLength);
        product.Property(p => p.NormalizedSku).HasMaxLength(Product.SkuLength);
        product.Property(p => p.Name).HasMaxLength(Product.NameLength);
        product.Property(p => p.SortName).HasMaxLength(Product.NameLength * 2);
        product.Property(p => p.Description).HasMaxLength(5000);
        product.Property(p => p.Art).HasMaxLength(40);
        product.Property(p => p.Origin).HasMaxLength(40);
        product.HasIndex(p => new { p.NormalizedSku }).IsUnique();
        product.HasIndex(p => new { p.SortName, p.Id });
        product.HasIndex(p => p.CategoryId);
        product.HasOne<Category>().WithMany().HasForeignKey(p => p.CategoryId).OnDelete(DeleteBehavior.SetNull);
        product.HasMany(p => p.LocalNames).WithOne().HasForeignKey(n => n.ProductId);
        product.ToTable(t =>
        {
            t.HasCheckConstraint("CK_Products_OnHand", "\"OnHand\" >= 0");
            t.HasCheckConstraint("CK_Products_Reserved", "\"Reserved\" >= 0 AND \"Reserved\" <= \"OnHand\"");
            t.HasCheckConstraint("CK_Products_Price", "\"PriceMinor\" >= 0");
        });
    }
}

sealed class ProductLocalNameConfiguration : IEntityTypeConfiguration<ProductLocalName>
{
    public void Configure(EntityTypeBuilder<ProductLocalName> name)
    {
        name.Property(n => n.Name).HasMaxLength(Product.NameLength);
        name.Property(n => n.Region).HasMaxLength(60);
        name.HasIndex(n => new { n.ProductId, n.Name, n.Region }).IsUnique();
    }
}

sealed class CategoryConfiguration : IEntityTypeConfiguration<Category>
{
    public void Configure(EntityTypeBuilder<Category> category)
    {
        category.Property(c => c.Name).HasMaxLength(100);
        category.Property(c => c.Slug).HasMaxLength(100);
        category.HasIndex(c => c.Slug).IsUnique();
        category.HasOne<Category>().WithMany().HasForeignKey(c => c.ParentId).OnDelete(DeleteBehavior.Restrict);
    }
}

sealed class StockMovementConfiguration : IEntityTypeConfiguration<StockMovement>
{
    public void Configure(EntityTypeBuilder<StockMovement> movement)
    {
        movement.Property(m => m.Reason).HasMaxLength(200);
        movement.HasOne<Product>().WithMany().HasForeignKey(m => m.ProductId).OnDelete(DeleteBehavior.Restrict);
        movement.HasIndex(m => new { m.ProductId, m.At });
        movement.HasIndex(m => new { m.SourceId, m.Kind }).IsUnique().HasFilter("\"SourceId\" IS NOT NULL");
        movement.ToTable(t => t.HasCheckConstraint("CK_StockMovements_Quantity", "\"Quantity\" <> 0"));
    }
}
