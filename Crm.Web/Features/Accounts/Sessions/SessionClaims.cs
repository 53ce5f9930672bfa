using System.Security.Claims;
using Crm.Web.Platform.Access;
using Microsoft.AspNetCore.Identity;

namespace Crm.Web.Features.Accounts.Sessions;

/// <summary>What a session says about its account, and whether that still holds.</summary>
static class SessionClaims
{
    private const string Method = "amr";
    private static readonly string[] OfAccount = [ClaimTypes.NameIdentifier, ClaimTypes.Name, ActorClaims.DisplayName, ClaimTypes.Role, ActorClaims.Stamp];

    /// <summary>The principal of a new session.</summary>
    /// <param name="method">How they proved who they are, one of <see cref="SignInMethods"/>.</param>
    /// <param name="scheme">What they prove it with from now on: the cookie, unless it is a token.</param>
    public static ClaimsPrincipal Of(AccountFace account, Guid sessionId, string method, string scheme = "Identity.Application") => new(new ClaimsIdentity(
        [.. Claims(account), new(ActorClaims.Session, sessionId.ToString()), new(Method, method)], scheme));

    public static Guid? UserId(ClaimsPrincipal session) =>
        Guid.TryParse(session.FindFirstValue(ClaimTypes.NameIdentifier), out var id) ? id : null;

    public static Guid? SessionId(ClaimsPrincipal session) =>
        Guid.TryParse(session.FindFirstValue(ActorClaims.Session), out var id) ? id : null;

    /// <summary>False when the session has ended, or the account is gone, switched off or under another password.</summary>
    public static bool Stands(ClaimsPrincipal session, AccountState? account) =>
        account is { IsActive: true } && SessionId(session) is { } id && account.Sessions.Contains(id)
        && session.FindFirstValue(ActorClaims.Stamp) is { Length: > 0 } stamp && stamp == account.Stamp;

    /// <summary>False when roles were given or taken since the session began, or when the name changed.</summary>
    public static bool SaysTheSame(ClaimsPrincipal session, AccountState account) =>
        session.FindAll(ClaimTypes.Role).Select(c => c.Value).Order(StringComparer.Ordinal).SequenceEqual(account.Roles)
        && session.FindFirstValue(ActorClaims.DisplayName) == account.DisplayName;

    /// <summary>The same session with what the account says now; how they signed in stays.</summary>
    public static ClaimsPrincipal Renew(ClaimsPrincipal session, AccountState account) => new(new ClaimsIdentity(
        [.. Claims(account), .. session.Claims.Where(c => !OfAccount.Contains(c.Type))], IdentityConstants.ApplicationScheme));

    private static IEnumerable<Claim> Claims(AccountFace account) =>
    [
        new(ClaimTypes.NameIdentifier, account.Id.ToString()),
        new(ClaimTypes.Name, account.UserName),
        new(ActorClaims.DisplayName, account.DisplayName),
        new(ActorClaims.Stamp, account.Stamp),
        .. account.Roles.Select(role => new Claim(ClaimTypes.Role, role)),
    ];
}

/// <summary>How somebody proved who they are.</summary>
static class SignInMethods
{
    public const string Password = "pwd";

    /// <summary>Password and a code, or a passkey, which is two factors by itself.</summary>
    public const string TwoFactors = "mfa";
    public const string Passkey = "passkey";
}
