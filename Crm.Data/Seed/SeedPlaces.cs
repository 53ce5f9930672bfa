using System.Globalization;
using Crm.Data.Customers;

namespace Crm.Data.Seed;

/// <summary>A town where customers live.</summary>
sealed record SeedPlace(string City, string? Province, string Country, int Weight, string[] Areas, string[] Postal, string[] Streets);

/// <summary>A country that customers, or their parents, come from.</summary>
/// <param name="Count">Customers with these roots.</param>
/// <param name="Abroad">How many of them still live there.</param>
/// <param name="Mobile">A mobile number there; {3} stands for three digits.</param>
/// <param name="Diets">Diets with the percentage of people who keep them.</param>
sealed record SeedCountry(string Code, string Name, int Count, int Abroad, string Mobile, string[] Languages, IReadOnlyList<(Diet Diet, int Percent)> Diets);

/// <summary>Where people live and how they can be called; no number is given twice.</summary>
sealed class SeedPlaces
{
    private readonly SeedDice dice = new(5);
    private readonly HashSet<string> taken = [.. DemoPeople.All.Select(p => p.Phone)];
    private readonly List<SeedPlace> all = [.. SeedRows.Read("places.csv").Select(r =>
        new SeedPlace(r[0], r[1].Length == 0 ? null : r[1], r[2], Number(r[3]), SeedRows.Words(r[4]), SeedRows.Words(r[5]), r[6].Split(',')))];

    public IReadOnlyList<SeedCountry> Countries { get; } = [.. SeedRows.Read("countries.csv").Select(r =>
        new SeedCountry(r[0], r[1], Number(r[2]), Number(r[3]), r[4], SeedRows.Words(r[5]), [.. r[6].Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Percentage)]))];

    public SeedPlace Near() => dice.Weighted(all, p => p.Weight);

    public SeedPlace In(string city) => all.First(p => p.City == city);

    public SeedPlace Abroad(string country) => dice.Pick([.. all.Where(p => p.Country == country)]);

    public string NameOf(string country) => Countries.First(c => c.Code == country).Name;

    /// <summary>A number of the place where it is in Canada or the United States (from the range kept for fiction), else a mobile of its country.</summary>
    public string Phone(SeedPlace place)
    {
        if (place.Areas.Length == 0) return Mobile(Countries.First(c => c.Code == place.Country));
        while (true)
        {
            var phone = $"+1{dice.Pick(place.Areas)}55501{dice.Digits(2)}";
            if (taken.Add(phone)) return phone;
        }
    }

    /// <summary>A mobile number as people of the country have it, even when they live elsewhere.</summary>
    public string Mobile(SeedCountry country)
    {
        while (true)
        {
            var phone = country.Mobile;
            for (var at = phone.IndexOf('{'); at >= 0; at = phone.IndexOf('{')) phone = phone[..at] + dice.Digits(phone[at + 1] - '0') + phone[(at + 3)..];
            if (taken.Add(phone)) return phone;
        }
    }

    /// <summary>Keeps a number for the person whose it is.</summary>
    public void Keep(string phone) => taken.Add(phone);

    public CustomerAddress Address(Guid id, Guid customerId, SeedPlace place, AddressKind kind, bool isDefault) => new()
    {
        Id = id,
        CustomerId = customerId,
        Kind = kind,
        Street = $"{dice.Between(2, 2900)} {dice.Pick(place.Streets)}",
        Apartment = dice.Chance(0.35) ? $"{dice.Between(1, 24)}{dice.Between(1, 12):00}" : null,
        City = place.City,
        Province = place.Province,
        PostalCode = PostalCode(place),
        Country = place.Country,
        IsDefault = isDefault,
    };

    private string PostalCode(SeedPlace place)
    {
        const string letters = "ABCEGHJKLMNPRSTVWXYZ";
        var code = dice.Pick(place.Postal);
        return place.Country == "CA" ? $"{code} {dice.Below(10)}{letters[dice.Below(letters.Length)]}{dice.Below(10)}" : code;
    }

    private static (Diet, int) Percentage(string words) => SeedRows.Words(words) is [var diet, var percent] ? (Enum.Parse<Diet>(diet), Number(percent)) : throw new FormatException(words);

    private static int Number(string cell) => int.Parse(cell, CultureInfo.InvariantCulture);
}
