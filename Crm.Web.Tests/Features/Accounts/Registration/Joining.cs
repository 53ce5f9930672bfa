using Crm.Web.Features.Accounts.Registration;
using Crm.Web.Features.Messaging.Mails;
using Crm.Web.Platform.Results;
using Crm.Web.Tests.Ground;

namespace Crm.Web.Tests.Features.Accounts.Registration;

/// <summary>Arranges registrations.</summary>
static class Joining
{
    public const string Email = "chidinma@mail.example";
    public const string Password = "Egusi & ogbono 4";

    public static RegistrationForm Form(string email = Email, string? phone = null) => new()
    {
        FirstName = "Chidinma",
        LastName = "Nwosu",
        Email = email,
        PhoneNumber = phone,
        Password = Password,
        Repeated = Password,
    };

    public static Task<Result<Registered>> RegisterAsync(this TestShop shop, RegistrationForm form) =>
        shop.AsStranger().Get<RegistrationService>().RegisterAsync(form, CancellationToken.None);

    /// <summary>The secret in the last mail that asks to prove this address.</summary>
    public static async Task<string> VerifySecretAsync(this TestShop shop, string email = Email)
    {
        await using var db = shop.Open();
        return SecretIn((await TestMail.LastToAsync<VerifyEmailMail>(db, email))!.Link);
    }

    public static string SecretIn(string link) => link[(link.IndexOf('=', StringComparison.Ordinal) + 1)..];
}
