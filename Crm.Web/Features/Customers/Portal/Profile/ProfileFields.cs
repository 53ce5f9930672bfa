using Crm.Web.Platform.Addresses;
using Crm.Web.Platform.Typed;

namespace Crm.Web.Features.Customers.Portal.Profile;

/// <summary>The profile field by field, so that what two windows changed is laid together instead of over each other. The address is one field.</summary>
static class ProfileFields
{
    /// <summary>The field that stands for the whole address.</summary>
    public const string Address = "Address";

    private static readonly FormField<ProfileEdit>[] All =
    [
        new(nameof(ProfileEdit.FirstName), "First name", e => FormJoin.Text(e.FirstName), (to, from) => to.FirstName = from.FirstName),
        new(nameof(ProfileEdit.LastName), "Last name", e => FormJoin.Text(e.LastName), (to, from) => to.LastName = from.LastName),
        new(nameof(ProfileEdit.Phone), "Phone", e => FormJoin.Text(e.Phone), (to, from) => to.Phone = from.Phone),
        new(Address, "Address", OneLine, CopyAddress),
        new(nameof(ProfileEdit.Language), "Language", e => CustomerLanguages.Name(e.Language), (to, from) => to.Language = from.Language),
        new(nameof(ProfileEdit.Diets), "Diet", e => string.Join(", ", e.Diets.Order().Select(DietName.Of)), (to, from) => to.Diets = [.. from.Diets]),
        new(nameof(ProfileEdit.DietNote), "Diet in your own words", e => FormJoin.Text(e.DietNote), (to, from) => to.DietNote = from.DietNote),
        new(nameof(ProfileEdit.FavouriteNote), "Favourites in your own words", e => FormJoin.Text(e.FavouriteNote), (to, from) => to.FavouriteNote = from.FavouriteNote),
    ];

    /// <summary>
    /// The profile as it is now with my changes on it, and the fields that both sides changed, each to something else; those have my
    /// value in the merged profile.
    /// </summary>
    public static (ProfileEdit Merged, List<Clash> Clashes) Merge(ProfileEdit opened, ProfileEdit mine, ProfileEdit now)
    {
        var merged = mine.Copy();
        return (merged, FormJoin.Into(All, opened, merged, now));
    }

    /// <summary>Takes over one field.</summary>
    public static void Take(string name, ProfileEdit to, ProfileEdit from) => FormJoin.Take(All, name, to, from);

    /// <summary>Nothing differs that would be saved.</summary>
    public static bool AreSame(ProfileEdit a, ProfileEdit b) => !FormJoin.Differ(All, a, b);

    private static string? OneLine(ProfileEdit edit) => edit.HasNoAddress
        ? null
        : string.Join(", ", new[] { edit.Street, edit.Apartment, edit.City, edit.Province, edit.PostalCode, Countries.Name(edit.Country?.Trim() ?? "") }.Select(FormJoin.Text).OfType<string>());

    private static void CopyAddress(ProfileEdit to, ProfileEdit from) =>
        (to.Street, to.Apartment, to.City, to.Province, to.PostalCode, to.Country) = (from.Street, from.Apartment, from.City, from.Province, from.PostalCode, from.Country);
}
