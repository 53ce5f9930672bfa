using Microsoft.AspNetCore.Identity;

namespace Crm.Data.Accounts;

/// <summary>Somebody who can sign in: staff, or a customer who has an account.</summary>
public sealed class User : IdentityUser<Guid>, ILive
{
    public User() => Id = Guid.CreateVersion7();

    public string FirstName { get; set; } = "";
    public string LastName { get; set; } = "";
    public bool IsActive { get; set; } = true;
    public DateTime JoinedAt { get; set; }

    [NotInAudit]
    public DateTime? LastSignInAt { get; set; }

    /// <summary>The name as other people read it.</summary>
    public string DisplayName => $"{FirstName} {LastName}".Trim() is { Length: > 0 } name ? name : UserName ?? "";

    public ChangeTopic Topic => new(ChangeKinds.User, Id);
}
