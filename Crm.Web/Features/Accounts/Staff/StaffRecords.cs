using System.ComponentModel.DataAnnotations;

namespace Crm.Web.Features.Accounts.Staff;

/// <summary>Somebody who works here, did, or was asked to.</summary>
/// <param name="HasSecondFactor">Signs in with an authenticator or a passkey.</param>
/// <param name="Sessions">Browsers and programs that are signed in now.</param>
/// <param name="HasPassword">False until an invitation is accepted.</param>
/// <param name="InvitedUntil">UTC; when the link of an invitation stops working; null when none is under way.</param>
/// <param name="OpenLeads">Leads that would need somebody else.</param>
public sealed record StaffRow(
    Guid Id, string Name, string FirstName, string LastName, string UserName, string? Email, string? Phone, string Role, bool IsActive, bool IsMe,
    DateTime JoinedAt, DateTime? LastSignInAt, bool HasSecondFactor, int Sessions, bool HasPassword, DateTime? InvitedUntil, int OpenLeads)
{
    /// <summary>Asked to work here, and has not answered yet.</summary>
    public bool IsInvited => !HasPassword && IsActive;
}

/// <summary>Who is asked to work here.</summary>
public sealed class StaffInvitation
{
    [Required(ErrorMessage = "Enter the first name."), StringLength(100, ErrorMessage = "A name has at most 100 characters.")]
    public string FirstName { get; set; } = "";

    [StringLength(100, ErrorMessage = "A name has at most 100 characters.")]
    public string? LastName { get; set; }

    [Required(ErrorMessage = "Enter the e-mail address."), StringLength(254, ErrorMessage = "This is too long for an e-mail address.")]
    public string Email { get; set; } = "";

    /// <summary>One of the staff roles.</summary>
    [Required(ErrorMessage = "Choose a role.")]
    public string Role { get; set; } = Platform.Access.Roles.Agent;

    /// <summary>A name to sign in with beside the address; none is the address.</summary>
    [StringLength(100, ErrorMessage = "A user name has at most 100 characters.")]
    public string? UserName { get; set; }
}

/// <summary>What the owner changes about somebody; the address is everybody's own to change.</summary>
public sealed record StaffEdit(string FirstName, string? LastName, string Role);
