using System.Text.Json;
using Crm.Web.Features.Accounts.Passwords;
using Crm.Web.Features.Accounts.Registration;
using Crm.Web.Features.Accounts.Users;
using Crm.Web.Platform.Api;
using Crm.Web.Platform.Results;

namespace Crm.Web.Features.Accounts.Api;

/// <summary>What every dialect's registration reads; a role in the body is ignored, whoever registers is a customer.</summary>
static class RegisterFields
{
    private const int LongestName = 100;
    private const int LongestPhone = 20;
    private const int LongestLanguage = 10;

    // The second password has no complaints of its own: clients look for them beside the first.
    private static readonly Dictionary<string, string> Names = new()
    {
        [nameof(RegistrationForm.Repeated)] = "password",
        [nameof(UserEdit.UserName)] = "username",
    };

    /// <param name="named">The names have to be there.</param>
    /// <param name="byUserName">They sign in by a user name, and may have no address.</param>
    public static RegistrationForm Read(FieldReader fields, bool named, bool byUserName = false) => new()
    {
        Email = byUserName ? fields.OptionalEmail("email") : fields.RequiredEmail("email"),
        Password = fields.RequiredSecret(PasswordRule.Longest, "password"),
        Repeated = fields.RequiredSecret(PasswordRule.Longest, "password_confirm", "password2"),
        FirstName = named ? fields.Required(LongestName, "first_name") : fields.Optional(LongestName, "first_name"),
        LastName = named ? fields.Required(LongestName, "last_name") : fields.Optional(LongestName, "last_name"),
        PhoneNumber = fields.Optional(LongestPhone, "phone_number", "phone"),
        NotifyByEmail = fields.Flag("email_notifications") ?? false,
        NotifyBySms = fields.Flag("sms_notifications") ?? false,
        NotifyByPush = fields.Flag("push_notifications") ?? false,
        Language = fields.Optional(LongestLanguage, "preferred_language"),
    };

    /// <summary>A user name of their own.</summary>
    public static string ReadUserName(FieldReader fields)
    {
        var name = fields.Required(UserNames.Longest, "username");
        if (!fields.IsRefused("username") && UserNames.ComplaintAbout(name) is { } complaint) fields.Complain("username", complaint);
        return name;
    }

    /// <summary>Everything that is wrong with a body of which a field alone is wrong already; null when none is.</summary>
    /// <param name="country">ISO 3166 alpha-2 of phone numbers without a calling code.</param>
    public static IResult? Refusal(FieldReader fields, RegistrationForm form, string? userName, string country)
    {
        if (fields.Refusal is null) return null;
        var others = RegistrationChecks.Complaints(form, userName, country).Select(c => (Name: NameOf(c.Field), c.Message, c.Field))
            .Where(c => !fields.IsRefused(c.Name) && !(c.Field == nameof(form.Repeated) && fields.IsRefused("password_confirm"))).ToList();
        foreach (var (name, message, _) in others) fields.Complain(name, message);
        return fields.Refusal;
    }

    /// <param name="taken">What this dialect says of an address that has an account.</param>
    public static IResult Refuse(Error error, string taken) => error is EmailTaken ? ApiErrors.Field("email", taken) : ApiErrors.Of(error, Names);

    private static string NameOf(string field) => Names.GetValueOrDefault(field) ?? JsonNamingPolicy.SnakeCaseLower.ConvertName(field);
}
