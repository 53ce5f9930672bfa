using Microsoft.AspNetCore.Identity;

namespace Crm.Data.Accounts;

/// <summary>One of the four roles; what each may do is decided by policies, not here.</summary>
public sealed class Role : IdentityRole<Guid>
{
    public Role() => Id = Guid.CreateVersion7();

    public Role(string name) : this() => (Name, NormalizedName) = (name, name.ToUpperInvariant());
}
