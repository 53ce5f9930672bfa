using Crm.Web.Features.Accounts.Bearer;
using Crm.Web.Platform.Api;

namespace Crm.Web.Features.Accounts.Api;

/// <summary>/api/token/: name and password for tokens, and the exchange of refresh tokens, which is the same at every address.</summary>
static class TokenEndpoints
{
    public static void MapTokenEndpoints(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapApi("/api/token").WithTags("Tokens");
        group.MapPost("/", ObtainAsync).AllowAnonymous().WithSummary("Access and refresh token for user name and password").Takes<LoginByNameBody>().Gives<TokenAnswer>().Refuses<ApiDetail>(401);
        group.MapPost("/refresh/", RefreshAsync).AllowAnonymous().WithSummary("A new pair for a refresh token, which is good once").Takes<RefreshBody>().Gives<TokenAnswer>().Refuses<ApiDetail>(401);
    }

    /// <summary>Exchanges the token in "refresh", or in "refresh_token".</summary>
    public static async Task<IResult> RefreshAsync(ApiBody body, ApiSessions sessions, CancellationToken ct)
    {
        var fields = new FieldReader(body);
        var refresh = fields.Required(Jws.Longest, "refresh", "refresh_token");
        if (fields.Refusal is { } refusal) return refusal;
        return (await sessions.RefreshAsync(refresh, ct)).Failed(out _, out var pair) ? ApiErrors.BadRefreshToken() : ApiJson.Ok(new TokenAnswer(pair.Access, pair.Refresh));
    }

    /// <summary>Reads user name and password and signs in, where a refusal is 401 with a detail.</summary>
    /// <returns>Either the refusal's answer or who arrived.</returns>
    public static async Task<(IResult? Refusal, ApiArrival? Arrival)> SignInAsync(ApiBody body, ApiSignIn signIn, CancellationToken ct)
    {
        var fields = new FieldReader(body);
        var login = LoginFields.ByName(fields);
        if (fields.Refusal is { } refusal) return (refusal, null);
        if (!(await signIn.SignInAsync(login.Identifier, login.Password, login.Code, ct)).Failed(out var error, out var arrival)) return (null, arrival);
        return (LoginFields.Usual(error) ?? ApiErrors.NoActiveAccount(), null);
    }

    private static async Task<IResult> ObtainAsync(ApiBody body, ApiSignIn signIn, CancellationToken ct)
    {
        var (refusal, arrival) = await SignInAsync(body, signIn, ct);
        return refusal ?? ApiJson.Ok(new TokenAnswer(arrival!.Tokens.Access, arrival.Tokens.Refresh));
    }
}
