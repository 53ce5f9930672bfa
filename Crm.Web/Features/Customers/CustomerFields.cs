using Crm.Data.Customers;
using Crm.Web.Platform.Typed;

namespace Crm.Web.Features.Customers;

/// <summary>The fields of the form one by one, so that two people's changes can be laid together instead of over each other.</summary>
static class CustomerFields
{
    private static readonly FormField<CustomerEdit>[] All =
    [
        new(nameof(CustomerEdit.FirstName), "First name", e => FormJoin.Text(e.FirstName), (to, from) => to.FirstName = from.FirstName),
        new(nameof(CustomerEdit.LastName), "Last name", e => FormJoin.Text(e.LastName), (to, from) => to.LastName = from.LastName),
        new(nameof(CustomerEdit.Phone), "Phone", e => FormJoin.Text(e.Phone), (to, from) => to.Phone = from.Phone),
        new(nameof(CustomerEdit.Email), "E-mail", e => FormJoin.Text(e.Email), (to, from) => to.Email = from.Email),
        new(nameof(CustomerEdit.City), "City", e => FormJoin.Text(e.City), (to, from) => to.City = from.City),
        new(nameof(CustomerEdit.Country), "Country", e => FormJoin.Text(e.Country), (to, from) => to.Country = from.Country),
        new(nameof(CustomerEdit.Language), "Language", e => CustomerLanguages.Name(e.Language), (to, from) => to.Language = from.Language),
        new(nameof(CustomerEdit.Diets), "Diet", e => string.Join(", ", e.Diets.Order().Select(DietName.Of)), (to, from) => to.Diets = [.. from.Diets]),
        new(nameof(CustomerEdit.DietNote), "Diet in their own words", e => FormJoin.Text(e.DietNote), (to, from) => to.DietNote = from.DietNote),
        new(nameof(CustomerEdit.FavouriteNote), "Favourite foods", e => FormJoin.Text(e.FavouriteNote), (to, from) => to.FavouriteNote = from.FavouriteNote),
    ];

    /// <summary>
    /// The record as it is now with my changes on it, and the fields that both sides changed, each to something else; those have my value
    /// in the merged record.
    /// </summary>
    public static (CustomerEdit Merged, List<Clash> Clashes) Merge(CustomerEdit loaded, CustomerEdit mine, CustomerEdit now)
    {
        var merged = mine.Copy();
        return (merged, FormJoin.Into(All, loaded, merged, now));
    }

    /// <summary>Whether any field says something else.</summary>
    public static bool Differ(CustomerEdit one, CustomerEdit other) => FormJoin.Differ(All, one, other);

    /// <summary>Takes over one field.</summary>
    public static void Take(string name, CustomerEdit to, CustomerEdit from) => FormJoin.Take(All, name, to, from);
}

/// <summary>Diets as people call them.</summary>
public static class DietName
{
    public static string Of(Diet diet) => diet switch
    {
        Diet.Vegetarian => "Vegetarian",
        Diet.Vegan => "Vegan",
        Diet.Halal => "Halal",
        Diet.Kosher => "Kosher",
        Diet.NoPork => "No pork",
        Diet.NoBeef => "No beef",
        Diet.GlutenFree => "Gluten free",
        Diet.LactoseFree => "Lactose free",
        Diet.NutAllergy => "Nut allergy",
        Diet.FishAllergy => "Fish allergy",
        Diet.ShellfishAllergy => "Shellfish allergy",
        Diet.Pescatarian => "Pescatarian",
        Diet.LowSalt => "Low salt",
    };

    /// <summary>What somebody must not eat, rather than does not wish to.</summary>
    public static bool IsAllergy(Diet diet) => diet is Diet.NutAllergy or Diet.FishAllergy or Diet.ShellfishAllergy or Diet.GlutenFree or Diet.LactoseFree;
}
