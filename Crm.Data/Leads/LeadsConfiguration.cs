using Crm.Data.Accounts;
using Crm.Data.Customers;
using Crm.Data.Files;
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
        lead.Property(l => l.ConsentWording).HasMaxLength(Lead.ConsentLength);
        lead.HasIndex(l => l.Number).IsUnique();
        lead.HasIndex(l => new { l.Status, l.Rank, l.Id });
        lead.HasIndex(l => new { l.OwnerId, l.Status, l.TouchedAt });
        lead.HasIndex(l => new { l.OwnerId, l.NextStepAt });
        lead.HasIndex(l => new { l.OwnerId, l.AssignedAt });
        lead.HasIndex(l => l.AssignedAt).HasFilter("\"AssignedAt\" IS NOT NULL");
        lead.HasIndex(l => new { l.Status, l.TouchedAt });
        lead.HasIndex(l => l.TouchedAt);
        lead.HasIndex(l => l.CreatedAt);
        lead.HasIndex(l => l.UpdatedAt);
        lead.HasIndex(l => l.ValueMinor);
        lead.HasIndex(l => l.NextStepAt);
        lead.HasOne<User>().WithMany().HasForeignKey(l => l.OwnerId).OnDelete(DeleteBehavior.SetNull);
        lead.HasOne<Customer>().WithMany().HasForeignKey(l => l.ConvertedCustomerId).OnDelete(DeleteBehavior.SetNull);
        lead.HasMany(l => l.Contacts).WithOne().HasForeignKey(c => c.LeadId);
        lead.HasMany(l => l.Notes).WithOne().HasForeignKey(n => n.LeadId);
        lead.HasMany(l => l.Reminders).WithOne().HasForeignKey(r => r.LeadId);
        lead.HasMany(l => l.Tags).WithOne().HasForeignKey(t => t.LeadId);
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
        contact.HasIndex(c => new { c.CreatedAt, c.Id });
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
        note.HasIndex(n => new { n.CreatedAt, n.Id });
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
        reminder.HasOne<Reminder>().WithOne().HasForeignKey<Reminder>(r => r.FollowsId).OnDelete(DeleteBehavior.SetNull);
        reminder.HasIndex(r => new { r.Status, r.FireAt });
        reminder.HasIndex(r => new { r.Status, r.DueAt });
        reminder.HasIndex(r => new { r.UserId, r.DueAt });
        reminder.HasIndex(r => new { r.LeadId, r.DueAt });
        reminder.HasIndex(r => new { r.DueAt, r.Id });
        reminder.HasIndex(r => new { r.CreatedAt, r.Id });
        reminder.HasIndex(r => r.DueAt, "IX_Reminders_Open").HasFilter("\"DoneAt\" IS NULL");
        reminder.HasIndex(r => new { r.UserId, r.DueAt }, "IX_Reminders_OpenOfUser").HasFilter("\"DoneAt\" IS NULL");
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
        correspondence.HasIndex(c => new { c.HappenedAt, c.Id });
        correspondence.HasIndex(c => new { c.CreatedAt, c.Id });
    }
}

sealed class CorrespondenceFileConfiguration : IEntityTypeConfiguration<CorrespondenceFile>
{
    public void Configure(EntityTypeBuilder<CorrespondenceFile> file)
    {
        file.HasKey(f => new { f.CorrespondenceId, f.FileId });
        file.HasOne<Correspondence>().WithMany().HasForeignKey(f => f.CorrespondenceId);
        file.HasOne<StoredFile>().WithMany().HasForeignKey(f => f.FileId);
        file.HasOne<Lead>().WithMany().HasForeignKey(f => f.LeadId);
    }
}

sealed class LeadTagConfiguration : IEntityTypeConfiguration<LeadTag>
{
    public void Configure(EntityTypeBuilder<LeadTag> tag)
    {
        tag.HasKey(t => new { t.LeadId, t.Name });
        tag.Property(t => t.Name).HasMaxLength(LeadTag.NameLength);
        tag.HasIndex(t => t.Name);
    }
}

sealed class CalendarFeedConfiguration : IEntityTypeConfiguration<CalendarFeed>
{
    public void Configure(EntityTypeBuilder<CalendarFeed> feed)
    {
        feed.HasKey(f => f.UserId);
        feed.Property(f => f.TokenHash).HasMaxLength(64);
        feed.HasOne<User>().WithOne().HasForeignKey<CalendarFeed>(f => f.UserId).OnDelete(DeleteBehavior.Cascade);
        feed.HasIndex(f => f.TokenHash).IsUnique();
    }
}

sealed class OpportunityStageConfiguration : IEntityTypeConfiguration<OpportunityStage>
{
    public void Configure(EntityTypeBuilder<OpportunityStage> stage)
    {
        stage.Property(s => s.Name).HasMaxLength(OpportunityStage.NameLength);
        stage.HasIndex(s => s.Name).IsUnique();
        stage.ToTable(t => t.HasCheckConstraint("CK_OpportunityStages_Probability", "\"ProbabilityBasisPoints\" BETWEEN 0 AND 10000"));
    }
}

sealed class OpportunityConfiguration : IEntityTypeConfiguration<Opportunity>
{
    public void Configure(EntityTypeBuilder<Opportunity> deal)
    {
        deal.Property(o => o.Title).HasMaxLength(Opportunity.TitleLength);
        deal.Property(o => o.Description).HasMaxLength(Opportunity.DescriptionLength);
        deal.Property(o => o.StageWords).HasMaxLength(OpportunityStage.NameLength);
        deal.Property(o => o.OutcomeNote).HasMaxLength(Opportunity.OutcomeNoteLength);
        deal.HasOne<Lead>().WithMany().HasForeignKey(o => o.LeadId).OnDelete(DeleteBehavior.Restrict);
        deal.HasOne<Customer>().WithMany().HasForeignKey(o => o.CustomerId).OnDelete(DeleteBehavior.Restrict);
        deal.HasOne<OpportunityStage>().WithMany().HasForeignKey(o => o.StageId).OnDelete(DeleteBehavior.Restrict);
        deal.HasOne<User>().WithMany().HasForeignKey(o => o.OwnerId).OnDelete(DeleteBehavior.SetNull);
        deal.HasIndex(o => new { o.StageId, o.Rank, o.Id });
        deal.HasIndex(o => new { o.OwnerId, o.StageId });
        deal.HasIndex(o => o.ExpectedOn);
        deal.HasIndex(o => o.CreatedAt);
        deal.ToTable(t =>
        {
            t.HasCheckConstraint("CK_Opportunities_Amount", "\"AmountMinor\" >= 0");
            t.HasCheckConstraint("CK_Opportunities_Somebody", "\"LeadId\" IS NOT NULL OR \"CustomerId\" IS NOT NULL");
        });
    }
}
