using System.Globalization;
using Crm.Data;
using Crm.Data.Customers;
using Crm.Web.Features.Customers;
using Crm.Web.Platform.Addresses;

namespace Crm.Web.Features.Accounts.Api;

/// <summary>A customer's own record as the API shows it; where two names mean the same, old clients know one or the other.</summary>
/// <param name="TotalPurchases">Orders, not money.</param>
/// <param name="TotalSpent">Major units with two places.</param>
/// <param name="LastPurchaseDate">The shop's day, as 2024-10-12.</param>
public sealed record ShopperProfile(
    Guid Id, string Email, string FirstName, string LastName, string FullName, string PhoneNumber, string Phone,
    string StreetAddress, string City, string ProvinceState, string Province, string PostalCode, string Country,
    string DietaryPreferences, string FavoriteProducts, string PreferredLanguage,
    bool EmailNotifications, bool SmsNotifications, bool PushNotifications, bool IsActive, bool IsVerified, bool IsStaff,
    int TotalPurchases, string TotalSpent, int LoyaltyPoints, DateTime DateJoined, DateTime CreatedAt, DateTime? LastLogin, DateTime UpdatedAt, string? LastPurchaseDate)
{
    /// <summary>Of somebody who has an account and no customer record.</summary>
    internal static ShopperProfile Of(AccountFacts account, bool isStaff) => new(
        account.Id, account.Email, account.FirstName, account.LastName, $"{account.FirstName} {account.LastName}".Trim(), account.Phone ?? "", account.Phone ?? "",
        "", "", "", "", "", "", "", "", "en", false, false, false, IsActive: true, account.IsVerified, isStaff,
        0, "0.00", 0, account.JoinedAt, account.JoinedAt, account.LastSignInAt, account.JoinedAt, null);

    /// <param name="dayOf">The shop's calendar.</param>
    internal static ShopperProfile Of(ShopperRow row, Func<DateTime, DateOnly> dayOf)
    {
        var (phone, home) = (row.Phone ?? "", row.Homes.FirstOrDefault());
        return new ShopperProfile(
            row.Id, row.Email ?? "", row.FirstName, row.LastName, $"{row.FirstName} {row.LastName}".Trim(), phone, phone,
            home?.Street ?? "", home?.City ?? row.City ?? "", home?.Province ?? "", home?.Province ?? "", home?.PostalCode ?? "",
            home is null ? row.Country ?? "" : Countries.Name(home.Country),
            Join([.. row.Diets.Order().Select(DietName.Of), .. Own(row.DietNote)]), Join([.. row.Favourites.Order(StringComparer.Ordinal), .. Own(row.FavouriteNote)]), row.Language,
            row.NotifyByEmail, row.NotifyBySms, row.NotifyByPush, row.IsActive, row.IsVerified, IsStaff: false,
            row.OrderCount, Amount(row.SpentMinor), row.PointsBalance, row.JoinedAt, row.JoinedAt, row.LastSignInAt, row.UpdatedAt,
            row.LastOrderAt is { } last ? dayOf(last).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : null);
    }

    private static string[] Own(string? note) => string.IsNullOrEmpty(note) ? [] : [note];

    private static string Join(string[] parts) => string.Join(", ", parts);

    private static string Amount(long minor) => new Money(minor).Major.ToString("0.00", CultureInfo.InvariantCulture);
}

/// <summary>What the database tells of a customer for <see cref="ShopperProfile"/>.</summary>
/// <param name="Homes">The default address, if there is one.</param>
sealed record ShopperRow(
    Guid Id, string? Email, string FirstName, string LastName, string? Phone, string? City, string? Country, string? DietNote, string? FavouriteNote, string Language,
    bool NotifyByEmail, bool NotifyBySms, bool NotifyByPush, bool IsActive, bool IsVerified, int OrderCount, long SpentMinor, int PointsBalance,
    DateTime JoinedAt, DateTime? LastSignInAt, DateTime UpdatedAt, DateTime? LastOrderAt, List<Diet> Diets, List<string> Favourites, List<ShopperHome> Homes);

/// <summary>Where goods go.</summary>
sealed record ShopperHome(string Street, string City, string? Province, string? PostalCode, string Country);
