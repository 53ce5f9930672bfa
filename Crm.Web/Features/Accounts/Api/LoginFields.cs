using Crm.Web.Features.Accounts.Passwords;
using Crm.Web.Platform.Api;
using Crm.Web.Platform.Limits;
using Crm.Web.Platform.Results;

namespace Crm.Web.Features.Accounts.Api;

/// <summary>What every dialect's login reads; they differ in the name's field and in how they refuse.</summary>
sealed record LoginFields(string Identifier, string Password, string? Code)
{
    private const int LongestName = 256;
    private const int LongestCode = 40;

    /// <summary>By user name, which may be an e-mail address or a phone number.</summary>
    public static LoginFields ByName(FieldReader fields) => Rest(fields, fields.Required(LongestName, "username"));

    /// <summary>By e-mail address.</summary>
    public static LoginFields ByEmail(FieldReader fields) => Rest(fields, fields.RequiredEmail("email"));

    /// <summary>The answer to refusals that are the same in every dialect, else null.</summary>
    public static IResult? Usual(Error error) => error switch
    {
        TooManyRequests tooOften => ApiErrors.TooOften(tooOften),
        SecondFactorNeeded => ApiErrors.Unauthorized(new { detail = "This account asks for a code of its authenticator as well: send it as \"code\".", code = "second_factor_needed" }),
        _ => null,
    };

    private static LoginFields Rest(FieldReader fields, string identifier) =>
        new(identifier, fields.RequiredSecret(PasswordRule.Longest, "password"), fields.Optional(LongestCode, "code", "otp"));
}
