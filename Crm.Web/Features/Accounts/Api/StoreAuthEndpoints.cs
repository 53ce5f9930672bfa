using Crm.Web.Features.Accounts.Bearer;
using Crm.Web.Features.Accounts.Registration;
using Crm.Web.Features.Settings;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Api;

namespace Crm.Web.Features.Accounts.Api;

/// <summary>/api/v1/auth/: a shopper's account, by e-mail address.</summary>
static class StoreAuthEndpoints
{
    private const int LongestName = 100;
    private const int LongestPhone = 20;
    private static readonly Dictionary<string, string> Names = new() { ["Phone"] = "phone_number" };

    public static void MapStoreAuthEndpoints(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapApi("/api/v1/auth").WithTags("Store account");
        group.MapPost("/register/", RegisterAsync).AllowAnonymous().WithSummary("A new account; sign in afterwards").Takes<StoreRegisterBody>().Gives<StoreRegistered>(201);
        group.MapGet("/verify-email/{token}/", ApiVerification.GetAsync).AllowAnonymous().WithSummary("Prove the e-mail address by the token of the mail").Gives<ApiMessage>().Refuses<ApiErrorText>(400).NamesNothing();
        group.MapPost("/password/change/", ApiPasswords.ChangeAsync).RequireAuthorization(Policies.SignedIn).WithSummary("Change own password; the answer has new tokens").Takes<PasswordChangeBody>().Gives<PasswordChanged>();
        group.MapPost("/password/reset/", ApiPasswords.AskAsync).AllowAnonymous().WithSummary("Ask for a link to choose a new password").Takes<EmailBody>().Gives<ApiMessage>();
        group.MapPost("/password/reset/confirm/", ApiPasswords.ResetAsync).AllowAnonymous().WithSummary("Choose a new password by the token of the mail").Takes<PasswordResetBody>().Gives<ApiMessage>();
        group.MapGet("/me/", MeAsync).RequireAuthorization(Policies.SignedIn).WithSummary("Own account with addresses").Gives<StoreMe>();
        group.MapMethods("/me/", [HttpMethods.Put, HttpMethods.Patch], ChangeMeAsync).RequireAuthorization(Policies.SignedIn).WithSummary("Change own name and phone number").Takes<StoreMeBody>().Gives<StoreMe>();
        group.MapPost("/login/", LoginAsync).AllowAnonymous().WithSummary("Tokens and user for e-mail address and password").Takes<LoginByEmailBody>().Gives<StoreArrival>().Refuses<ApiDetail>(401);
        group.MapPost("/refresh/", TokenEndpoints.RefreshAsync).AllowAnonymous().WithSummary("A new pair for a refresh token").Takes<RefreshBody>().Gives<TokenAnswer>().Refuses<ApiDetail>(401);
        group.MapPost("/logout/", LogoutAsync).RequireAuthorization(Policies.SignedIn).WithSummary("End the session; its tokens are dead at once").Takes<LogoutBody>().Gives<ApiMessage>().Refuses<ApiErrorText>(400);
    }

    private static async Task<IResult> LoginAsync(ApiBody body, ApiSignIn signIn, CancellationToken ct)
    {
        var fields = new FieldReader(body);
        var login = LoginFields.ByEmail(fields);
        if (fields.Refusal is { } refusal) return refusal;
        if ((await signIn.SignInAsync(login.Identifier, login.Password, login.Code, ct)).Failed(out var error, out var arrival))
            return LoginFields.Usual(error) ?? ApiErrors.Field("non_field_errors", error is AccountSwitchedOff ? "User account is disabled." : "Invalid email or password.");
        var account = arrival.Account;
        return ApiJson.Ok(new StoreArrival("Login successful", arrival.Tokens, new(account.Id, account.Email, account.FirstName, account.LastName, account.IsVerified)));
    }

    private static async Task<IResult> RegisterAsync(ApiBody body, RegistrationService registration, Shop shop, CancellationToken ct)
    {
        var fields = new FieldReader(body);
        var form = RegisterFields.Read(fields, named: false);
        if (RegisterFields.Refusal(fields, form, userName: null, shop.Settings.Country) is { } refusal) return refusal;
        if ((await registration.RegisterAsync(form, ct)).Failed(out var error, out var registered)) return RegisterFields.Refuse(error, "user with this email address already exists.");
        return ApiJson.Created(new StoreRegistered(
            "User registered successfully. Please check your email to verify your account.",
            new(registered.UserId, form.Email ?? "", form.FirstName ?? "", form.LastName ?? "")));
    }

    private static async Task<IResult> MeAsync(StoreAccount own, CancellationToken ct)
    {
        if ((await own.OpenAsync(ct)).Failed(out var refusal, out var me)) return ApiErrors.Of(refusal);
        var (account, addresses) = me;
        return ApiJson.Ok(new StoreMe(
            account.Id, account.Email, account.FirstName, account.LastName, account.Phone ?? "", account.IsVerified, account.JoinedAt, new(null, null, ""), addresses));
    }

    private static async Task<IResult> ChangeMeAsync(ApiBody body, StoreAccount own, CancellationToken ct)
    {
        var fields = new FieldReader(body);
        var edit = new OwnAccountEdit(fields.Optional(LongestName, "first_name"), fields.Optional(LongestName, "last_name"), fields.Optional(LongestPhone, "phone_number", "phone"));
        if (fields.Refusal is { } refusal) return refusal;
        return (await own.SaveAsync(edit, ct)).Failed(out var error, out _) ? ApiErrors.Of(error, Names) : await MeAsync(own, ct);
    }

    private static async Task<IResult> LogoutAsync(ApiBody body, ApiSessions sessions, CurrentActor actor, CancellationToken ct)
    {
        var fields = new FieldReader(body);
        var refresh = fields.Optional(Jws.Longest, "refresh", "refresh_token");
        // Whatever else was sent, who asks to be signed out is.
        if (actor.SessionId is { } sessionId) await sessions.EndAsync(sessionId, ct);
        if (!string.IsNullOrEmpty(refresh) && (await sessions.EndAsync(refresh, ct)).Failed(out var error, out _)) return ApiErrors.Error(StatusCodes.Status400BadRequest, error.Message);
        return ApiJson.Ok(new ApiMessage("Logout successful"));
    }
}
