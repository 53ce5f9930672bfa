using System.Net.Mail;
using Crm.Data.Customers;
using Crm.Web.Features.Accounts.Passwords;
using Crm.Web.Features.Accounts.Users;
using Crm.Web.Platform.Phones;
using Crm.Web.Platform.Results;
using Crm.Web.Platform.Typed;

namespace Crm.Web.Features.Accounts.Registration;

/// <summary>What is wrong with a registration, as far as can be said without knowing who has an account.</summary>
static class RegistrationChecks
{
    /// <summary>Every complaint at once. The words about e-mail and password are those that programs expect.</summary>
    /// <param name="userName">A name to sign in with, so that the address may be left out; null for the address.</param>
    /// <param name="country">ISO 3166 alpha-2 of phone numbers without a calling code.</param>
    public static List<InvalidError> Complaints(RegistrationForm form, string? userName, string country)
    {
        var complaints = new List<InvalidError>();
        if (userName is not null && UserNames.ComplaintAbout(userName, form.Email ?? "", country) is { } name) complaints.Add(new(nameof(UserEdit.UserName), name));
        if (!(userName is not null && string.IsNullOrWhiteSpace(form.Email)) && EmailComplaint(form.Email) is { } email) complaints.Add(new(nameof(form.Email), email));
        Long(form.FirstName, nameof(form.FirstName), complaints);
        Long(form.LastName, nameof(form.LastName), complaints);
        if (!string.IsNullOrWhiteSpace(form.PhoneNumber) && !PhoneNumber.TryParse(form.PhoneNumber, country, out _)) complaints.Add(new(nameof(form.PhoneNumber), PhoneNumber.Complaint(country)));
        var password = form.Password ?? "";
        complaints.AddRange(PasswordRule.Complaints(password, form.Email, userName, form.FirstName, form.LastName, $"{form.FirstName} {form.LastName}")
            .Select(text => new InvalidError(nameof(form.Password), text)));
        if (password != form.Repeated) complaints.Add(new PasswordsDiffer(nameof(form.Repeated)));
        return complaints;
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
        if (!string.IsNullOrWhiteSpace(text) && PersonName.Clean(text) is "") complaints.Add(new(field, "This field may not be blank."));
        if (text?.Trim().Length > Customer.NameLength) complaints.Add(new(field, $"Ensure this field has no more than {Customer.NameLength} characters."));
    }
}
