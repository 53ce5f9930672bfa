using Crm.Data;
using Crm.Data.Accounts;
using Crm.Web.Features.Accounts.Passwords;
using Crm.Web.Features.Accounts.Sessions;
using Crm.Web.Features.Messaging.Mails;
using Crm.Web.Features.Settings;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Accounts.SecondFactor;

/// <summary>Lets whoever is signed in ask for a code beside their password, and take that back; every change wants the password again.</summary>
public sealed class SecondFactorService(
    CurrentActor actor, IDbContextFactory<CrmDbContext> contexts, OwnPassword own, SecondFactorCheck codes, AuthenticatorKeys keys, SessionRegister register, SecurityMail mail,
    Shop shop, TimeProvider clock)
{
    /// <summary>How long a secret waits to be confirmed.</summary>
    private static readonly TimeSpan MostPending = TimeSpan.FromMinutes(15);

    public async Task<Result<SecondFactorState>> StateAsync(CancellationToken ct)
    {
        if (actor.UserId is not { } userId) return new ForbiddenError();
        await using var db = await contexts.CreateDbContextAsync(ct);
        return new SecondFactorState(
            await db.Users.AnyAsync(u => u.Id == userId && u.TwoFactorEnabled, ct),
            await db.RecoveryCodes.CountAsync(c => c.UserId == userId && c.UsedAt == null, ct));
    }

    /// <summary>The secret for the authenticator, the same one for a quarter of an hour, in which it is to be confirmed.</summary>
    /// <returns>It, or <see cref="SecondFactorIsOn"/>.</returns>
    public async Task<Result<SecondFactorSetUp>> PrepareAsync(CancellationToken ct)
    {
        if (actor.UserId is not { } userId) return new ForbiddenError();
        await using var db = await contexts.CreateDbContextAsync(ct);
        var user = await db.Users.SingleAsync(u => u.Id == userId, ct);
        if (user.TwoFactorEnabled) return new SecondFactorIsOn();
        if (Pending(user) is null)
        {
            user.PrepareSecondFactor(keys.Make(), Totp.StepAt(Now));
            await db.SaveChangesAsync(ct);
        }
        var (key, issuer) = (Base32.Encode(keys.Read(user.AuthenticatorKey)!), Uri.EscapeDataString(shop.Settings.Name));
        var account = Uri.EscapeDataString(user.Email ?? user.UserName ?? "");
        return new SecondFactorSetUp(Base32.Grouped(key, ' '), $"otpauth://totp/{issuer}:{account}?secret={key}&issuer={issuer}&digits={Totp.Digits}&period=30");
    }

    /// <summary>Switches it on once a code shows that the authenticator works, and ends every other session of the account.</summary>
    /// <returns>The recovery codes, for the only time; or <see cref="SecondFactorIsOn"/>, or a complaint beside a field.</returns>
    public async Task<Result<IReadOnlyList<string>>> TurnOnAsync(SecondFactorForm form, CancellationToken ct)
    {
        if (actor.UserId is not { } userId) return new ForbiddenError();
        if ((await own.ProveAsync(form.Password, nameof(form.Password), ct)).Failed(out var refusal, out var proved)) return refusal;

        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var write = await db.BeginWriteAsync(ct);
        if (await proved.FindAsync(db, ct) is not { } user) return OwnPassword.Wrong(nameof(form.Password));
        if (user.TwoFactorEnabled) return new SecondFactorIsOn();
        var typed = string.Concat(form.Code.Where(char.IsAsciiDigit));
        if (Pending(user) is not { } key || Totp.StepOf(key, typed, Now) is not { } step) return new CodeRefused();
        user.TurnOnSecondFactor(step);
        await register.EndAllAsync(db, userId, except: actor.SessionId, ct); // whoever came in by the password alone has to come again
        return await WithNewCodesAsync(db, write, user, SecurityChange.TwoFactorOn, ct);
    }

    /// <summary>Replaces the recovery codes; the old ones open nothing any more.</summary>
    /// <returns>The new ones, for the only time, or a complaint beside a field.</returns>
    public async Task<Result<IReadOnlyList<string>>> NewCodesAsync(SecondFactorForm form, CancellationToken ct)
    {
        if ((await ProveAsync(form, ct)).Failed(out var refusal, out var proved)) return refusal;
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var write = await db.BeginWriteAsync(ct);
        if (await proved.FindAsync(db, ct) is not { } user) return OwnPassword.Wrong(nameof(form.Password));
        db.Note<User>(user.Id, "Made new recovery codes");
        return await WithNewCodesAsync(db, write, user, SecurityChange.RecoveryCodesMade, ct);
    }

    /// <summary>The password alone lets in again; every other session of the account ends.</summary>
    /// <returns>Done, or a complaint beside a field.</returns>
    public async Task<Result<Done>> TurnOffAsync(SecondFactorForm form, CancellationToken ct)
    {
        if ((await ProveAsync(form, ct)).Failed(out var refusal, out var proved)) return refusal;
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var write = await db.BeginWriteAsync(ct);
        if (await proved.FindAsync(db, ct) is not { } user) return OwnPassword.Wrong(nameof(form.Password));
        await RemoveAsync(db, user, SecurityChange.TwoFactorOff, ct);
        await register.EndAllAsync(db, user.Id, except: actor.SessionId, ct);
        await db.SaveChangesAsync(ct);
        await write.CommitAsync(ct);
        return new Done();
    }

    /// <summary>
    /// For somebody who lost phone and codes: leaves the account with its password alone, no authenticator and no passkeys. Whoever
    /// calls has checked that they may, and saves and commits the write.
    /// </summary>
    public async Task ResetAsync(CrmDbContext db, Guid userId, CancellationToken ct)
    {
        await db.UserPasskeys.Where(p => p.UserId == userId).ExecuteDeleteAsync(ct);
        db.Note<User>(userId, "Reset the second factor");
        await RemoveAsync(db, await db.Users.SingleAsync(u => u.Id == userId, ct), SecurityChange.TwoFactorReset, ct);
    }

    /// <summary>The secret that waits to be confirmed; null when there is none, or it was shown so long ago that anybody may have seen it.</summary>
    private byte[]? Pending(User user) => user.AuthenticatorStep > Totp.StepAt(Now - MostPending) ? keys.Read(user.AuthenticatorKey) : null;

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    private async Task RemoveAsync(CrmDbContext db, User user, SecurityChange change, CancellationToken ct)
    {
        user.TurnOffSecondFactor();
        await RecoveryCodes.RemoveAsync(db, user.Id, ct);
        mail.Tell(db, user, change);
    }

    private async Task<Result<IReadOnlyList<string>>> WithNewCodesAsync(CrmDbContext db, Crm.Data.Storage.WriteScope write, User user, SecurityChange change, CancellationToken ct)
    {
        var fresh = await RecoveryCodes.RenewAsync(db, user.Id, ct);
        mail.Tell(db, user, change);
        await db.SaveChangesAsync(ct);
        await write.CommitAsync(ct);
        return Result.Of(fresh);
    }

    private async Task<Result<Proved>> ProveAsync(SecondFactorForm form, CancellationToken ct)
    {
        if (actor.UserId is not { } userId) return new ForbiddenError();
        if ((await own.ProveAsync(form.Password, nameof(form.Password), ct)).Failed(out var refusal, out var proved)) return refusal;
        return await codes.PassesAsync(userId, form.Code, ct) ? proved : new CodeRefused();
    }
}
