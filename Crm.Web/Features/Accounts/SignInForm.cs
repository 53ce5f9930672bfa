using System.ComponentModel.DataAnnotations;
using Crm.Web.Features.Accounts.Passwords;

namespace Crm.Web.Features.Accounts;

/// <summary>What is typed to sign in.</summary>
public sealed class SignInForm
{
    /// <summary>E-mail address, user name or phone number.</summary>
    [Required(ErrorMessage = "Enter your e-mail, user name or mobile number."), StringLength(256, ErrorMessage = "This is too long for a sign-in.")]
    public string Identifier { get; set; } = "";

    [Required(ErrorMessage = "Enter your password."), StringLength(PasswordRule.Longest, ErrorMessage = "This is too long for a password.")]
    public string Password { get; set; } = "";
}
