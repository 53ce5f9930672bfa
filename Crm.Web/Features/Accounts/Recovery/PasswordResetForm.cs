using System.ComponentModel.DataAnnotations;

namespace Crm.Web.Features.Accounts.Recovery;

/// <summary>A new password, typed twice, by whoever has the link.</summary>
public sealed class PasswordResetForm
{
    /// <summary>The secret in the link.</summary>
    public string? Token { get; set; }

    [Required(ErrorMessage = "Enter a new password.")]
    public string? New { get; set; }

    [Required(ErrorMessage = "Enter the new password again."), Compare(nameof(New), ErrorMessage = "This is not the same as the new password above.")]
    public string? Repeated { get; set; }
}
