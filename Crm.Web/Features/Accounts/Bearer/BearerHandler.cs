using System.Text.Encodings.Web;
using Crm.Web.Features.Accounts.Sessions;
using Crm.Web.Platform.Api;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Crm.Web.Features.Accounts.Bearer;

/// <summary>
/// Lets programs in by the access token of their Authorization header, as the same person that a browser's cookie would make them:
/// while the account is active, its password and roles are those of the sign-in, and the session stands.
/// </summary>
sealed class BearerHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, TokenDesk desk, AccountStates accounts)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string SchemeName = "Bearer";

    private const string Prefix = SchemeName + " ";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) || header[Prefix.Length..].Trim() is not { Length: > 0 } token) return AuthenticateResult.NoResult();

        if (await desk.ReadAsync(token, TokenKinds.Access, Context.RequestAborted) is not { } facts || await AccountAsync(facts) is not { } account)
            return AuthenticateResult.Fail("The access token is not good.");
        return AuthenticateResult.Success(new AuthenticationTicket(SessionClaims.Of(account, facts.SessionId, SignInMethods.Password, SchemeName), SchemeName));
    }

    private async Task<AccountState?> AccountAsync(TokenFacts facts) =>
        await accounts.RecallAsync(facts.UserId, facts.SessionId, state => Stands(facts, state), Context.RequestAborted) is { } account && Stands(facts, account) ? account : null;

    private static bool Stands(TokenFacts facts, AccountState? account) =>
        account is { IsActive: true } && TokenDesk.ProofOf(account) == facts.Proof && account.Sessions.Contains(facts.SessionId);

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var tried = (await HandleAuthenticateOnceSafeAsync()).Failure is not null;
        await (tried ? ApiErrors.BadAccessToken() : ApiErrors.NoCredentials()).ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => ApiErrors.Refused().ExecuteAsync(Context);
}
