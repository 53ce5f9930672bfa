using System.ComponentModel.DataAnnotations;

namespace Crm.Web.Features.Accounts;

/// <summary>How sign-in behaves. Section <c>Accounts</c>.</summary>
public sealed class AccountsOptions
{
    /// <summary>Wrong passwords in a row until the account rests.</summary>
    [Range(1, 100)]
    public int FailuresBeforeLockout { get; set; } = 5;

    /// <summary>How long it rests at first; each further rest without a sign-in between them is twice as long.</summary>
    [Range(1, 1440)]
    public int LockoutMinutes { get; set; } = 15;

    /// <summary>How long it rests at most.</summary>
    [Range(1, 168)]
    public int LongestLockoutHours { get; set; } = 24;

    /// <summary>How long a sign-in lasts, whatever is done meanwhile.</summary>
    [Range(1, 168)]
    public int SessionHours { get; set; } = 24;

    /// <summary>Passwords hashed at once, each with 19 MiB and a core; 0 is as many as there are cores.</summary>
    [Range(0, 64)]
    public int ParallelHashes { get; set; }

    /// <summary>The domain that passkeys are made for, where it is not the host that the browser asks, for example "shop.example".</summary>
    [StringLength(253)]
    public string? PasskeyDomain { get; set; }
}
