using Crm.Web.Platform.Addresses;
using Crm.Web.Platform.Results;

namespace Crm.Web.Features.Customers.Portal.Profile;

/// <summary>Whether what a customer typed can be taken, and in which form; the form asks this on leaving a field, the service on saving.</summary>
static class ProfileChecks
{
    public const int StreetLength = 255;
    public const int PartLength = 100;

    /// <summary>The profile with its texts in one line, phone in E.164 and postal code as its country writes it, or every complaint at once.</summary>
    /// <param name="country">ISO 3166 alpha-2 of the shop: phone numbers without a calling code are of it.</param>
    /// <param name="wholeAddress">Street, city and country have to be there once any part of an address is.</param>
    public static Result<ProfileEdit> Tidy(ProfileEdit typed, string country, bool wholeAddress = true)
    {
        var complaints = new List<InvalidError>();
        var tidy = Person(typed, country, complaints);
        Address(typed, tidy, wholeAddress ? null : country, complaints);
        return complaints.Count > 0 ? InvalidError.Of(complaints) : tidy;
    }

    // The rules for persons are those of the staff's form; here a first name is needed as well.
    private static ProfileEdit Person(ProfileEdit typed, string country, List<InvalidError> complaints)
    {
        var person = typed.ToCustomer();
        if (string.IsNullOrWhiteSpace(person.FirstName))
        {
            complaints.Add(new(nameof(typed.FirstName), "Tell us your first name."));
            person.FirstName = nameof(person.FirstName);
        }
        if (CustomerChecks.Tidy(person, country).Failed(out var refusal, out var tidy))
        {
            complaints.AddRange(((InvalidError)refusal).All);
            return typed.Copy();
        }
        return new ProfileEdit
        {
            FirstName = tidy.FirstName,
            LastName = tidy.LastName,
            Phone = tidy.Phone,
            Language = tidy.Language,
            Diets = tidy.Diets,
            DietNote = tidy.DietNote,
            FavouriteNote = tidy.FavouriteNote,
        };
    }

    private static void Address(ProfileEdit typed, ProfileEdit tidy, string? otherwise, List<InvalidError> complaints)
    {
        if (typed.HasNoAddress)
        {
            (tidy.Street, tidy.Apartment, tidy.City, tidy.Province, tidy.PostalCode, tidy.Country) = (null, null, null, null, null, null);
            return;
        }
        tidy.Street = Line(typed.Street, StreetLength, nameof(typed.Street), otherwise is null ? "Write the street and number." : null, complaints);
        tidy.Apartment = Line(typed.Apartment, PartLength, nameof(typed.Apartment), null, complaints);
        tidy.City = Line(typed.City, PartLength, nameof(typed.City), otherwise is null ? "Write the city or town." : null, complaints);
        tidy.Province = Line(typed.Province, PartLength, nameof(typed.Province), null, complaints);
        tidy.Country = typed.Country ?? otherwise;
        tidy.PostalCode = null;
        if (tidy.Country is not { } country || !Countries.Has(country)) complaints.Add(new(nameof(typed.Country), "Choose the country."));
        else if (!string.IsNullOrWhiteSpace(typed.PostalCode) && !PostalCode.TryParse(typed.PostalCode, country, out _))
            complaints.Add(new(nameof(typed.PostalCode), PostalCode.Complaint(country)));
        else tidy.PostalCode = PostalCode.TryParse(typed.PostalCode, country, out var code) ? code : null;
    }

    private static string? Line(string? typed, int longest, string field, string? missing, List<InvalidError> complaints)
    {
        var line = string.Join(' ', (typed ?? "").Split(null as char[], StringSplitOptions.RemoveEmptyEntries)
            .Select(word => string.Concat(word.Where(ch => !char.IsControl(ch)))).Where(word => word.Length > 0));
        if (line.Length > longest) complaints.Add(new(field, $"This can have at most {longest} characters."));
        if (line.Length == 0 && missing is not null) complaints.Add(new(field, missing));
        return line.Length == 0 ? null : line;
    }
}
