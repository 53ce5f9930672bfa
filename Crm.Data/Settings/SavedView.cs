using Crm.Data.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Crm.Data.Settings;

/// <summary>A filter with its order, columns and layout under a name: private, or shown to all staff.</summary>
public sealed class SavedView : Entity, IVersioned, ILive
{
    public const int NameLength = 80;
    public const int QueryLength = 2000;

    /// <summary>The list that it is a view of: leads, opportunities, customers.</summary>
    public required string Area { get; init; }
    public required string Name { get; set; }

    /// <summary>The query of the list's address, with its question mark; empty for everything.</summary>
    public required string Query { get; set; }
    public required Guid OwnerId { get; init; }
    public bool IsShared { get; set; }
    public required DateTime CreatedAt { get; init; }
    public int Version { get; set; }
    public ChangeTopic Topic => new(ChangeKinds.View, Id);
}

/// <summary>The view that a list opens with for somebody.</summary>
public sealed class FirstView : ILive
{
    public required Guid UserId { get; init; }
    public required string Area { get; init; }
    public required Guid ViewId { get; set; }
    public ChangeTopic Topic => new(ChangeKinds.View, ViewId);
}

sealed class SavedViewConfiguration : IEntityTypeConfiguration<SavedView>
{
    public void Configure(EntityTypeBuilder<SavedView> view)
    {
        view.Property(v => v.Area).HasMaxLength(30);
        view.Property(v => v.Name).HasMaxLength(SavedView.NameLength);
        view.Property(v => v.Query).HasMaxLength(SavedView.QueryLength);
        view.HasOne<User>().WithMany().HasForeignKey(v => v.OwnerId).OnDelete(DeleteBehavior.Cascade);
        view.HasIndex(v => new { v.OwnerId, v.Area, v.Name }).IsUnique();
        view.HasIndex(v => new { v.Area, v.IsShared });
    }
}

sealed class FirstViewConfiguration : IEntityTypeConfiguration<FirstView>
{
    public void Configure(EntityTypeBuilder<FirstView> first)
    {
        first.HasKey(f => new { f.UserId, f.Area });
        first.Property(f => f.Area).HasMaxLength(30);
        first.HasOne<User>().WithMany().HasForeignKey(f => f.UserId).OnDelete(DeleteBehavior.Cascade);
        first.HasOne<SavedView>().WithMany().HasForeignKey(f => f.ViewId).OnDelete(DeleteBehavior.Cascade);
    }
}
