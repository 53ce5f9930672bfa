using Crm.Data.Accounts;
using Crm.Data.Customers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Crm.Data.Leads;

sealed class LeadConfiguration : IEntityTypeConfiguration<Lead>
{
    public void Configure(EntityTypeBuilder<Lead> lead)
    {
        lead.Ignore(l => l.Topic).Ignore(l => l.IsOpen);
        lead.Property(l => l.Name).HasMaxLength(Lead.NameLength);
        lead.Property(l => l.Company).HasMaxLength(Lead.NameLength);
        lead.Property(l => l.Business).HasMaxLength(100);
        lead.Property(l => l.City).HasMaxLength(100);
        lead.Property(l => l.Email).HasMaxLength(Customer.EmailLength);
        lead.Property(l => l.Phone).HasMaxLength(Customer.PhoneLength);
        lead.Property(l => l.Source).HasMaxLength(Lead.SourceLength);
        lead.Property(l => l.Description).HasMaxLength(Lead.DescriptionLength);
        lead.Property(l => l.NextStep).HasMaxLength(200);
        lead.Property(l => l.LostNote).HasMaxLength(500);
        lead.HasIndex(l => l.Number).IsUnique();
        lead.HasIndex(l => new { l.Status, l.Rank, l.Id });
        lead.HasIndex(l => new { l.OwnerId, l.Status });
        lead.HasIndex(l => l.CreatedAt);
        lead.HasIndex(l => l.NextStepAt);
        lead.HasOne<User>().WithMany().HasForeignKey(l => l.OwnerId).OnDelete(DeleteBehavior.SetNull);
        lead.HasOne<Customer>().WithMany().HasForeignKey(l => l.ConvertedCustomerId).OnDelete(DeleteBehavior.SetNull);
        lead.HasMany(l => l.Contacts).WithOne().HasForeignKey(c => c.LeadId);
        lead.HasMany(l => l.Notes).WithOne().HasForeignKey(n => n.LeadId);
        lead.HasMany(l => l.Reminders).WithOne().HasForeignKey(r => r.LeadId);
        lead.ToTable(t =>
        {
            t.HasCheckConstraint("CK_Leads_Value", "\"ValueMinor\" >= 0");
            t.HasCheckConstraint("CK_Leads_LostReason", "(\"Status\" = 'Lost') = (\"LostReason\" IS NOT NULL)");
        });
    }
}

sealed class LeadContactConfiguration : IEntityTypeConfiguration<LeadContact>
{
    public void Configure(EntityTypeBuilder<LeadContact> contact)
    {
        contact.Ignore(c => c.Topic);
        contact.Property(c => c.Name).HasMaxLength(200);
        contact.Property(c => c.Position).HasMaxLength(100);
        contact.Property(c => c.Email).HasMaxLength(Customer.EmailLength);
        contact.Property(c => c.Phone).HasMaxLength(Customer.PhoneLength);
        contact.Property(c => c.Notes).HasMaxLength(2000);
        contact.HasIndex(c => c.LeadId, "IX_LeadContacts_OnePrimary").IsUnique().HasFilter("\"IsPrimary\"");
        contact.HasIndex(c => new { c.LeadId, c.Name });
    }
}

sealed class LeadNoteConfiguration : IEntityTypeConfiguration<LeadNote>
{
    public void Configure(EntityTypeBuilder<LeadNote> note)
    {
        note.Ignore(n => n.Topic);
        note.Property(n => n.Text).HasMaxLength(LeadNote.TextLength);
        note.HasOne<User>().WithMany().HasForeignKey(n => n.AuthorId).OnDelete(DeleteBehavior.SetNull);
        note.HasIndex(n => new { n.LeadId, n.CreatedAt });
    }
}

sealed class ReminderConfiguration : IEntityTypeConfiguration<Reminder>
{
    public void Configure(EntityTypeBuilder<Reminder> reminder)
    {
        reminder.Ignore(r => r.Topic);
        reminder.Property(r => r.Title).HasMaxLength(Reminder.TitleLength);
        reminder.Property(r => r.Description).HasMaxLength(2000);
        reminder.HasOne<User>().WithMany().HasForeignKey(r => r.UserId).OnDelete(DeleteBehavior.SetNull);
        reminder.HasIndex(r => new { r.Status, r.DueAt });
        reminder.HasIndex(r => new { r.UserId, r.DueAt });
        reminder.HasIndex(r => new { r.LeadId, r.DueAt });
    }
}

sealed class CorrespondenceConfiguration : IEntityTypeConfiguration<Correspondence>
{
    public void Configure(EntityTypeBuilder<Correspondence> correspondence)
    {
        correspondence.ToTable("Correspondence");
        correspondence.Ignore(c => c.Topic);
        correspondence.Property(c => c.Subject).HasMaxLength(Correspondence.SubjectLength);
        correspondence.Property(c => c.Description).HasMaxLength(10_000);
        correspondence.Property(c => c.Outcome).HasMaxLength(200);
        correspondence.HasOne<Lead>().WithMany().HasForeignKey(c => c.LeadId);
        correspondence.HasOne<LeadContact>().WithMany().HasForeignKey(c => c.ContactId).OnDelete(DeleteBehavior.SetNull);
        correspondence.HasOne<User>().WithMany().HasForeignKey(c => c.LoggedById).OnDelete(DeleteBehavior.SetNull);
        correspondence.HasIndex(c => new { c.LeadId, c.HappenedAt });
    }
}
