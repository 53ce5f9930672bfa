using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;

namespace Crm.Web.Features.Accounts.RoleRights;

/// <summary>A permission and what each staff role has of it.</summary>
public sealed record RightRow(PermissionFacts Facts, IReadOnlyList<RightCell> Cells);

/// <summary>One switch of the matrix.</summary>
/// <param name="Granted">What holds now.</param>
/// <param name="CameWith">What the role has in a new shop.</param>
/// <param name="Locked">Why it cannot be turned, or null.</param>
public sealed record RightCell(string Role, bool Granted, bool CameWith, string? Locked)
{
    /// <summary>What the owner chose, also while something else that it needs is missing.</summary>
    public bool Wanted { get; init; } = Granted;

    public bool IsChanged => Wanted != CameWith;
}

/// <summary>This right belongs to the role for good, or never does.</summary>
public sealed record RightFixed(string Why) : ConflictError(Why);
