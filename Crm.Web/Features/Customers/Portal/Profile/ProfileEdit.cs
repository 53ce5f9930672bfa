using Crm.Data.Customers;

namespace Crm.Web.Features.Customers.Portal.Profile;

/// <summary>
/// What a customer may change about themselves, and nothing else: mail address, number, points, tier, flags and staff's notes are
/// not here, so no form and no request can reach them.
/// </summary>
public sealed record ProfileEdit
{
    public string? FirstName { get; set; }
    public string? LastName { get; set; }
    public string? Phone { get; set; }
    public string? Street { get; set; }
    public string? Apartment { get; set; }
    public string? City { get; set; }
    public string? Province { get; set; }
    public string? PostalCode { get; set; }

    /// <summary>ISO 3166 alpha-2; says nothing while the rest of the address is empty.</summary>
    public string? Country { get; set; }

    /// <summary>One of <see cref="CustomerLanguages"/>.</summary>
    public string Language { get; set; } = "en";
    public List<Diet> Diets { get; set; } = [];
    public string? DietNote { get; set; }
    public string? FavouriteNote { get; set; }

    /// <summary>Street, city and the rest are empty.</summary>
    public bool HasNoAddress => new[] { Street, Apartment, City, Province, PostalCode }.All(string.IsNullOrWhiteSpace);

    /// <summary>A copy whose lists are its own.</summary>
    public ProfileEdit Copy() => this with { Diets = [.. Diets] };

    /// <summary>The part that staff edit too, for the rules that are the same for both.</summary>
    internal CustomerEdit ToCustomer() => new()
    {
        FirstName = FirstName,
        LastName = LastName,
        Phone = Phone,
        Language = Language,
        Diets = Diets,
        DietNote = DietNote,
        FavouriteNote = FavouriteNote,
    };

    /// <param name="customer">With diets and addresses.</param>
    internal static ProfileEdit Of(Customer customer)
    {
        var home = HomeOf(customer);
        return new ProfileEdit
        {
            FirstName = Null(customer.FirstName),
            LastName = Null(customer.LastName),
            Phone = customer.Phone,
            Street = Null(home?.Street),
            Apartment = home?.Apartment,
            City = Null(home?.City),
            Province = home?.Province,
            PostalCode = home?.PostalCode,
            Country = Null(home?.Country),
            Language = customer.Language,
            Diets = [.. customer.Diets.Select(d => d.Diet).Order()],
            DietNote = customer.DietNote,
            FavouriteNote = customer.FavouriteNote,
        };
    }

    /// <summary>Where goods go unless the customer says otherwise.</summary>
    internal static CustomerAddress? HomeOf(Customer customer) => customer.Addresses.SingleOrDefault(a => a is { Kind: AddressKind.Shipping, IsDefault: true });

    private static string? Null(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
