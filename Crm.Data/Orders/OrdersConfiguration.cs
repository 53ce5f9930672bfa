using Crm.Data.Accounts;
using Crm.Data.Catalogue;
using Crm.Data.Customers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Crm.Data.Orders;

sealed class OrderConfiguration : IEntityTypeConfiguration<Order>
{
    public void Configure(EntityTypeBuilder<Order> order)
    {
        order.Ignore(o => o.Topic);
        order.Property(o => o.Number).HasMaxLength(40);
        order.Property(o => o.Country).HasMaxLength(60);
        order.Property(o => o.Notes).HasMaxLength(1000);
        order.Property(o => o.Origin).HasMaxLength(40);
        order.Property(o => o.ExternalId).HasMaxLength(40);
        order.HasIndex(o => o.Number).IsUnique();
        order.HasIndex(o => o.ClientKey).IsUnique().HasFilter("\"ClientKey\" IS NOT NULL");
        order.HasIndex(o => new { o.Origin, o.ExternalId }).IsUnique().HasFilter("\"ExternalId\" IS NOT NULL");
        order.HasIndex(o => new { o.CustomerId, o.PlacedAt });
        order.HasIndex(o => new { o.PlacedOn, o.CustomerId, o.TotalMinor });
        order.HasIndex(o => new { o.PlacedAt, o.Id });
        order.HasIndex(o => new { o.Status, o.PlacedAt });
        order.HasOne<Customer>().WithMany().HasForeignKey(o => o.CustomerId).OnDelete(DeleteBehavior.Restrict);
        order.HasMany(o => o.Lines).WithOne().HasForeignKey(l => l.OrderId);
        order.HasMany(o => o.History).WithOne().HasForeignKey(h => h.OrderId);
        order.ToTable(t => t.HasCheckConstraint("CK_Orders_Total",
            "\"TotalMinor\" = \"SubtotalMinor\" - \"DiscountMinor\" + \"TaxMinor\" + \"DeliveryMinor\" AND \"TotalMinor\" >= 0"));
    }
}

sealed class OrderLineConfiguration : IEntityTypeConfiguration<OrderLine>
{
    public void Configure(EntityTypeBuilder<OrderLine> line)
    {
        line.Property(l => l.Name).HasMaxLength(Product.NameLength);
        line.HasOne<Product>().WithMany().HasForeignKey(l => l.ProductId).OnDelete(DeleteBehavior.SetNull);
        line.HasIndex(l => new { l.OrderId, l.Position }).IsUnique();
        line.HasIndex(l => l.ProductId);
        line.ToTable(t => t.HasCheckConstraint("CK_OrderLines_Quantity", "\"Quantity\" > 0 AND \"TotalMinor\" >= 0"));
    }
}

sealed class OrderStatusChangeConfiguration : IEntityTypeConfiguration<OrderStatusChange>
{
    public void Configure(EntityTypeBuilder<OrderStatusChange> change)
    {
        change.Property(c => c.Reason).HasMaxLength(500);
        change.HasOne<User>().WithMany().HasForeignKey(c => c.ActorId).OnDelete(DeleteBehavior.SetNull);
        change.HasIndex(c => new { c.OrderId, c.At });
    }
}

sealed class OrderReturnConfiguration : IEntityTypeConfiguration<OrderReturn>
{
    public void Configure(EntityTypeBuilder<OrderReturn> ret)
    {
        ret.Ignore(r => r.Topic);
        ret.ToTable("Returns");
        ret.Property(r => r.Number).HasMaxLength(40);
        ret.Property(r => r.Reason).HasMaxLength(500);
        ret.Property(r => r.Origin).HasMaxLength(40);
        ret.Property(r => r.ExternalId).HasMaxLength(40);
        ret.HasIndex(r => r.Number).IsUnique();
        ret.HasIndex(r => new { r.Origin, r.ExternalId }).IsUnique().HasFilter("\"ExternalId\" IS NOT NULL");
        ret.HasIndex(r => new { r.CustomerId, r.ReturnedAt });
        ret.HasIndex(r => r.OrderId);
        ret.HasOne<Order>().WithMany().HasForeignKey(r => r.OrderId).OnDelete(DeleteBehavior.Restrict);
        ret.HasOne<Customer>().WithMany().HasForeignKey(r => r.CustomerId).OnDelete(DeleteBehavior.Restrict);
        ret.HasMany(r => r.Lines).WithOne().HasForeignKey(l => l.ReturnId);
    }
}

sealed class ReturnLineConfiguration : IEntityTypeConfiguration<ReturnLine>
{
    public void Configure(EntityTypeBuilder<ReturnLine> line)
    {
        line.Property(l => l.Name).HasMaxLength(Product.NameLength);
        line.HasOne<OrderLine>().WithMany().HasForeignKey(l => l.OrderLineId).OnDelete(DeleteBehavior.SetNull);
        line.HasOne<Product>().WithMany().HasForeignKey(l => l.ProductId).OnDelete(DeleteBehavior.SetNull);
        line.HasIndex(l => new { l.ReturnId, l.Position }).IsUnique();
        line.ToTable(t => t.HasCheckConstraint("CK_ReturnLines_Quantity", "\"Quantity\" > 0 AND \"TotalMinor\" >= 0"));
    }
}
