using Crm.Data.Customers;
using Crm.Web.Features.Customers;
using Crm.Web.Features.Customers.Portal.Profile;
using Crm.Web.Platform.Addresses;
using Crm.Web.Platform.Api;

namespace Crm.Web.Features.Accounts.Api;

/// <summary>What a program wants changed of a customer's own record: the fields that it sent, and no others.</summary>
static class ShopperProfileChange
{
    private const int LongestName = 100;
    private const int LongestPhone = 20;
    private const int LongestStreet = 255;
    private const int LongestPart = 100;
    private const int LongestCode = 20;
    private const int LongestNote = 1000;

    /// <summary>The API's names of the form's fields.</summary>
    public static readonly IReadOnlyDictionary<string, string> Names = new Dictionary<string, string>
    {
        [nameof(ProfileEdit.Street)] = "street_address",
        [nameof(ProfileEdit.Phone)] = "phone_number",
        [nameof(ProfileEdit.Province)] = "province_state",
        [nameof(ProfileEdit.Language)] = "preferred_language",
        [nameof(ProfileEdit.DietNote)] = "dietary_preferences",
        [nameof(ProfileEdit.FavouriteNote)] = "favorite_products",
    };

    private static readonly Dictionary<string, Diet> Diets = Enum.GetValues<Diet>().ToDictionary(d => Plain(DietName.Of(d)));

    /// <summary>The profile with what was sent on it.</summary>
    /// <param name="whole">The names have to be there.</param>
    public static ProfileEdit Read(FieldReader fields, ProfileView now, bool whole)
    {
        var edit = now.Edit.Copy();
        edit.FirstName = whole || fields.Has("first_name") ? fields.Required(LongestName, "first_name") : edit.FirstName;
        edit.LastName = whole ? fields.Required(LongestName, "last_name") : fields.Optional(LongestName, "last_name") ?? edit.LastName;
        edit.Phone = fields.Optional(LongestPhone, "phone_number", "phone") ?? edit.Phone;
        edit.Street = fields.Optional(LongestStreet, "street_address") ?? edit.Street;
        edit.City = fields.Optional(LongestPart, "city") ?? edit.City;
        edit.Province = fields.Optional(LongestPart, "province_state", "province") ?? edit.Province;
        edit.PostalCode = fields.Optional(LongestCode, "postal_code") ?? edit.PostalCode;
        edit.Country = CountryOf(fields) ?? edit.Country;
        edit.Language = fields.Choice(CustomerLanguages.All.ContainsKey, "preferred_language") ?? edit.Language;
        TakeDiets(edit, fields.Optional(LongestNote, "dietary_preferences"));
        TakeFavourites(edit, now, fields.Optional(LongestNote, "favorite_products"));
        return edit;
    }

    /// <summary>The switches that were sent.</summary>
    public static IReadOnlyDictionary<ConsentChannel, bool> ReadChannels(FieldReader fields) =>
        new (ConsentChannel Channel, bool? On)[]
        {
            (ConsentChannel.Email, fields.Flag("email_notifications")),
            (ConsentChannel.Sms, fields.Flag("sms_notifications")),
            (ConsentChannel.Push, fields.Flag("push_notifications")),
        }.Where(c => c.On is not null).ToDictionary(c => c.Channel, c => c.On!.Value);

    /// <summary>By its name or its code of two letters.</summary>
    private static string? CountryOf(FieldReader fields)
    {
        if (fields.Optional(LongestPart, "country") is not { Length: > 0 } text) return null;
        var found = Countries.All.FirstOrDefault(c => c.Code.Equals(text, StringComparison.OrdinalIgnoreCase) || c.Name.Equals(text, StringComparison.OrdinalIgnoreCase));
        if (found.Code is null) fields.Complain("country", $"\"{text}\" is not a valid choice.");
        return found.Code;
    }

    // What names a diet becomes one that lists can be filtered by; the rest stays in the customer's words.
    private static void TakeDiets(ProfileEdit edit, string? text)
    {
        if (text is null) return;
        var parts = Parts(text).ToLookup(part => Diets.ContainsKey(Plain(part)));
        edit.Diets = [.. parts[true].Select(part => Diets[Plain(part)]).Distinct().Order()];
        edit.DietNote = string.Join(", ", parts[false]);
    }

    // Marked products are named in the text as well, and stay marked.
    private static void TakeFavourites(ProfileEdit edit, ProfileView now, string? text)
    {
        if (text is not null) edit.FavouriteNote = string.Join(", ", Parts(text).Where(part => now.Favourites.All(f => f.Name != part)));
    }

    private static string[] Parts(string text) => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static string Plain(string text) => string.Concat(text.Where(char.IsLetter)).ToUpperInvariant();
}
