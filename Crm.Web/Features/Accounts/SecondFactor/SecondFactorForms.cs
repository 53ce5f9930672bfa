using System.ComponentModel.DataAnnotations;
using Crm.Web.Features.Accounts.Passwords;

namespace Crm.Web.Features.Accounts.SecondFactor;

/// <summary>What is typed after the password when signing in.</summary>
public sealed class SecondStepForm
{
    /// <summary>Six digits of the authenticator, or a recovery code.</summary>
    [Required(ErrorMessage = "Enter the code."), StringLength(60, ErrorMessage = "This is no code.")]
    public string Code { get; set; } = "";
}

/// <summary>Password and code together, for whoever changes how they sign in.</summary>
public sealed class SecondFactorForm
{
    [Required(ErrorMessage = "Enter your password."), StringLength(PasswordRule.Longest, ErrorMessage = "This is not your password.")]
    public string Password { get; set; } = "";

    /// <summary>Six digits of the authenticator, or a recovery code.</summary>
    [Required(ErrorMessage = "Enter the code."), StringLength(60, ErrorMessage = "This is no code.")]
    public string Code { get; set; } = "";
}
