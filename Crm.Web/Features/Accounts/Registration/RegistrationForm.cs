using System.ComponentModel.DataAnnotations;
using Crm.Data.Customers;
using Crm.Web.Features.Accounts.Passwords;

namespace Crm.Web.Features.Accounts.Registration;

/// <summary>What somebody tells who wants an account. What needs no data is said by <see cref="RegistrationChecks"/>, for the page and for programs alike.</summary>
public sealed class RegistrationForm : IValidatableObject
{
    [Required(ErrorMessage = "Tell us your first name."), StringLength(Customer.NameLength, ErrorMessage = "The first name can have at most 100 characters.")]
    public string? FirstName { get; set; }

    [StringLength(Customer.NameLength, ErrorMessage = "The last name can have at most 100 characters.")]
    public string? LastName { get; set; }

    [Required(ErrorMessage = "Enter your e-mail address."), StringLength(Customer.EmailLength, ErrorMessage = "The e-mail address can have at most 254 characters.")]
    public string? Email { get; set; }

    /// <summary>In any style.</summary>
    [StringLength(40, ErrorMessage = "This is too long for a phone number.")]
    public string? PhoneNumber { get; set; }

    [Required(ErrorMessage = "Choose a password."), StringLength(PasswordRule.Longest, ErrorMessage = "This password is too long. It may contain at most 200 characters.")]
    public string? Password { get; set; }

    /// <summary>The password again.</summary>
    [Required(ErrorMessage = "Enter the password again."), Compare(nameof(Password), ErrorMessage = "This is not the same as the password above.")]
    public string? Repeated { get; set; }

    public bool NotifyByEmail { get; set; }

    /// <summary>Without a number it stays off.</summary>
    public bool NotifyBySms { get; set; }
    public bool NotifyByPush { get; set; }

    /// <summary>One of the shop's languages; English where nothing is said.</summary>
    public string? Language { get; set; }

    /// <summary>The channels that are on.</summary>
    internal IReadOnlyList<ConsentChannel> Channels =>
    [
        .. NotifyByEmail ? [ConsentChannel.Email] : Array.Empty<ConsentChannel>(),
        .. NotifyBySms ? [ConsentChannel.Sms] : Array.Empty<ConsentChannel>(),
        .. NotifyByPush ? [ConsentChannel.Push] : Array.Empty<ConsentChannel>(),
    ];

    /// <summary>On the page a switch that could not be kept is said, rather than left off in silence.</summary>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (NotifyBySms && string.IsNullOrWhiteSpace(PhoneNumber)) yield return new ValidationResult("Give a mobile number for SMS, or switch SMS off.", [nameof(PhoneNumber)]);
    }
}
