using System.Net.Mail;
using Crm.Data.Customers;
using Crm.Web.Features.Accounts.Passwords;
using Crm.Web.Platform.Phones;
using Crm.Web.Platform.Results;

namespace Crm.Web.Features.Accounts.Registration;

/// <summary>What is wrong with a registration, as far as can be said without knowing who has an account.</summary>
static class RegistrationChecks
{
    /// <summary>Every complaint at once; null for none. The words about e-mail and password are those that programs expect.</summary>
    /// <param name="country">ISO 3166 alpha-2 of phone numbers without a calling code.</param>
    /// <param name="named">There is a user name to sign in with, so that the address may be left out.</param>
    public static InvalidError? Complain(RegistrationForm form, string country, bool named)
    {
        var complaints = new List<InvalidError>();
        if (!(named && string.IsNullOrWhiteSpace(form.Email)) && EmailComplaint(form.Email) is { } email) complaints.Add(new(nameof(form.Email), email));
        Long(form.FirstName, nameof(form.FirstName), complaints);
        Long(form.LastName, nameof(form.LastName), complaints);
        if (!string.IsNullOrWhiteSpace(form.PhoneNumber) && !PhoneNumber.TryParse(form.PhoneNumber, country, out _)) complaints.Add(new(nameof(form.PhoneNumber), PhoneNumber.Complaint(country)));
        var password = form.Password ?? "";
        complaints.AddRange(PasswordRule.Complaints(password, form.Email, form.FirstName, form.LastName, $"{form.FirstName} {form.LastName}")
            .Select(text => new InvalidError(nameof(form.Password), text)));
        if (password != form.Repeated) complaints.Add(new PasswordsDiffer(nameof(form.Repeated)));
        return complaints.Count > 0 ? InvalidError.Of(complaints) : null;
    }

    /// <summary>What is wrong with an address, or null.</summary>
    public static string? EmailComplaint(string? email) => email?.Trim() switch
    {
        null or "" => "This field may not be blank.",
        { Length: > Customer.EmailLength } => $"Ensure this field has no more than {Customer.EmailLength} characters.",
        var address => IsAddress(address) ? null : "Enter a valid email address.",
    };

    // Plain letters only: mail to others seldom arrives, and some look like another address.
    private static bool IsAddress(string text) =>
        text.All(ch => char.IsAscii(ch) && !char.IsControl(ch) && ch is not (' ' or ',' or ';' or '"' or '<' or '>'))
        && MailAddress.TryCreate(text, out var address) && address.Address == text && address.User.Length <= 64
        && address.Host.Contains('.', StringComparison.Ordinal) && !address.Host.EndsWith('.') && !address.Host.StartsWith('[');

    private static void Long(string? text, string field, List<InvalidError> complaints)
    {
        if (text?.Trim().Length > Customer.NameLength) complaints.Add(new(field, $"Ensure this field has no more than {Customer.NameLength} characters."));
    }
}
