using Crm.Data;
using Crm.Web.Features.Accounts.Passkeys;
using Crm.Web.Features.Accounts.Passwords;
using Crm.Web.Features.Accounts.SecondFactor;
using Crm.Web.Features.Accounts.Sessions;
using Crm.Web.Features.Settings;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Limits;
using Crm.Web.Platform.Phones;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Crm.Web.Features.Accounts;

/// <summary>Finds out who somebody is by what they typed, and lets them in.</summary>
public sealed partial class SignInService(
    IDbContextFactory<CrmDbContext> contexts, SignInAccounts accounts, PasswordCheck check, SecondStep secondStep, SecondFactorCheck codes, PasskeyCheck passkeys,
    Arrivals arrivals, RateLimits limits, CurrentActor actor, Shop shop, IOptions<AccountsOptions> options, ILogger<SignInService> logger)
{
    /// <summary>Signs this browser in, or remembers for a few minutes that only the code is missing.</summary>
    /// <returns>Done, or what <see cref="ProveAsync"/> refuses; after <see cref="SecondFactorNeeded"/> the code page goes on.</returns>
    public async Task<Result<Done>> SignInAsync(SignInForm form, CancellationToken ct)
    {
        if ((await ProveFromAsync(form, arrivals.Device, ct)).Failed(out var refusal, out var who))
        {
            if (refusal is SecondFactorNeeded needed) secondStep.Begin(needed.Who);
            return refusal;
        }
        return await arrivals.LetInAsync(who, SignInMethods.Password, ct) ? new Done() : Refused;
    }

    /// <summary>The second step: a code of the authenticator, or one of the recovery codes.</summary>
    /// <returns>Done, or <see cref="CodeRefused"/>, <see cref="SecondStepOver"/>, or <see cref="TooManyRequests"/> from this address.</returns>
    public async Task<Result<Done>> FinishAsync(SecondStepForm form, CancellationToken ct)
    {
        if (await secondStep.WhoAsync(ct) is not { } who) return new SecondStepOver();
        if (await limits.TakeAsync(RateLimit.SignIn, actor.Address, ct) is { } tooOften) return tooOften;
        if (!await codes.PassesAsync(who.UserId, form.Code, ct))
        {
            LogRefused(who.UserId);
            return new CodeRefused();
        }
        secondStep.End();
        return await arrivals.LetInAsync(who, SignInMethods.TwoFactors, ct) ? new Done() : new SecondStepOver();
    }

    /// <summary>Signs this browser in by what its passkey answered to the shop's question.</summary>
    /// <param name="credential">JSON, as the browser gives it.</param>
    /// <returns>Done, or <see cref="PasskeyRefused"/>, <see cref="AccountSwitchedOff"/>, or <see cref="TooManyRequests"/> from this address.</returns>
    public async Task<Result<Done>> SignInByPasskeyAsync(string credential, CancellationToken ct)
    {
        if (await limits.TakeAsync(RateLimit.SignIn, actor.Address, ct) is { } tooOften) return tooOften;
        if ((await passkeys.ProveAsync(credential, ct)).Failed(out var refusal, out var who)) return refusal;
        return await arrivals.LetInAsync(who, SignInMethods.Passkey, ct) ? new Done() : new PasskeyRefused();
    }

    /// <summary>Checks the password of whoever the identifier names, without a session.</summary>
    /// <returns>
    /// Whose it is, or <see cref="TooManyRequests"/> from this address, or <see cref="SignInRefused"/>; for somebody who knew the password also <see cref="AccountSwitchedOff"/>, or
    /// <see cref="SecondFactorNeeded"/> when <see cref="SecondFactorCheck"/> has to be passed as well.
    /// </returns>
    public Task<Result<Proved>> ProveAsync(SignInForm form, CancellationToken ct) => ProveFromAsync(form, device: null, ct);

    /// <summary>The same, where a session begins next.</summary>
    /// <param name="device">SHA-256 of what the browser or program is known by.</param>
    internal async Task<Result<Proved>> ProveFromAsync(SignInForm form, byte[]? device, CancellationToken ct)
    {
        if (await limits.TakeAsync(RateLimit.SignIn, actor.Address, ct) is { } tooOften) return tooOften;
        var found = await FindAsync(form.Identifier, device, ct);
        if (form.Password.Length > PasswordRule.Longest || !await check.IsRightAsync(found?.Password, form.Password, askedAgain: true, ct))
        {
            LogRefused(found?.Account.Id);
            return Refused;
        }
        var account = found!.Value.Account;
        if (!account.IsActive) return new AccountSwitchedOff();
        var who = new Proved(account.Id, account.Stamp) { Account = account };
        return account.TwoFactorEnabled ? new SecondFactorNeeded(who) : who;
    }

    /// <summary>Whether the words name whoever is signed in already.</summary>
    internal async Task<bool> NamesActorAsync(string identifier, CancellationToken ct) =>
        actor.UserId is { } userId && (await FindAsync(identifier, device: null, ct))?.Account.Id == userId;

    private SignInRefused Refused => new(options.Value.FailuresBeforeLockout, options.Value.LockoutMinutes);

    private async Task<(SignInAccount Account, StoredPassword Password)?> FindAsync(string identifier, byte[]? device, CancellationToken ct)
    {
        var name = identifier.Trim().Normalize().ToUpperInvariant();
        if (name.Length is 0 or > 256 || name.Any(char.IsControl)) return null;
        var phone = PhoneNumber.TryParse(identifier, shop.Settings.Country, out var e164) ? e164 : null;
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await accounts.FindAsync(db, name, phone, device, ct);
    }

    [LoggerMessage(LogLevel.Information, "Refused a sign-in as {UserId}")]
    private partial void LogRefused(Guid? userId);
}
