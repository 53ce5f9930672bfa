using System.ComponentModel.DataAnnotations;
using Crm.Web.Features.Accounts.Passwords;

namespace Crm.Web.Features.Accounts.Passkeys;

/// <summary>A new passkey and its name.</summary>
public sealed class PasskeyForm
{
    public const int LongestName = 60;

    [Required(ErrorMessage = "Give it a name by which you know it again."), StringLength(LongestName, ErrorMessage = "This name is too long.")]
    public string Name { get; set; } = "";

    /// <summary>Checked before the browser creates anything: <see cref="PasskeyService.QuestionAsync"/>.</summary>
    [StringLength(PasswordRule.Longest, ErrorMessage = "This is not your password.")]
    public string Password { get; set; } = "";

    /// <summary>JSON of the browser's answer; put in by the page's script.</summary>
    public string? Credential { get; set; }
}

/// <summary>Another name for a passkey.</summary>
public sealed class PasskeyNameForm
{
    [Required(ErrorMessage = "Give it a name by which you know it again."), StringLength(PasskeyForm.LongestName, ErrorMessage = "This name is too long.")]
    public string Name { get; set; } = "";
}
