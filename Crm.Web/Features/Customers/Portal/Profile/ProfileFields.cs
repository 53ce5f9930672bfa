using Crm.Web.Platform.Addresses;

namespace Crm.Web.Features.Customers.Portal.Profile;

/// <summary>The profile field by field, so that what two windows changed is laid together instead of over each other. The address is one field.</summary>
static class ProfileFields
{
    /// <summary>The field that stands for the whole address.</summary>
    public const string Address = "Address";

    private sealed record Field(string Name, string Label, Func<ProfileEdit, string> Read, Action<ProfileEdit, ProfileEdit> Copy);

    private static readonly Field[] All =
    [
        new(nameof(ProfileEdit.FirstName), "First name", e => Text(e.FirstName), (to, from) => to.FirstName = from.FirstName),
        new(nameof(ProfileEdit.LastName), "Last name", e => Text(e.LastName), (to, from) => to.LastName = from.LastName),
        new(nameof(ProfileEdit.Phone), "Phone", e => Text(e.Phone), (to, from) => to.Phone = from.Phone),
        new(Address, "Address", OneLine, CopyAddress),
        new(nameof(ProfileEdit.Language), "Language", e => CustomerLanguages.Name(e.Language), (to, from) => to.Language = from.Language),
        new(nameof(ProfileEdit.Diets), "Diet", e => string.Join(", ", e.Diets.Order().Select(DietName.Of)), (to, from) => to.Diets = [.. from.Diets]),
        new(nameof(ProfileEdit.DietNote), "Diet in your own words", e => Text(e.DietNote), (to, from) => to.DietNote = from.DietNote),
        new(nameof(ProfileEdit.FavouriteNote), "Favourites in your own words", e => Text(e.FavouriteNote), (to, from) => to.FavouriteNote = from.FavouriteNote),
    ];

    /// <summary>
    /// The profile as it is now with my changes on it, and the fields that both sides changed, each to something else; those have my
    /// value in the merged profile.
    /// </summary>
    public static (ProfileEdit Merged, List<FieldClash> Clashes) Merge(ProfileEdit opened, ProfileEdit mine, ProfileEdit now)
    {
        var merged = now.Copy();
        var clashes = new List<FieldClash>();
        foreach (var field in All)
        {
            var (before, wanted, theirs) = (field.Read(opened), field.Read(mine), field.Read(now));
            if (wanted == before || wanted == theirs) continue;
            if (theirs != before) clashes.Add(new FieldClash(field.Name, field.Label, wanted, theirs));
            field.Copy(merged, mine);
        }
        return (merged, clashes);
    }

    /// <summary>Takes over one field.</summary>
    public static void Take(string name, ProfileEdit to, ProfileEdit from) => All.Single(f => f.Name == name).Copy(to, from);

    /// <summary>Nothing differs that would be saved.</summary>
    public static bool AreSame(ProfileEdit a, ProfileEdit b) => All.All(f => f.Read(a) == f.Read(b));

    private static string OneLine(ProfileEdit edit) => edit.HasNoAddress
        ? ""
        : string.Join(", ", new[] { Text(edit.Street), Text(edit.Apartment), Text(edit.City), Text(edit.Province), Text(edit.PostalCode), Countries.Name(Text(edit.Country)) }.Where(part => part.Length > 0));

    private static void CopyAddress(ProfileEdit to, ProfileEdit from) =>
        (to.Street, to.Apartment, to.City, to.Province, to.PostalCode, to.Country) = (from.Street, from.Apartment, from.City, from.Province, from.PostalCode, from.Country);

    private static string Text(string? text) => text?.Trim() ?? "";
}
