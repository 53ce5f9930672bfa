using Crm.Web.Features.Accounts.Bearer;
using Crm.Web.Features.Accounts.Passwords;
using Crm.Web.Features.Accounts.Recovery;
using Crm.Web.Features.Accounts.Tokens;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Api;
using Crm.Web.Platform.Limits;
using Crm.Web.Platform.Results;

namespace Crm.Web.Features.Accounts.Api;

/// <summary>Changing and resetting a password, which is the same in every dialect.</summary>
static class ApiPasswords
{
    private const string Differ = "Password fields didn't match.";
    private const int LongestToken = 200;

    private static readonly Dictionary<string, string> Names = new()
    {
        [nameof(PasswordChangeForm.Current)] = "old_password",
        [nameof(PasswordChangeForm.New)] = "new_password",
        [nameof(PasswordChangeForm.Repeated)] = "new_password",
    };

    /// <summary>Every token of the account is dead afterwards; the answer has a new pair for whoever asked.</summary>
    public static async Task<IResult> ChangeAsync(ApiBody body, PasswordChange passwords, ApiSessions sessions, ApiSignIn signIn, CurrentActor actor, CancellationToken ct)
    {
        var fields = new FieldReader(body);
        var form = new PasswordChangeForm { Current = fields.RequiredSecret(PasswordRule.Longest, "old_password") };
        (form.New, form.Repeated) = ReadNew(fields);
        if (fields.Refusal is { } refusal) return refusal;
        if ((await passwords.ChangeAsync(form, ct)).Failed(out var error, out var who))
            return error is InvalidError { Field: nameof(form.Current) } ? ApiErrors.Field("old_password", "Old password is incorrect.") : ApiErrors.Of(error, Names);
        if (actor.SessionId is { } session) await sessions.EndAsync(session, ct);
        return (await signIn.ArriveAsync(who, ct)).Failed(out _, out var arrival)
            ? ApiErrors.NoActiveAccount() // and yet another password came at once
            : ApiJson.Ok(new PasswordChanged("Password changed successfully", arrival.Tokens));
    }

    /// <summary>The answer is the same whether or not the address has an account.</summary>
    public static async Task<IResult> AskAsync(ApiBody body, PasswordReset passwords, CancellationToken ct)
    {
        var fields = new FieldReader(body);
        var email = fields.RequiredEmail("email");
        if (fields.Refusal is { } refusal) return refusal;
        if ((await passwords.AskAsync(new AccountLinkForm { Identifier = email }, ct)).Failed(out var error, out _))
            return error is TooManyRequests tooOften ? ApiErrors.TooOften(tooOften) : ApiErrors.Field("email", "Enter a valid email address.");
        return ApiJson.Ok(new ApiMessage("If the email exists, a password reset link has been sent."));
    }

    public static async Task<IResult> ResetAsync(ApiBody body, PasswordReset passwords, CancellationToken ct)
    {
        var fields = new FieldReader(body);
        var form = new PasswordResetForm { Token = fields.Required(LongestToken, "token") };
        (form.New, form.Repeated) = ReadNew(fields);
        if (fields.Refusal is { } refusal) return refusal;
        if (!(await passwords.ResetAsync(form, ct)).Failed(out var error, out _)) return ApiJson.Ok(new ApiMessage("Password reset successfully"));
        return error switch
        {
            TokenExpired or TokenUsed => ApiErrors.Error(StatusCodes.Status400BadRequest, "Reset token has expired or been used"),
            TokenRefused => ApiErrors.Error(StatusCodes.Status400BadRequest, "Invalid reset token"),
            _ => ApiErrors.Of(error, Names),
        };
    }

    private static (string New, string Repeated) ReadNew(FieldReader fields)
    {
        var (wanted, repeated) = (fields.RequiredSecret(PasswordRule.Longest, "new_password"), fields.RequiredSecret(PasswordRule.Longest, "new_password_confirm", "new_password2"));
        if (fields.Refusal is null && wanted != repeated) fields.Complain("new_password", Differ);
        return (wanted, repeated);
    }
}
