using System.ComponentModel;

namespace Crm.Web.Features.Accounts.Api;

// What programs send, for the API's description. Each is read field by field (see LoginFields, RegisterFields and their like), since
// old clients use several names for one thing and every complaint has to name its field.

/// <summary>For a login by e-mail address.</summary>
sealed record LoginByEmailBody(string Email, string Password, [property: Description("Of the authenticator, for an account that has one; also as otp.")] string? Code = null);

/// <summary>For a login by user name.</summary>
sealed record LoginByNameBody(
    [property: Description("Or an e-mail address, or a phone number.")] string Username, string Password,
    [property: Description("Of the authenticator, for an account that has one; also as otp.")] string? Code = null);

/// <summary>For an exchange of tokens.</summary>
sealed record RefreshBody([property: Description("Also as refresh_token.")] string Refresh);

/// <summary>For signing out.</summary>
sealed record LogoutBody([property: Description("Of another session to end as well; also as refresh_token.")] string? Refresh = null);

/// <summary>A token of a mail.</summary>
sealed record MailTokenBody(string Token);

/// <summary>For a new account whose names have to be there.</summary>
sealed record ShopperRegisterBody(
    string Email, string Password, [property: Description("Also as password2.")] string PasswordConfirm, string FirstName, string LastName,
    [property: Description("Also as phone.")] string? PhoneNumber = null,
    bool EmailNotifications = false, bool SmsNotifications = false, bool PushNotifications = false, string? PreferredLanguage = null);

/// <summary>For a new account by e-mail address.</summary>
sealed record StoreRegisterBody(
    string Email, string Password, [property: Description("Also as password2.")] string PasswordConfirm, string? FirstName = null, string? LastName = null,
    [property: Description("Also as phone.")] string? PhoneNumber = null,
    bool EmailNotifications = false, bool SmsNotifications = false, bool PushNotifications = false, string? PreferredLanguage = null);

/// <summary>For a new account with a user name.</summary>
sealed record StaffRegisterBody(
    string Username, string Email, string Password, [property: Description("Also as password_confirm.")] string Password2,
    string? FirstName = null, string? LastName = null, [property: Description("Also as phone_number.")] string? Phone = null);

/// <summary>For another password.</summary>
sealed record PasswordChangeBody(string OldPassword, string NewPassword, [property: Description("Also as new_password2.")] string NewPasswordConfirm);

/// <summary>For a link by mail.</summary>
sealed record EmailBody(string Email);

/// <summary>For another password by the token of a mail.</summary>
sealed record PasswordResetBody(string Token, string NewPassword, [property: Description("Also as new_password2.")] string NewPasswordConfirm);

/// <summary>For a customer's own record; what is not sent stays, but PUT needs both names.</summary>
sealed record ShopperProfileBody(
    string? FirstName = null, string? LastName = null, [property: Description("Also as phone.")] string? PhoneNumber = null, string? StreetAddress = null, string? City = null,
    [property: Description("Also as province.")] string? ProvinceState = null, string? PostalCode = null, [property: Description("A name or a code of two letters.")] string? Country = null,
    string? PreferredLanguage = null, [property: Description("Separated by commas.")] string? DietaryPreferences = null,
    [property: Description("Separated by commas.")] string? FavoriteProducts = null,
    bool? EmailNotifications = null, bool? SmsNotifications = null, bool? PushNotifications = null);

/// <summary>For a shopper's own name and number.</summary>
sealed record StoreMeBody(string? FirstName = null, string? LastName = null, [property: Description("Also as phone.")] string? PhoneNumber = null);

/// <summary>For a colleague's own name and number.</summary>
sealed record StaffMeBody(string? FirstName = null, string? LastName = null, [property: Description("Also as phone_number.")] string? Phone = null);

/// <summary>For an account, by the owner.</summary>
sealed record UserBody(
    string Username, [property: Description("admin, manager, sales or customer.")] string Role, string? Email = null, string? FirstName = null, string? LastName = null, bool? IsActive = null);

/// <summary>For a part of an account, by the owner.</summary>
sealed record UserPartBody(
    string? Username = null, [property: Description("admin, manager, sales or customer.")] string? Role = null, string? Email = null, string? FirstName = null, string? LastName = null,
    bool? IsActive = null);
