using Crm.Web.Features.Accounts.Bearer;
using Crm.Web.Features.Accounts.SecondFactor;
using Crm.Web.Features.Accounts.Sessions;
using Crm.Web.Platform.Results;
using Microsoft.Extensions.Options;

namespace Crm.Web.Features.Accounts.Api;

/// <summary>Somebody who signed in by a program.</summary>
public sealed record ApiArrival(TokenPair Tokens, AccountFacts Account);

/// <summary>Signs in by name and password and hands out tokens: the one service behind every dialect's login.</summary>
sealed class ApiSignIn(SignInService signIn, SecondFactorCheck codes, ApiSessions sessions, IHttpContextAccessor http, IOptions<AccountsOptions> options)
{
    /// <param name="identifier">E-mail address, user name or phone number.</param>
    /// <param name="code">Of the authenticator, for an account that has one.</param>
    /// <returns>Tokens, or what <see cref="SignInService.ProveAsync"/> refuses; a code that is missing or wrong as well.</returns>
    public async Task<Result<ApiArrival>> SignInAsync(string identifier, string password, string? code, CancellationToken ct)
    {
        if (!(await signIn.ProveFromAsync(new SignInForm { Identifier = identifier, Password = password }, Origin.Program, ct)).Failed(out var refusal, out var who)) return await ArriveAsync(who, ct);
        if (refusal is not SecondFactorNeeded needed || string.IsNullOrEmpty(code)) return refusal;
        return await codes.PassesAsync(needed.Who.UserId, code, ct) ? await ArriveAsync(needed.Who, ct) : new CodeRefused();
    }

    /// <summary>Tokens for somebody who has just proved who they are.</summary>
    /// <returns>They, or <see cref="SignInRefused"/> when the account was switched off, or got another password, since.</returns>
    public async Task<Result<ApiArrival>> ArriveAsync(Proved who, CancellationToken ct) =>
        await sessions.BeginAsync(who, Origin, ct) is { } arrival ? arrival : new SignInRefused(options.Value.FailuresBeforeLockout, options.Value.LockoutMinutes);

    private SessionOrigin Origin => SessionOrigin.Of(http.HttpContext);
}
