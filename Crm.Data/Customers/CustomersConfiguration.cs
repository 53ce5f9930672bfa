using Crm.Data.Accounts;
using Crm.Data.Catalogue;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Crm.Data.Customers;

sealed class CustomerConfiguration : IEntityTypeConfiguration<Customer>
{
    public void Configure(EntityTypeBuilder<Customer> customer)
    {
        customer.Ignore(c => c.Name).Ignore(c => c.Topic);
        customer.Property(c => c.FirstName).HasMaxLength(Customer.NameLength);
        customer.Property(c => c.LastName).HasMaxLength(Customer.NameLength);
        customer.Property(c => c.SortName).HasMaxLength(200);
        customer.Property(c => c.Email).HasMaxLength(Customer.EmailLength);
        customer.Property(c => c.NormalizedEmail).HasMaxLength(Customer.EmailLength);
        customer.Property(c => c.Phone).HasMaxLength(Customer.PhoneLength);
        customer.Property(c => c.Language).HasMaxLength(10);
        customer.Property(c => c.City).HasMaxLength(100);
        customer.Property(c => c.Country).HasMaxLength(100);
        customer.Property(c => c.DietNote).HasMaxLength(1000);
        customer.Property(c => c.FavouriteNote).HasMaxLength(1000);
        customer.Property(c => c.Origin).HasMaxLength(40);
        customer.Property(c => c.ExternalId).HasMaxLength(100);
        customer.HasIndex(c => c.Number).IsUnique();
        customer.HasIndex(c => c.NormalizedEmail).IsUnique().HasFilter("\"NormalizedEmail\" IS NOT NULL");
        customer.HasIndex(c => c.Phone).IsUnique().HasFilter("\"Phone\" IS NOT NULL");
        customer.HasIndex(c => new { c.Origin, c.ExternalId }).IsUnique().HasFilter("\"ExternalId\" IS NOT NULL");
        customer.HasIndex(c => c.UserId).IsUnique().HasFilter("\"UserId\" IS NOT NULL");
        customer.HasIndex(c => new { c.SortName, c.Id });
        customer.HasIndex(c => new { c.JoinedAt, c.Id });
        customer.HasIndex(c => new { c.SpentMinor, c.Id });
        customer.HasIndex(c => new { c.LastOrderAt, c.Id });
        customer.HasIndex(c => new { c.PointsBalance, c.Id });
        customer.HasIndex(c => new { c.OrderCount, c.Id });
        customer.HasIndex(c => new { c.City, c.Id });
        customer.HasIndex(c => c.TierId);
        customer.HasOne<User>().WithMany().HasForeignKey(c => c.UserId).OnDelete(DeleteBehavior.SetNull);
        customer.HasOne(c => c.Tier).WithMany().HasForeignKey(c => c.TierId).OnDelete(DeleteBehavior.SetNull);
        customer.HasMany(c => c.Addresses).WithOne().HasForeignKey(a => a.CustomerId);
        customer.HasMany(c => c.Diets).WithOne().HasForeignKey(d => d.CustomerId);
        customer.HasMany(c => c.Favourites).WithOne().HasForeignKey(f => f.CustomerId);
        customer.ToTable(t => t.HasCheckConstraint("CK_Customers_OrderCount", "\"OrderCount\" >= 0"));
    }
}

sealed class CustomerAddressConfiguration : IEntityTypeConfiguration<CustomerAddress>
{
    public void Configure(EntityTypeBuilder<CustomerAddress> address)
    {
        address.Ignore(a => a.Topic);
        address.Property(a => a.Recipient).HasMaxLength(200);
        address.Property(a => a.Street).HasMaxLength(255);
        address.Property(a => a.Apartment).HasMaxLength(100);
        address.Property(a => a.City).HasMaxLength(100);
        address.Property(a => a.Province).HasMaxLength(100);
        address.Property(a => a.PostalCode).HasMaxLength(20);
        address.Property(a => a.Country).HasMaxLength(100);
        address.Property(a => a.Phone).HasMaxLength(Customer.PhoneLength);
        address.HasIndex(a => new { a.CustomerId, a.Kind }, "IX_CustomerAddresses_OneDefault").IsUnique().HasFilter("\"IsDefault\"");
    }
}

sealed class CustomerDietConfiguration : IEntityTypeConfiguration<CustomerDiet>
{
    public void Configure(EntityTypeBuilder<CustomerDiet> diet)
    {
        diet.HasKey(d => new { d.CustomerId, d.Diet });
        diet.HasIndex(d => new { d.Diet, d.CustomerId });
    }
}

sealed class CustomerFavouriteConfiguration : IEntityTypeConfiguration<CustomerFavourite>
{
    public void Configure(EntityTypeBuilder<CustomerFavourite> favourite)
    {
        favourite.HasKey(f => new { f.CustomerId, f.ProductId });
        favourite.HasOne<Product>().WithMany().HasForeignKey(f => f.ProductId);
    }
}

sealed class ConsentReceiptConfiguration : IEntityTypeConfiguration<ConsentReceipt>
{
    public void Configure(EntityTypeBuilder<ConsentReceipt> consent)
    {
        consent.Ignore(c => c.Topic);
        consent.Property(c => c.Wording).HasMaxLength(1000);
        consent.Property(c => c.WordingVersion).HasMaxLength(20);
        consent.Property(c => c.Language).HasMaxLength(10);
        consent.Property(c => c.Source).HasMaxLength(100);
        consent.HasOne<Customer>().WithMany().HasForeignKey(c => c.CustomerId);
        consent.HasOne<User>().WithMany().HasForeignKey(c => c.AskedById).OnDelete(DeleteBehavior.SetNull);
        consent.HasIndex(c => new { c.CustomerId, c.Channel, c.Purpose }, "IX_ConsentReceipts_OneOpen").IsUnique().HasFilter("\"WithdrawnAt\" IS NULL");
    }
}

sealed class CustomerNoteConfiguration : IEntityTypeConfiguration<CustomerNote>
{
    public void Configure(EntityTypeBuilder<CustomerNote> note)
    {
        note.Ignore(n => n.Topic);
        note.Property(n => n.Text).HasMaxLength(CustomerNote.TextLength);
        note.HasOne<Customer>().WithMany().HasForeignKey(n => n.CustomerId);
        note.HasOne<User>().WithMany().HasForeignKey(n => n.AuthorId).OnDelete(DeleteBehavior.SetNull);
        note.HasIndex(n => new { n.CustomerId, n.CreatedAt });
    }
}

sealed class InteractionConfiguration : IEntityTypeConfiguration<Interaction>
{
    public void Configure(EntityTypeBuilder<Interaction> interaction)
    {
        interaction.Property(i => i.Kind).HasMaxLength(Interaction.KindLength);
        interaction.Property(i => i.Notes).HasMaxLength(Interaction.NotesLength);
        interaction.Property(i => i.NextAction).HasMaxLength(Interaction.NextActionLength);
        interaction.HasOne<Customer>().WithMany().HasForeignKey(i => i.CustomerId);
        interaction.HasOne<User>().WithMany().HasForeignKey(i => i.LoggedById).OnDelete(DeleteBehavior.SetNull);
        interaction.HasIndex(i => new { i.CustomerId, i.HappenedAt });
    }
}
