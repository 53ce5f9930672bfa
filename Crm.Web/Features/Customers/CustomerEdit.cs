using Crm.Data.Customers;

namespace Crm.Web.Features.Customers;

/// <summary>What staff type about a customer. No account is needed; a phone number alone is enough.</summary>
public sealed record CustomerEdit
{
    public string? FirstName { get; set; }
    public string? LastName { get; set; }
    public string? Phone { get; set; }
    public string? Email { get; set; }
    public string? City { get; set; }
    public string? Country { get; set; }

    /// <summary>One of <see cref="CustomerLanguages"/>.</summary>
    public string Language { get; set; } = "en";
    public List<Diet> Diets { get; set; } = [];
    public string? DietNote { get; set; }
    public string? FavouriteNote { get; set; }

    /// <summary>A copy whose lists are its own.</summary>
    public CustomerEdit Copy() => this with { Diets = [.. Diets] };

    internal static CustomerEdit Of(Customer customer) => new()
    {
        FirstName = Null(customer.FirstName),
        LastName = Null(customer.LastName),
        Phone = customer.Phone,
        Email = customer.Email,
        City = customer.City,
        Country = customer.Country,
        Language = customer.Language,
        Diets = [.. customer.Diets.Select(d => d.Diet).Order()],
        DietNote = customer.DietNote,
        FavouriteNote = customer.FavouriteNote,
    };

    private static string? Null(string text) => text.Length == 0 ? null : text;
}

/// <summary>The languages that the shop writes in.</summary>
public static class CustomerLanguages
{
    /// <summary>Of whoever chose none.</summary>
    public const string Default = "en";

    public static readonly IReadOnlyDictionary<string, string> All = new Dictionary<string, string> { ["en"] = "English", ["fr"] = "French", ["sw"] = "Swahili" };

    /// <summary>The name of a language, or its code.</summary>
    public static string Name(string code) => All.GetValueOrDefault(code, code);
}
