using System.ComponentModel.DataAnnotations;

namespace Crm.Web.Features.Accounts.Passwords;

/// <summary>A new password, typed twice, and the one it replaces.</summary>
public sealed class PasswordChangeForm
{
    [Required(ErrorMessage = "Enter the password you use now."), StringLength(PasswordRule.Longest, ErrorMessage = "This is not your password.")]
    public string Current { get; set; } = "";

    [Required(ErrorMessage = "Enter a new password.")]
    public string New { get; set; } = "";

    [Compare(nameof(New), ErrorMessage = "This is not the same as the new password above.")]
    public string Repeated { get; set; } = "";
}
