using Crm.Data;
using Crm.Web.Features.Accounts.Passwords;
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
    IDbContextFactory<CrmDbContext> contexts, PasswordCheck check, RateLimits limits, CurrentActor actor, SessionRegister register, SessionKeeper sessions, IHttpContextAccessor http, Shop shop,
    IOptions<AccountsOptions> options, TimeProvider clock, ILogger<SignInService> logger)
{
    /// <summary>Signs this browser in.</summary>
    /// <returns>Done, or what <see cref="ProveAsync"/> refuses.</returns>
    public async Task<Result<Done>> SignInAsync(SignInForm form, CancellationToken ct)
    {
        if ((await ProveAsync(form, ct)).Failed(out var refusal, out var userId)) return refusal;
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var write = await db.BeginWriteAsync(ct);
        var session = await register.BeginAsync(db, userId, Crm.Data.Accounts.SessionKind.Browser, SessionOrigin.Of(http.HttpContext), lasts: null, ct);
        await db.SaveChangesAsync(ct);
        await write.CommitAsync(ct);
        await sessions.HandOutAsync(userId, session.Id, SignInMethods.Password, ct);
        return new Done();
    }

    /// <summary>Checks the password of whoever the identifier names and notes the sign-in, without a session.</summary>
    /// <returns>The account's id, or <see cref="TooManyRequests"/> from this address, or <see cref="SignInRefused"/>, or <see cref="AccountSwitchedOff"/> for somebody who knew the password.</returns>
    public async Task<Result<Guid>> ProveAsync(SignInForm form, CancellationToken ct)
    {
        if (await limits.TakeAsync(RateLimit.SignIn, actor.Address, ct) is { } tooOften) return tooOften;
        var account = await FindAsync(form.Identifier, ct);
        if (form.Password.Length > PasswordRule.Longest || !await check.PassesAsync(account?.Id, form.Password, ct))
        {
            LogRefused(account?.Id);
            return new SignInRefused(options.Value.FailuresBeforeLockout, options.Value.LockoutMinutes);
        }
        if (!account!.IsActive) return new AccountSwitchedOff();
        await NoteAsync(account.Id, ct);
        LogSignedIn(account.Id);
        return account.Id;
    }

    /// <summary>By e-mail before user name before phone number, should two accounts answer to the same words.</summary>
    private async Task<Account?> FindAsync(string identifier, CancellationToken ct)
    {
        var name = identifier.Trim().Normalize().ToUpperInvariant();
        if (name.Length is 0 or > 256 || name.Any(char.IsControl)) return null;
        var phone = PhoneNumber.TryParse(identifier, shop.Settings.Country, out var e164) ? e164 : null;

        await using var db = await contexts.CreateDbContextAsync(ct);
        var found = await Matches(db, name, phone).ToListAsync(ct);
        return found.MinBy(u => u.Email == name ? 0 : u.UserName == name ? 1 : 2);
    }

    internal static IQueryable<Account> Matches(CrmDbContext db, string name, string? phone) =>
        db.Users.AsNoTracking()
            .Where(u => u.NormalizedEmail == name || u.NormalizedUserName == name || (phone != null && u.PhoneNumber == phone))
            .Take(3)
            .Select(u => new Account(u.Id, u.NormalizedEmail, u.NormalizedUserName, u.IsActive));

    private async Task NoteAsync(Guid userId, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var write = await db.BeginWriteAsync(ct);
        await db.Users.Where(u => u.Id == userId).ExecuteUpdateAsync(set => set.SetProperty(u => u.LastSignInAt, now), ct);
        await write.CommitAsync(ct);
    }

    [LoggerMessage(LogLevel.Information, "Signed in {UserId}")]
    private partial void LogSignedIn(Guid userId);

    [LoggerMessage(LogLevel.Information, "Refused a sign-in as {UserId}")]
    private partial void LogRefused(Guid? userId);

    internal sealed record Account(Guid Id, string? Email, string? UserName, bool IsActive);
}
