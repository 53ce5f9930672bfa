using Crm.Web.Features.Accounts.Bearer;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Api;

namespace Crm.Web.Features.Accounts.Api;

/// <summary>/api/v1/auth/: a shopper's account, by e-mail address.</summary>
static class StoreAuthEndpoints
{
    public static void MapStoreAuthEndpoints(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapApi("/api/v1/auth").WithTags("Store account");
        group.MapPost("/login/", LoginAsync).AllowAnonymous().WithSummary("Tokens and user for e-mail address and password");
        group.MapPost("/refresh/", TokenEndpoints.RefreshAsync).AllowAnonymous().WithSummary("A new pair for a refresh token");
        group.MapPost("/logout/", LogoutAsync).RequireAuthorization(Policies.SignedIn).WithSummary("End the session; its tokens are dead at once");
    }

    private static async Task<IResult> LoginAsync(ApiBody body, ApiSignIn signIn, CancellationToken ct)
    {
        var fields = new FieldReader(body);
        var login = LoginFields.ByEmail(fields);
        if (fields.Refusal is { } refusal) return refusal;
        if ((await signIn.SignInAsync(login.Identifier, login.Password, login.Code, ct)).Failed(out var error, out var arrival))
            return LoginFields.Usual(error) ?? ApiErrors.Field("non_field_errors", error is AccountSwitchedOff ? "User account is disabled." : "Invalid email or password.");
        var account = arrival.Account;
        return ApiJson.Ok(new
        {
            message = "Login successful", arrival.Tokens, user = new { account.Id, account.Email, account.FirstName, account.LastName, account.IsVerified },
        });
    }

    private static async Task<IResult> LogoutAsync(ApiBody body, ApiSessions sessions, CurrentActor actor, CancellationToken ct)
    {
        var fields = new FieldReader(body);
        var refresh = fields.Optional(Jws.Longest, "refresh", "refresh_token");
        if (!string.IsNullOrEmpty(refresh) && (await sessions.EndAsync(refresh, ct)).Failed(out var error, out _)) return ApiErrors.Error(StatusCodes.Status400BadRequest, error.Message);
        if (actor is { UserId: { } userId, SessionId: { } sessionId }) await sessions.EndAsync(userId, sessionId, ct);
        return ApiJson.Ok(new { message = "Logout successful" });
    }
}
