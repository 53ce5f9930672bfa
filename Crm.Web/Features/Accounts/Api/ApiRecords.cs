using Crm.Web.Features.Accounts.Bearer;

namespace Crm.Web.Features.Accounts.Api;

// What the API of accounts answers, its names in snake_case; the order of the fields is what clients have always read.

/// <summary>After a customer's registration or login.</summary>
sealed record ShopperArrival(string Message, ShopperProfile Customer, TokenPair Tokens);

/// <summary>A customer's own figures; nested and flat, as two kinds of clients read them.</summary>
sealed record ShopperDashboard(
    ShopperDashboardProfile Profile, ShopperDashboardStatistics Statistics, ShopperDashboardChannels NotificationsEnabled,
    Guid Id, string Email, string FullName, int LoyaltyPoints, int TotalPurchases, string? LastPurchaseDate,
    bool EmailNotifications, bool SmsNotifications, bool PushNotifications, string[] RecentNotes);

/// <summary>Who it is.</summary>
sealed record ShopperDashboardProfile(Guid Id, string Email, string FullName);

/// <summary>Orders, points, and since when.</summary>
sealed record ShopperDashboardStatistics(int TotalPurchases, int LoyaltyPoints, DateTime MemberSince);

/// <summary>How they may be written to.</summary>
sealed record ShopperDashboardChannels(bool Email, bool Sms, bool Push);

/// <summary>After the password was changed: the old tokens are dead.</summary>
sealed record PasswordChanged(string Message, TokenPair Tokens);

/// <summary>Access before refresh, as the token addresses answer.</summary>
sealed record TokenAnswer(string Access, string Refresh);

/// <summary>After a shopper's login.</summary>
sealed record StoreArrival(string Message, TokenPair Tokens, StoreUser User);

/// <summary>Who signed in.</summary>
sealed record StoreUser(Guid Id, string Email, string FirstName, string LastName, bool IsVerified);

/// <summary>After a shopper's registration.</summary>
sealed record StoreRegistered(string Message, StoreNewUser User);

/// <summary>Who registered.</summary>
sealed record StoreNewUser(Guid Id, string Email, string FirstName, string LastName);

/// <summary>A shopper's own account.</summary>
sealed record StoreMe(
    Guid Id, string Email, string FirstName, string LastName, string PhoneNumber, bool IsVerified, DateTime CreatedAt, StoreMeProfile Profile, IReadOnlyList<StoreAddress> Addresses);

/// <summary>What an earlier system kept of people and this one does not.</summary>
sealed record StoreMeProfile(string? Avatar, string? DateOfBirth, string Bio);

/// <summary>After a colleague's login.</summary>
sealed record StaffArrival(string Refresh, string Access, StaffUser User);

/// <summary>A colleague's own account.</summary>
sealed record StaffUser(Guid Id, string Username, string Email, string FirstName, string LastName, string Role, string Phone);

/// <summary>After a registration by user name.</summary>
sealed record StaffRegistered(string Username, string Email, string FirstName, string LastName, string Role, string Phone);

/// <summary>An account as the owner reads it.</summary>
sealed record UserAnswer(Guid Id, string Username, string Email, string Role, string FirstName, string LastName, bool IsActive, bool IsStaff, DateTime DateJoined);

/// <summary>Whether something answers.</summary>
sealed record HealthAnswer(string Status);

/// <summary>The same, and which service it is.</summary>
sealed record ServiceAnswer(string Status, string Service);

/// <summary>Whether the database answers.</summary>
sealed record ReadyAnswer(string Status, string Database, string Service);

/// <summary>It does not.</summary>
sealed record NotReadyAnswer(string Status, string Error);

/// <summary>Where everything is.</summary>
sealed record RootAnswer(string Message, RootAddresses Endpoints, string Interactions, string Users, string Customers, string Opportunities);

/// <summary>The store's part of it.</summary>
sealed record RootAddresses(string Authentication, string Products, string Cart, string Orders, string Payments, string Documentation, string Schema);
