using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Crm.Data.Accounts;

/// <summary>Where the owner has given a role a permission that it does not come with, or taken one away.</summary>
public sealed class RolePermission : Entity, ILive
{
    public required string Role { get; init; }
    public required string Permission { get; init; }
    public bool Granted { get; set; }

    /// <summary>It concerns every account of the role.</summary>
    public ChangeTopic Topic => new(ChangeKinds.User, Guid.Empty);
}

sealed class RolePermissionConfiguration : IEntityTypeConfiguration<RolePermission>
{
    public void Configure(EntityTypeBuilder<RolePermission> permission)
    {
        permission.Ignore(p => p.Topic);
        permission.ToTable("RolePermissions");
        permission.Property(p => p.Role).HasMaxLength(40);
        permission.Property(p => p.Permission).HasMaxLength(60);
        permission.HasIndex(p => new { p.Role, p.Permission }).IsUnique();
    }
}
