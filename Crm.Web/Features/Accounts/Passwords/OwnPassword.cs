using Crm.Web.Features.Accounts.Sessions;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Limits;
using Crm.Web.Platform.Results;

namespace Crm.Web.Features.Accounts.Passwords;

/// <summary>
/// Asks whoever is signed in for their password once more, before a change that an unattended browser must not make. Counted by
/// account, wherever it is asked from: each look takes a core and memory, which one session could otherwise take from everybody.
/// </summary>
public sealed class OwnPassword(CurrentActor actor, RateLimits limits, PasswordCheck check)
{
    /// <param name="field">Where the form asks for it.</param>
    /// <returns>That it was shown, or a complaint beside the field, or <see cref="TooManyRequests"/> of this account.</returns>
    public async Task<Result<Proved>> ProveAsync(string? password, string field, CancellationToken ct)
    {
        if (actor.UserId is not { } userId) return new ForbiddenError();
        if (await limits.TakeAsync(RateLimit.OwnPassword, userId.ToString(), ct) is { } tooOften) return tooOften;
        var typed = password ?? "";
        return typed.Length <= PasswordRule.Longest && await check.ProveAsync(userId, typed, ct) is { } proved ? proved : Wrong(field);
    }

    /// <summary>Also for whoever showed it, when the account got another before the change was written.</summary>
    public static InvalidError Wrong(string field) => new(field, "This is not your password.");
}
