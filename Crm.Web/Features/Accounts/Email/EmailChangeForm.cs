using System.ComponentModel.DataAnnotations;
using Crm.Data.Customers;
using Crm.Web.Features.Accounts.Passwords;

namespace Crm.Web.Features.Accounts.Email;

/// <summary>Another address for the account, and the password that allows it.</summary>
public sealed class EmailChangeForm
{
    [Required(ErrorMessage = "Enter the new e-mail address."), StringLength(Customer.EmailLength, ErrorMessage = "The e-mail address can have at most 254 characters.")]
    public string? NewEmail { get; set; }

    [Required(ErrorMessage = "Enter your password."), StringLength(PasswordRule.Longest, ErrorMessage = "This is not your password.")]
    public string? Password { get; set; }
}
