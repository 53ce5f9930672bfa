using Crm.Data;
using Crm.Data.Accounts;
using Crm.Web.Features.Accounts.Passwords;
using Crm.Web.Features.Messaging.Mails;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Accounts.SecondFactor;

/// <summary>Asks whether a code is an account's, takes it so that it is good only once, and counts wrong ones towards the account's rest.</summary>
public sealed class SecondFactorCheck(
    IDbContextFactory<CrmDbContext> contexts, AuthenticatorKeys keys, Lockout lockout, SecurityMail mail, TimeProvider clock)
{
    /// <summary>True for a code of the authenticator that was not used before, or for an unused recovery code, of an account that does not rest.</summary>
    public async Task<bool> PassesAsync(Guid userId, string code, CancellationToken ct)
    {
        var typed = string.Concat(code.Where(c => !char.IsWhiteSpace(c)));
        var isShort = typed.Length == Totp.Digits && typed.All(char.IsAsciiDigit);
        // Counted as wrong before it is looked at: that locks the account's row, so codes guessed at the same moment take turns and
        // no more of them are looked at than may be wrong. Nor does a caller who hangs up escape being counted.
        ct = CancellationToken.None;
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var write = await db.BeginWriteAsync(ct);
        if (await Lockout.CountAsync(Awake(db, userId), ct) == 0) return false;
        var user = await db.Users.AsNoTracking().SingleAsync(u => u.Id == userId, ct);
        var right = isShort ? await TakeAsync(db, user, typed, ct) : await UseRecoveryCodeAsync(db, user, typed, ct);
        if (right) await Lockout.ForgetAsync(db, userId, ct);
        else await lockout.RestIfTiredAsync(db, userId, ct);
        await db.SaveChangesAsync(ct);
        await write.CommitAsync(ct);
        return right;
    }

    private IQueryable<User> Awake(CrmDbContext db, Guid userId)
    {
        var now = clock.GetUtcNow();
        return db.Users.Where(u => u.Id == userId && u.IsActive && u.TwoFactorEnabled && (u.LockoutEnd == null || u.LockoutEnd <= now));
    }

    private async Task<bool> TakeAsync(CrmDbContext db, User user, string code, CancellationToken ct)
    {
        if (keys.Read(user.AuthenticatorKey) is not { } key || Totp.StepOf(key, code, clock.GetUtcNow().UtcDateTime) is not { } step) return false;
        return await db.Users.Where(u => u.Id == user.Id && u.AuthenticatorKey == user.AuthenticatorKey && (u.AuthenticatorStep == null || u.AuthenticatorStep < step))
            .ExecuteUpdateAsync(set => set.SetProperty(u => u.AuthenticatorStep, step), ct) == 1;
    }

    private async Task<bool> UseRecoveryCodeAsync(CrmDbContext db, User user, string code, CancellationToken ct)
    {
        if (!await RecoveryCodes.UseAsync(db, user.Id, code, clock.GetUtcNow().UtcDateTime, ct)) return false;
        db.Note<User>(user.Id, "Used a recovery code");
        mail.Tell(db, user, SecurityChange.RecoveryCodeUsed);
        return true;
    }
}
