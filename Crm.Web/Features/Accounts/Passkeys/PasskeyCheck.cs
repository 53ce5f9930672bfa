using System.Text.Json;
using Crm.Data;
using Crm.Data.Accounts;
using Crm.Web.Features.Accounts.Sessions;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Limits;
using Crm.Web.Platform.Results;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Accounts.Passkeys;

/// <summary>Asks a browser for a passkey and finds out whose it is; Identity checks the signature.</summary>
public sealed partial class PasskeyCheck(
    SignInManager<User> identity, IDbContextFactory<CrmDbContext> contexts, RateLimits limits, CurrentActor actor, ILogger<PasskeyCheck> logger)
{
    /// <summary>The longest answer of a browser that is looked at.</summary>
    public const int LongestCredential = 20_000;

    /// <summary>The question for the browser, as JSON. It names nobody, so it tells nobody who has an account.</summary>
    /// <returns>It, or <see cref="TooManyRequests"/> from this address.</returns>
    public async Task<Result<string>> QuestionAsync(CancellationToken ct)
    {
        if (await limits.TakeAsync(RateLimit.PasskeyQuestion, actor.Address, ct) is { } tooOften) return tooOften;
        return await identity.MakePasskeyRequestOptionsAsync(null);
    }

    /// <summary>Checks the answer and notes that it was given.</summary>
    /// <returns>Whose it is, or <see cref="PasskeyRefused"/>, or <see cref="AccountSwitchedOff"/>.</returns>
    public async Task<Result<Proved>> ProveAsync(string credential, CancellationToken ct)
    {
        if (await AnswerAsync(credential) is not { Succeeded: true } answer) return new PasskeyRefused();
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var write = await db.BeginWriteAsync(ct);
        var id = answer.Passkey.CredentialId;
        var stored = await db.UserPasskeys.SingleOrDefaultAsync(p => p.CredentialId == id && p.UserId == answer.User.Id, ct);
        if (stored is null) return new PasskeyRefused();
        var stamp = await db.Users.Where(u => u.Id == stored.UserId && u.IsActive).Select(u => u.SecurityStamp ?? "").SingleOrDefaultAsync(ct);
        if (stamp is null) return new AccountSwitchedOff();
        (stored.Data.SignCount, stored.Data.IsBackedUp, stored.Data.IsUserVerified) = (answer.Passkey.SignCount, answer.Passkey.IsBackedUp, answer.Passkey.IsUserVerified);
        await db.SaveChangesAsync(ct);
        await write.CommitAsync(ct);
        return new Proved(stored.UserId, stamp);
    }

    private async Task<PasskeyAssertionResult<User>?> AnswerAsync(string credential)
    {
        if (credential.Length is 0 or > LongestCredential) return null;
        try
        {
            var answer = await identity.PerformPasskeyAssertionAsync(credential);
            if (!answer.Succeeded) LogRefused(answer.Failure.Message);
            return answer;
        }
        catch (Exception failure) when (failure is InvalidOperationException or JsonException or FormatException)
        {
            // No question was asked in this browser, or this is no answer at all.
            LogRefused(failure.Message);
            return null;
        }
    }

    [LoggerMessage(LogLevel.Information, "Refused a passkey: {Reason}")]
    private partial void LogRefused(string reason);
}
