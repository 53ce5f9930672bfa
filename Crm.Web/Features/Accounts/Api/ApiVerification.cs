using Crm.Web.Features.Accounts.Email;
using Crm.Web.Features.Accounts.Tokens;
using Crm.Web.Platform.Api;

namespace Crm.Web.Features.Accounts.Api;

/// <summary>Proving an e-mail address, which is the same in every dialect.</summary>
static class ApiVerification
{
    private const int LongestToken = 200;

    /// <summary>By a token in the body.</summary>
    public static async Task<IResult> PostAsync(ApiBody body, EmailVerification verification, CancellationToken ct)
    {
        var fields = new FieldReader(body);
        var token = fields.Required(LongestToken, "token");
        return fields.Refusal ?? await VerifyAsync(token, verification, ct);
    }

    /// <summary>By a token in the address. Mails lead to a page that asks first, so that programs which open every link do no harm.</summary>
    public static Task<IResult> GetAsync(string token, EmailVerification verification, CancellationToken ct) => VerifyAsync(token, verification, ct);

    private static async Task<IResult> VerifyAsync(string token, EmailVerification verification, CancellationToken ct) => (await verification.VerifyAsync(token, ct)).Error switch
    {
        null => ApiJson.Ok(new ApiMessage("Email verified successfully")),
        TokenExpired => ApiErrors.Error(StatusCodes.Status400BadRequest, "Verification token has expired"),
        _ => ApiErrors.Error(StatusCodes.Status400BadRequest, "Invalid verification token"),
    };
}
